/**
 * A worker as its client needs it: somewhere to send messages, news of its end, an end.
 *
 * A worker that throws tells so by an event; one that the browser kills, for memory say, does not. So the worker holds a lock named after itself for as
 * long as it lives, and whoever gets the lock knows that it is gone.
 */

import type { Endpoint } from 'comlink'
import { newId } from '../shared/ids'

export interface WorkerHandle {
  endpoint: Endpoint
  onCrash(listener: (reason: string) => void): void
  /** From now on a silent death is noticed too; called once the worker has answered, when it surely holds its lock. */
  watch(): void
  terminate(): void
}

/** The script's address must stand in `new Worker(new URL(…))` for the bundler to find it: a new worker is one function like this. */
export function spawnInferenceWorker(): WorkerHandle {
  return watched('inference', (name) => new Worker(new URL('./inference.worker.ts', import.meta.url), { type: 'module', name }))
}

export function spawnPhotosWorker(): WorkerHandle {
  return watched('photos', (name) => new Worker(new URL('./photos.worker.ts', import.meta.url), { type: 'module', name }))
}

export function spawnLabWorker(): WorkerHandle {
  return watched('lab', (name) => new Worker(new URL('./lab.worker.ts', import.meta.url), { type: 'module', name }))
}

export function spawnTrainingWorker(): WorkerHandle {
  return watched('training', (name) => new Worker(new URL('./training.worker.ts', import.meta.url), { type: 'module', name }))
}

/** @param kind of worker, for the name of its lock */
function watched(kind: string, create: (name: string) => Worker): WorkerHandle {
  const name = `${kind}-${newId()}`
  const worker = create(name)
  const ended = new AbortController()
  let crashed: (reason: string) => void = () => {}
  return {
    endpoint: worker,
    onCrash(listener) {
      crashed = listener
      worker.addEventListener('error', (event) => listener(event.message || 'its script could not be run'))
      worker.addEventListener('messageerror', () => listener('a message could not be read'))
    },
    watch() {
      // Without locks (a page that is not a secure context) the deadline for an answer remains.
      navigator.locks?.request(name, { signal: ended.signal }, () => crashed('it was ended')).catch(() => {})
    },
    terminate() {
      ended.abort()
      worker.terminate()
    },
  }
}
