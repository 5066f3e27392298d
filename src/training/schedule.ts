/** Learning rates over a run: full, then falling in a line to nearly zero. As `pipeline/training/trainer.py`. */

export interface Schedule {
  /** How many steps the run is meant to take. */
  readonly steps: number
  /** Share of the run after which rates fall, 0–1; 1: never. */
  readonly decayFrom: number
}

const LEAST = 0.02

/** What a learning rate is multiplied with in a step, counted from 0. */
export function rateFactor({ steps, decayFrom }: Schedule, step: number): number {
  const progress = Math.min(1, step / steps)
  return progress < decayFrom || decayFrom >= 1 ? 1 : Math.max(LEAST, (1 - progress) / (1 - decayFrom))
}
