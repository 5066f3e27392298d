/** The inference worker: the service on the browser's back ends, with model files from the studio's own server. */

import { fetchFrom } from '../inference/fetchFile'
import { InferenceService } from '../inference/service'
import { browserBackends } from '../inference/setups/browser'
import { exposeInference } from './expose'
import { holdLifeLock } from './lifeLock'

const alive = holdLifeLock()
exposeInference(
  new InferenceService({ setups: browserBackends, sources: (modelsUrl) => ({ shipped: fetchFrom(modelsUrl) }) }),
  undefined,
  alive,
)
