/** The worker's side of noticing a silent death (see `spawn.ts`). */

/** Resolves once the lock is held that is let go only by the worker's end. */
export function holdLifeLock(): Promise<void> {
  const { locks } = navigator
  if (!locks || !self.name) return Promise.resolve()
  return new Promise((resolve) => {
    const forever = () => {
      resolve()
      return new Promise<never>(() => {})
    }
    locks.request(self.name, forever).catch(() => resolve())
  })
}
