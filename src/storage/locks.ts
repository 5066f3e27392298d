/** One tab at a time edits a sketch, or writes a case: locks that the browser releases by itself when a tab ends, however it ends. */

import type { SketchLocks } from './types'

/** A page that is being reloaded may hold its lock for a moment longer. */
const PATIENCE_MS = 500

/** Web Locks, or no locking where the browser has none (they need a secure context); the journal then notices conflicts by itself. */
export function webLocks(databaseName: string, kind = 'sketch'): SketchLocks {
  const manager = typeof navigator === 'undefined' ? undefined : (navigator as { locks?: LockManager }).locks
  if (!manager) return { acquire: async () => () => undefined }
  return {
    acquire: (id) =>
      new Promise((resolve) => {
        const hold = (): Promise<void> => new Promise((release) => resolve(release))
        manager.request(`${databaseName}/${kind}/${id}`, { signal: AbortSignal.timeout(PATIENCE_MS) }, hold).catch(() => resolve(null))
      }),
  }
}
