/** What made a picture: a loaded model → its id and its weights' hashes, for the picture's file. */

import type { Look } from '../faces/look'
import { StudioError } from '../shared/errors'
import type { MadeBy } from '../workers/protocol'
import type { LoadedModel } from './loadModel'
import { taskOf } from './tasks'

/** @param look as it was asked for; `null` for a model that takes none */
export function madeBy({ manifest }: Pick<LoadedModel, 'manifest'>, look: Look | null): MadeBy {
  const network = manifest.networks[taskOf(manifest.task.id).network]
  if (!network) throw new StudioError('internal', `The model ${manifest.id} has no network for its task.`)
  return { model: manifest.id, weights: network.shards.map(({ sha256 }) => sha256), look }
}
