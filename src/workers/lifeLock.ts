/** The worker's side of noticing a silent death (see `spawn.ts`). */

import { expose } from 'comlink'

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

/** Exposes methods by comlink, none of which answers before the lock is held: after a first answer its page takes a free lock for this worker's end. */
export function exposeAlive<Api extends object>(api: Api): void {
  const alive = holdLifeLock()
  expose(waiting(api, alive))
}

/** The same methods, each beginning once `alive` has resolved, in the order in which they were called. */
export function waiting<Api extends object>(api: Api, alive: Promise<void>): Api {
  const later = ([name, method]: [string, (...given: unknown[]) => unknown]) => [
    name,
    (...given: unknown[]) => alive.then(() => method.apply(api, given)),
  ]
  return Object.fromEntries(Object.entries(api).map(later)) as Api
}
