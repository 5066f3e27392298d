/** Figures of a run in words: how much nearer than its parent, how fast, how long still. */

import type { TrainingRunRow } from '../../storage/trainingRows'
import type { LiveRun } from '../../workers/trainingClient'
import type { TrainingOptions } from '../../workers/trainingProtocol'
import type { Pace } from './roomTypes'

/** Against what the run began as, on held-out pictures. */
export interface Nearness {
  /** In 1/255. */
  readonly parent: number
  readonly now: number
  readonly step: number
  /** Of the parent's difference that is gone; negative: farther than the parent. */
  readonly percent: number
}

/** `null` before there are two figures, or where there are none (unpaired pictures). */
export function nearnessOf(figures: TrainingRunRow['figures']): Nearness | null {
  const [first, last] = [figures[0], figures.at(-1)]
  if (!first || !last || first.step !== 0 || last.step === 0 || first.l1 <= 0) return null
  return { parent: first.l1, now: last.l1, step: last.step, percent: Math.round(100 * (1 - last.l1 / first.l1)) }
}

export const picturesPerSecond = (stepMs: number | null, batch: number): number | null => (stepMs ? (1000 * batch) / stepMs : null)

/** By the pace so far; the sooner of the two limits. */
export function timeLeftMs(
  { step, elapsedMs, stepMs }: Pick<LiveRun, 'step' | 'elapsedMs' | 'stepMs'>,
  { steps, trainingMs }: Pick<TrainingOptions, 'steps' | 'trainingMs'>,
): number | null {
  if (stepMs === null) return null
  // Samples and checkpoints are part of the time so far.
  const eachMs = step > 5 ? Math.max(stepMs, elapsedMs / step) : stepMs
  const bySteps = Math.max(0, steps - step) * eachMs
  return trainingMs === null ? bySteps : Math.min(bySteps, Math.max(0, trainingMs - elapsedMs))
}

/** Of a step's time, a moving mean. */
const SHARE = 0.2

export function paceAfter(pace: Pace, stepMs: number, isHidden: boolean): Pace {
  const mixed = (mean: number | null): number => (mean === null ? stepMs : mean + SHARE * (stepMs - mean))
  return isHidden ? { ...pace, hiddenMs: mixed(pace.hiddenMs) } : { ...pace, seenMs: mixed(pace.seenMs) }
}

const THROTTLED = 1.7

/** How many times slower steps are while nobody sees the tab, where the browser slows it; else `null`. */
export function throttledBy({ seenMs, hiddenMs }: Pace): number | null {
  if (seenMs === null || hiddenMs === null || hiddenMs < THROTTLED * seenMs) return null
  return hiddenMs / seenMs
}

/** Parts of a duration for a sentence: the two largest units that count. */
export function durationOf(ms: number): { readonly hours: number; readonly minutes: number; readonly seconds: number } {
  const whole = Math.max(0, Math.round(ms / 1000))
  return { hours: Math.floor(whole / 3600), minutes: Math.floor((whole % 3600) / 60), seconds: whole % 60 }
}
