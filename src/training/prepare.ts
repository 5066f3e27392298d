/** Options → a trainer with its pictures, ready for its next step. */

import type { Backend } from '../shared/backends'
import { StudioError } from '../shared/errors'
import type { TrainingHost, TrainingOptions, TrainingStage } from '../workers/trainingProtocol'
import type { MethodDefinition } from './definition'
import type { Method, MethodNetwork } from './method'
import { definitionOf } from './methods'
import { controlsOf } from './options'
import { readPictures, type TrainingPictures } from './pictures'
import type { ParentModel, TrainingPlatform } from './ports'
import { registerTraining } from './registerTraining'
import type { RunCheckpoint } from './run'
import { type Observer, Trainer } from './trainer'

export interface Prepared {
  readonly options: TrainingOptions
  readonly definition: MethodDefinition
  readonly trainer: Trainer
  readonly pictures: TrainingPictures
  readonly backend: Backend
  /** Networks that begin from nothing, by role: the parent did not bring them. */
  readonly fresh: readonly string[]
}

/** Where a run goes on. */
export interface GoOn extends RunCheckpoint {
  readonly networks: Readonly<Record<string, MethodNetwork>>
}

interface Watching {
  /** Of a run that goes on: its parent may be gone. */
  readonly from?: GoOn | null
  readonly onStage?: (stage: TrainingStage) => void
  readonly observer?: Observer
}

export async function prepare(
  platform: TrainingPlatform,
  options: TrainingOptions,
  host: TrainingHost,
  { from = null, onStage = () => undefined, observer = {} }: Watching = {},
): Promise<Prepared> {
  const definition = definitionOf(options.method)
  onStage('reading')
  const items = await platform.items(options.dataSetId)
  const read = await readPictures(items, definition.description.data, platform.decode, options)
  const pictures = { ...read, items: read.items.filter(definition.fits), heldOut: read.heldOut.filter(definition.fits) }
  if (pictures.items.length === 0) throw new StudioError('bad-request', definition.lacking)
  onStage('loading-parent')
  const parent = from || !options.parent ? null : await platform.parent(options.parent, host)
  const known = parent ? byOwnRoles(parent, definition) : {}
  const method = definition.create({ controls: controlsOf(options), parent: from?.networks ?? known })
  if (parent) checkParent(parent, known, method, options)
  onStage('starting')
  const backend = await platform.settleBackend(options.parent, host)
  registerTraining()
  const settings = {
    ...{ seed: options.seed, steps: options.steps, decayFrom: options.decayFrom, averageDecay: options.averageDecay },
    trains: options.layers === 'late' ? definition.late : null,
  }
  const start = Object.fromEntries(Object.entries(known).map(([role, { params }]) => [role, params]))
  const trainer = from ? Trainer.resume(method, settings, from.trainer, observer) : new Trainer(method, settings, start, observer)
  const fresh = from ? [] : Object.keys(method.networks).filter((role) => !(role in start))
  return { options, definition, trainer, pictures, backend, fresh }
}

type ParentNetworks = ParentModel['networks']

/** A model's networks by the names that the method has for them. */
function byOwnRoles({ networks }: ParentModel, { modelRoles }: MethodDefinition): ParentNetworks {
  const own = new Map(Object.entries(modelRoles).map(([role, inModel]) => [inModel, role]))
  return Object.fromEntries(Object.entries(networks).map(([role, network]) => [own.get(role) ?? role, network]))
}

/** What a run begins as must be what its method trains. */
function checkParent({ id, sizePx }: ParentModel, networks: ParentNetworks, method: Method, options: TrainingOptions): void {
  const other = Object.entries(method.networks).find(([role, { family }]) => networks[role] && networks[role].family !== family)
  if (other || !networks[definitionOf(options.method).answers])
    throw new StudioError('bad-request', `The model "${id}" cannot be trained in this way. Begin as another one, or from nothing.`)
  if (sizePx !== options.sizePx)
    throw new StudioError(
      'bad-request',
      `The model "${id}" takes pictures of ${sizePx} px, and the training was told ${options.sizePx}. Choose ${sizePx}.`,
    )
}
