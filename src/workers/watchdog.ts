/** A deadline for an answer, moved on by every sign of life. */

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
