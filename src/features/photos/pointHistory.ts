/** Undo for corrected points, a history for each face. It lives as long as the page; the database keeps the points as they are, and as they were found. */

import { createStore, type StoreApi } from 'zustand/vanilla'
import type { PhotoSummary } from '../../storage/photoTypes'

/** Flat x, y of 68 points. */
type Points = readonly number[]
type Keep = (photo: PhotoSummary, face: number, landmarks: Points) => Promise<void>

interface Past {
  readonly before: readonly Points[]
  readonly after: readonly Points[]
}

const NONE: Past = { before: [], after: [] }
const MOST_STEPS = 500

export interface PointHistory {
  /** By photo and face. */
  readonly store: StoreApi<Readonly<Record<string, Past>>>
  readonly keyOf: (photo: PhotoSummary) => string
  readonly move: (photo: PhotoSummary, landmarks: Points) => Promise<void>
  readonly undo: (photo: PhotoSummary) => Promise<void>
  readonly redo: (photo: PhotoSummary) => Promise<void>
  /** As they were found; itself a step that can be undone. */
  readonly reset: (photo: PhotoSummary) => Promise<void>
}

export function createPointHistory(keep: Keep): PointHistory {
  const store = createStore<Readonly<Record<string, Past>>>(() => ({}))
  const keyOf = ({ id, chosen }: PhotoSummary): string => `${id} ${chosen}`
  const step = async (photo: PhotoSummary, landmarks: Points, next: (past: Past, now: Points) => Past): Promise<void> => {
    const now = photo.faces[photo.chosen]?.landmarks
    if (!now) return
    const key = keyOf(photo)
    store.setState((all) => ({ ...all, [key]: next(all[key] ?? NONE, now) }))
    await keep(photo, photo.chosen, landmarks)
  }
  const move = (photo: PhotoSummary, landmarks: Points): Promise<void> =>
    step(photo, landmarks, ({ before }, now) => ({ before: [...before.slice(-MOST_STEPS), now], after: [] }))
  return {
    store,
    keyOf,
    move,
    undo: async (photo) => {
      const last = store.getState()[keyOf(photo)]?.before.at(-1)
      if (last) await step(photo, last, ({ before, after }, now) => ({ before: before.slice(0, -1), after: [now, ...after] }))
    },
    redo: async (photo) => {
      const next = store.getState()[keyOf(photo)]?.after[0]
      if (next) await step(photo, next, ({ before, after }, now) => ({ before: [...before, now], after: after.slice(1) }))
    },
    reset: async (photo) => {
      const face = photo.faces[photo.chosen]
      if (face) await move(photo, face.found)
    },
  }
}
