/** A deadline for an answer, moved on by every sign of life. */

import type { Backend } from './protocol'

export interface InferenceTimeouts {
  /** Silence while weights load or a back end is tried; the plain JavaScript back end needs minutes for a pass. */
  startMs: (backend: Backend | null) => number
  /** Until a face must be there, given what the slowest pass so far took. */
  generateMs: (backend: Backend, slowestMs: number) => number
}

export const TIMEOUTS: InferenceTimeouts = {
  startMs: (backend) => (backend === 'cpu' ? 300_000 : 60_000),
  generateMs: (backend, slowestMs) => (backend === 'cpu' ? 300_000 : Math.min(60_000, Math.max(8_000, 30 * slowestMs))),
}

export class Watchdog {
  private timer: ReturnType<typeof setTimeout> | undefined
  private readonly onSilence: () => void

  constructor(onSilence: () => void) {
    this.onSilence = onSilence
  }

  /** Expects the next sign of life within `withinMs`. */
  expect(withinMs: number): void {
    this.stop()
    const since = Date.now()
    this.timer = setTimeout(() => {
      // A machine that slept wakes with its timers overdue: the answer gets its time again.
      if (Date.now() - since > 2 * withinMs + 1000) this.expect(withinMs)
      else this.onSilence()
    }, withinMs)
  }

  stop(): void {
    clearTimeout(this.timer)
    this.timer = undefined
  }
}
