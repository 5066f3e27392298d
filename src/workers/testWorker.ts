/** For tests: a service behind the worker's real wire, on this thread. */

import { exposeInference } from './expose'
import type { InferenceWorkerApi } from './protocol'
import type { WorkerHandle } from './spawn'

/** The service with some of its answers changed. */
export function changed(service: InferenceWorkerApi, changes: Partial<InferenceWorkerApi>): InferenceWorkerApi {
  return {
    start: (options, onEvent) => service.start(options, onEvent),
    describe: () => service.describe(),
    load: (ref, onEvent) => service.load(ref, onEvent),
    unload: (ref) => service.unload(ref),
    generate: (request, ref) => service.generate(request, ref),
    paint: (request, ref) => service.paint(request, ref),
    features: (request, ref) => service.features(request, ref),
    featureChange: (request, ref) => service.featureChange(request, ref),
    dispose: () => service.dispose(),
    ...changes,
  }
}

/** A worker on this thread. */
export class TestWorker implements WorkerHandle {
  readonly endpoint: MessagePort
  terminated = false
  watched = false
  private readonly far: MessagePort
  private listener: (reason: string) => void = () => {}

  constructor(service: InferenceWorkerApi | null) {
    const { port1, port2 } = new MessageChannel()
    this.endpoint = port1
    this.far = port2
    if (service) exposeInference(service, port2)
  }
  onCrash(listener: (reason: string) => void): void {
    this.listener = listener
  }
  watch(): void {
    this.watched = true
  }
  terminate(): void {
    this.terminated = true
    this.far.close()
  }
  /** Dies with an error event. */
  crash(): void {
    this.far.close()
    this.listener('it was killed')
  }
  /** Dies without a word. */
  fallSilent(): void {
    this.far.close()
  }
}
