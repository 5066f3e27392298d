/** What the benchmark sees from inside the page, by the handles that the studio promises to automation. */

export interface Probe {
  faces: { at: number; revision: number; workerMs: number }[]
  /** Revision on display, −1 before the first face. */
  revision(): number
  /** The first face newer than a revision, and how long after the pen came up it was painted. */
  faceAfter(revision: number): { sincePenUpMs: number; workerMs: number } | null
  watchTasks(): void
  watched(): { tasks: number[]; longestFrameGapMs: number }
}

/** Runs in the page before anything else; it must not refer to anything outside itself. */
export function installProbe(): void {
  const faces: Probe['faces'] = []
  let penUp = 0
  let longestFrameGapMs = 0
  const tasks: number[] = []

  const note = (element: Element): void => {
    const revision = Number(element.getAttribute('data-revision'))
    const workerMs = Number(element.getAttribute('data-elapsed-ms'))
    // The next frame is the one that shows it.
    requestAnimationFrame(() => faces.push({ at: performance.now(), revision, workerMs }))
  }
  new MutationObserver((records) => {
    for (const { target } of records) if (target instanceof Element && target.hasAttribute('data-revision')) note(target)
  }).observe(document, { subtree: true, attributeFilter: ['data-revision'] })
  addEventListener('pointerup', () => (penUp = performance.now()), { capture: true })

  window.faceBench = {
    faces,
    revision: () => faces.at(-1)?.revision ?? -1,
    faceAfter(revision) {
      const face = faces.find((candidate) => candidate.revision > revision && candidate.at > penUp)
      return face ? { sincePenUpMs: face.at - penUp, workerMs: face.workerMs } : null
    },
    watchTasks() {
      new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' })
      let last = performance.now()
      const frame = (now: number): void => {
        longestFrameGapMs = Math.max(longestFrameGapMs, now - last)
        last = now
        requestAnimationFrame(frame)
      }
      requestAnimationFrame((now) => {
        last = now
        requestAnimationFrame(frame)
      })
    },
    watched: () => ({ tasks, longestFrameGapMs }),
  }
}
