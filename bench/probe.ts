/** What the benchmark sees from inside the page, by the handles that the studio promises to automation. */

export interface Probe {
  /** When the drawing surface took pointers and had been painted, of the page's life; null before. */
  drawableMs(): number | null
  faces: { at: number; revision: number; workerMs: number }[]
  /** Revision on display, −1 before the first face. */
  revision(): number
  /** The first face newer than a revision, and how long after the pen came up it was painted. */
  faceAfter(revision: number): { sincePenUpMs: number; workerMs: number } | null
  /** Begins anew, with tasks that began at this time of the page or later; now unless given. */
  watchTasks(sinceMs?: number): void
  /** Main-thread tasks over 50 ms and times from frame to frame, in milliseconds. */
  watched(): { tasks: number[]; frames: number[]; longestFrameGapMs: number }
}

/** Runs in the page before anything else; it must not refer to anything outside itself. */
export function installProbe(): void {
  const faces: Probe['faces'] = []
  let drawable: number | null = null
  let penUp = 0
  let watching: { tasks: number[]; frames: number[] } = { tasks: [], frames: [] }

  const note = (element: Element): void => {
    const revision = Number(element.getAttribute('data-revision'))
    const workerMs = Number(element.getAttribute('data-elapsed-ms'))
    // The next frame is the one that shows it.
    requestAnimationFrame(() => faces.push({ at: performance.now(), revision, workerMs }))
  }
  new MutationObserver((records) => {
    for (const { target, attributeName } of records) {
      if (!(target instanceof Element)) continue
      // The surface's first frame: it listens by then.
      if (attributeName === 'data-gesture') drawable ??= performance.now()
      else if (target.hasAttribute('data-revision')) note(target)
    }
  }).observe(document, { subtree: true, attributeFilter: ['data-revision', 'data-gesture'] })
  addEventListener('pointerup', () => (penUp = performance.now()), { capture: true })

  window.faceBench = {
    faces,
    drawableMs: () => drawable,
    revision: () => faces.at(-1)?.revision ?? -1,
    faceAfter(revision) {
      const face = faces.find((candidate) => candidate.revision > revision && candidate.at > penUp)
      return face ? { sincePenUpMs: face.at - penUp, workerMs: face.workerMs } : null
    },
    watchTasks(sinceMs = performance.now()) {
      const tasks: number[] = []
      const frames: number[] = []
      watching = { tasks, frames }
      new PerformanceObserver((list) => {
        for (const { startTime, duration } of list.getEntries()) if (startTime >= sinceMs) tasks.push(duration)
      }).observe({ type: 'longtask', buffered: true })
      let last: number | null = null
      const frame = (now: number): void => {
        if (watching.frames !== frames) return
        if (last !== null) frames.push(now - last)
        last = now
        requestAnimationFrame(frame)
      }
      requestAnimationFrame(frame)
    },
    watched: () => ({ ...watching, longestFrameGapMs: Math.max(0, ...watching.frames) }),
  }
}
