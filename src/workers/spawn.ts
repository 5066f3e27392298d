/**
 * The inference worker as the client needs it: somewhere to send messages, news of its end, an end.
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

export function spawnInferenceWorker(): WorkerHandle {
  const name = `inference-${newId()}`
  const worker = new Worker(new URL('./inference.worker.ts', import.meta.url), { type: 'module', name })
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
