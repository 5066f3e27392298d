/** The training worker: the service on what a browser has. */

import { TrainingService } from '../training/service'
import { exposeAlive } from './lifeLock'
import { browserPlatform } from './parts/platform'
import type { TrainingEvent, TrainingWorkerApi } from './trainingProtocol'

const service = new TrainingService(browserPlatform)
const api: TrainingWorkerApi = {
  describe: () => service.describe(),
  estimate: (options, host) => service.estimate(options, host),
  create: (options) => service.create(options),
  run: (runId, changes, host, onEvent) => service.run(runId, changes, host, (event) => void deliver(onEvent, event)),
  pause: () => service.pause(),
  stop: () => service.stop(),
  saveModel: (runId, name, host) => service.saveModel(runId, name, host),
  exportModel: (id) => service.exportModel(id),
  importModel: (file, host) => service.importModel(file, host),
}
exposeAlive(api)

/** Over the wire an event is an answered call; nobody waits for the answer, and a page that is gone gives none. */
async function deliver(onEvent: (event: TrainingEvent) => unknown, event: TrainingEvent): Promise<void> {
  try {
    await onEvent(event)
  } catch {
    // The page has ended this connection.
  }
}
