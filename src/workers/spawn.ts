/** The inference worker as the client needs it: somewhere to send messages, news of a crash, an end. */

import type { Endpoint } from 'comlink'

export interface WorkerHandle {
  endpoint: Endpoint
  onCrash(listener: (reason: string) => void): void
  terminate(): void
}

export function spawnInferenceWorker(): WorkerHandle {
  const worker = new Worker(new URL('./inference.worker.ts', import.meta.url), { type: 'module', name: 'inference' })
  return {
    endpoint: worker,
    onCrash(listener) {
      worker.addEventListener('error', (event) => listener(event.message || 'its script could not be run'))
      worker.addEventListener('messageerror', () => listener('a message could not be read'))
    },
    terminate: () => worker.terminate(),
  }
}
