/**
 * A bound on the work that a file from outside may cause: steps (pixels painted, points made, elements visited) and time. Whoever loops over what a file
 * says spends from it, and gets a sentence when it is used up.
 */

import { StudioError } from '../../shared/errors'

/** About a second of one core in the importers' loops. */
const STEPS = 400_000_000
const TIME_MS = 20_000
/** The clock is only looked at after so many steps. */
const STEPS_A_LOOK = 2_000_000

export interface BudgetOptions {
  readonly steps?: number
  readonly timeMs?: number
  readonly now?: () => number
}

export class Budget {
  private readonly now: () => number
  private readonly deadline: number
  private left: number
  private untilLook = STEPS_A_LOOK

  constructor({ steps = STEPS, timeMs = TIME_MS, now = () => performance.now() }: BudgetOptions = {}) {
    this.now = now
    this.deadline = now() + timeMs
    this.left = steps
  }

  /** @throws StudioError `too-many-points` when steps or time are used up */
  spend(steps: number): void {
    this.left -= steps
    this.untilLook -= steps
    if (this.left < 0) throw tooMuchWork()
    if (this.untilLook > 0) return
    this.untilLook = STEPS_A_LOOK
    if (this.now() > this.deadline) throw tooMuchWork()
  }
}

const tooMuchWork = (): StudioError =>
  new StudioError(
    'too-many-points',
    'This file takes more work to read than any drawing should, so it was left. Simplify it in the program that made it, or export it as PNG, then import that.',
  )
