/** One tab at a time edits a sketch, or writes a case: locks that the browser releases by itself when a tab ends, however it ends. */

import type { SketchLocks } from './types'

/** A page that is being reloaded, or was just killed, may hold its lock for a moment longer. */
const PATIENCE_MS = 500
const PAUSE_MS = 50

/** Web Locks, or no locking where the browser has none (they need a secure context); the journal then notices conflicts by itself. */
export function webLocks(databaseName: string, kind = 'sketch'): SketchLocks {
  const manager = typeof navigator === 'undefined' ? undefined : (navigator as { locks?: LockManager }).locks
  if (!manager) return { acquire: async () => () => undefined }
  return {
    acquire: async (id) => {
      const until = performance.now() + PATIENCE_MS
      // Asked again rather than waited for with a deadline: a busy page that starts may be slower than any, and would take a free lock for one that is held.
      for (let tries = 1; ; tries++) {
        const release = await ask(manager, `${databaseName}/${kind}/${id}`)
        if (release || (tries > 1 && performance.now() >= until)) return release
        await new Promise((done) => setTimeout(done, PAUSE_MS))
      }
    },
  }
}

/** `null` when somebody has it. */
function ask(manager: LockManager, name: string): Promise<(() => void) | null> {
  return new Promise((resolve) => {
    const hold = (lock: Lock | null): Promise<void> | null => {
      if (lock) return new Promise((release) => resolve(release))
      resolve(null)
      return null
    }
    manager.request(name, { ifAvailable: true }, hold).catch(() => resolve(null))
  })
}
