/** The face detector in a worker of the browser whose TensorFlow.js back end is wasm already; its models come from the studio's own server. */

import { Human } from '@vladmandic/human/nobundle'
import type { FaceFinder } from '../faces/faceFinder'
import { StudioError } from '../shared/errors'
import { humanConfiguration, humanFaceFinder, MAX_FACES } from './human'

/** BlazeFace and the face mesh. */
const MODELS = 2

/** @param detectorUrl absolute URL of the folder of its models, ending in a slash */
export async function loadFaceFinder(detectorUrl: string): Promise<FaceFinder> {
  // Without a path of ours Human would name a server of others, though the back end is there and nothing would be fetched.
  const human = new Human(humanConfiguration('./', detectorUrl, MAX_FACES))
  await human.load()
  if (human.models.stats().numLoadedModels < MODELS)
    throw new StudioError(
      'model-not-found',
      'The face finder could not be loaded. Check that the studio’s server is running, then try again.',
    )
  return humanFaceFinder(human, human.version)
}
