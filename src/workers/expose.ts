/** The worker's side of the wire: an inference service behind comlink, its pictures transferred. */

import { type Endpoint, expose, transfer } from 'comlink'
import { waiting } from './lifeLock'
import type { InferenceEvent, InferenceWorkerApi } from './protocol'

/** @param alive what every call waits for */
export function exposeInference(service: InferenceWorkerApi, endpoint?: Endpoint, alive: Promise<void> = Promise.resolve()): void {
  const api: InferenceWorkerApi = {
    // Over the wire an event is an answered call; nobody waits for the answer, and a page that is gone gives none.
    start: (options, onEvent) => service.start(options, (event) => void deliver(onEvent, event)),
    describe: () => service.describe(),
    load: (ref, onEvent) => service.load(ref, (event) => void deliver(onEvent, event)),
    unload: (ref) => service.unload(ref),
    async generate(request, ref) {
      const face = await service.generate(request, ref)
      const pictures: Transferable[] = [face.pixels.buffer]
      if (face.change) pictures.push(face.change.heat.buffer as ArrayBuffer)
      return transfer(face, pictures)
    },
    async paint(request, ref) {
      const picture = await service.paint(request, ref)
      return transfer(picture, [picture.pixels.buffer])
    },
    async features(request, ref) {
      const features = await service.features(request, ref)
      return transfer(
        features,
        features.layers.map(({ buffer }) => buffer),
      )
    },
    async featureChange(request, ref) {
      const answer = await service.featureChange(request, ref)
      const maps = [...answer.layers.map(({ change }) => change), ...answer.channels.flatMap(({ before, after }) => [before, after])]
      return transfer(
        answer,
        maps.map(({ buffer }) => buffer),
      )
    },
    dispose: () => service.dispose(),
  }
  expose(waiting(api, alive), endpoint)
}

async function deliver(onEvent: (event: InferenceEvent) => unknown, event: InferenceEvent): Promise<void> {
  try {
    await onEvent(event)
  } catch {
    // The client has ended this connection.
  }
}
