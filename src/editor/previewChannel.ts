/** The preview channel: what is on the drawing surface besides the document, announced at most once per call of the editor. */

import type { PreviewChannel, PreviewState } from './types'

/** What a gesture shows; all of it goes when the gesture ends. */
export const NO_GESTURE = {
  gesture: false,
  liveStrokes: [],
  leash: null,
  hiddenStrokeIds: new Set<string>(),
  replacements: [],
  marquee: null,
} as const satisfies Partial<PreviewState>

/** What a hovering pointer shows; all of it goes when the pointer leaves. */
export const NO_HOVER = { hoveredStrokeId: null, eraser: null, reshape: null, cursor: 'default' } as const satisfies Partial<PreviewState>

export interface Preview {
  readonly channel: PreviewChannel
  show(patch: Partial<PreviewState>): void
  /** Runs `work` and announces afterwards, once, if it showed anything. Nests. */
  batch<T>(work: () => T): T
  dispose(): void
}

export function createPreview(): Preview {
  let current: PreviewState = { ...NO_GESTURE, ...NO_HOVER, selectionBox: null }
  let changed = false
  let depth = 0
  const listeners = new Set<(state: PreviewState) => void>()

  function announce(): void {
    if (depth > 0 || !changed) return
    changed = false
    for (const listener of [...listeners]) listener(current)
  }

  return {
    channel: {
      get current() {
        return current
      },
      subscribe(listener) {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    },
    show(patch) {
      current = { ...current, ...patch }
      changed = true
      announce()
    },
    batch(work) {
      depth++
      try {
        return work()
      } finally {
        depth--
        announce()
      }
    },
    dispose: () => listeners.clear(),
  }
}
