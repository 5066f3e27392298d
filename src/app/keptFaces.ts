/** The held or locked face among the settings of the database: read once, and written after every edit, the newest alone. */

import { type FaceKeeping, type KeptFace, readKeptFace } from '../features/studio/face/keptFace'
import type { SettingsStore } from '../storage/types'

/** Storage's own keys stay out of the preferences. */
const KEY = '$keptFace'

export async function openKeptFaces(settings: SettingsStore): Promise<FaceKeeping> {
  const raw = await settings.get(KEY).catch(() => null)
  let waiting: { readonly face: KeptFace | null } | null = null
  let isWriting = false
  const write = async (): Promise<void> => {
    isWriting = true
    for (let next = waiting; next; next = waiting) {
      waiting = null
      // A disk that is full costs the pixels, not the drawing: after a reload the face is made anew.
      await settings.set(KEY, next.face).catch(() => undefined)
    }
    isWriting = false
  }
  return {
    kept: readKeptFace(raw),
    save: (face) => {
      waiting = { face }
      if (!isWriting) void write()
    },
  }
}

/** Nothing of these sketches stays. */
export async function forgetKeptFace(settings: SettingsStore, sketchIds: readonly string[]): Promise<void> {
  const kept = readKeptFace(await settings.get(KEY).catch(() => null))
  if (kept && sketchIds.includes(kept.documentId)) await settings.set(KEY, null)
}
