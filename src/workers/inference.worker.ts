/** The inference worker: the service on the browser's back ends, with model files from the studio's own server and from its database. */

import { InferenceService } from '../inference/service'
import { browserBackends } from '../inference/setups/browser'
import { exposeInference } from './expose'
import { holdLifeLock } from './lifeLock'
import { sourcesOf } from './parts/sources'

const alive = holdLifeLock()
exposeInference(new InferenceService({ setups: browserBackends, sources: sourcesOf }), undefined, alive)
