/** The inference worker: the service on the browser's back ends, with model files from the studio's own server. */

import { fetchFrom } from '../inference/fetchFile'
import { InferenceService } from '../inference/service'
import { browserBackends } from '../inference/setups/browser'
import { exposeInference } from './expose'
import { holdLifeLock } from './lifeLock'

const alive = holdLifeLock()
const service = new InferenceService({ setups: browserBackends, readFrom: fetchFrom })

exposeInference({
  start: async (options, onEvent) => {
    await alive
    return service.start(options, onEvent)
  },
  load: (modelId, onEvent) => service.load(modelId, onEvent),
  generate: (request, modelId) => service.generate(request, modelId),
  dispose: () => service.dispose(),
})
