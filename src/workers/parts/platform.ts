/** What the training service needs, in a worker of the browser: IndexedDB, the decoder of pictures, shipped models and own ones, back ends. */

import { chooseBackend } from '../../inference/backends'
import { type LoadedModel, loadIndex, loadModel, locate } from '../../inference/loadModel'
import { openSession } from '../../inference/openSession'
import { browserBackends } from '../../inference/setups/browser'
import { readParent } from '../../inference/trainedModel'
import type { Backend } from '../../shared/backends'
import { StudioError } from '../../shared/errors'
import { openDataSets } from '../../storage/dataSets'
import { openTrainingCheckpoints } from '../../storage/trainingCheckpoints'
import { openTrainingRuns } from '../../storage/trainingRuns'
import type { ParentModel, TrainingPlatform } from '../../training/ports'
import type { ModelRef } from '../protocol'
import type { TrainingHost } from '../trainingProtocol'
import { keepModel } from './keepModel'
import { keepArchive, zipped } from './modelArchive'
import { decode, encode } from './pictures'
import { once, ownModels, sourcesOf } from './sources'

const dataSets = once(() => openDataSets())
const runs = once(() => openTrainingRuns())
const checkpoints = once(() => openTrainingCheckpoints())
async function parent(ref: ModelRef, host: TrainingHost): Promise<ParentModel> {
  const { readFile, id } = locate(sourcesOf(host.modelsUrl), ref)
  const { manifest, networks } = await readParent(readFile, id)
  return { id, sizePx: manifest.task.sizePx, networks: networks as ParentModel['networks'] }
}

/** The first that gives a model's golden output: the parent's, or of a shipped model where there is none. */
async function settleBackend(ref: ModelRef | null, host: TrainingHost): Promise<Backend> {
  const sources = sourcesOf(host.modelsUrl)
  const shipped = { shipped: (await loadIndex(sources.shipped)).defaultId }
  const load = (of: ModelRef) => {
    const { readFile, id } = locate(sources, of)
    return loadModel(readFile, id)
  }
  // A parent may be deleted while its run goes on.
  const model = await load(ref ?? shipped).catch(() => load(shipped))
  const { session } = await chooseBackend(browserBackends, model, { force: host.forceBackend, exclude: [] }, openSession)
  session.dispose()
  return session.backend
}

/** Until a worker that was ended has let go of its run. */
const LOCK_WAIT_MS = 10_000

/** A lock named after the run: one tab trains it. */
async function alone<T>(runId: string, work: () => Promise<T>): Promise<T> {
  const { locks } = navigator
  // Without locks (a page that is not a secure context) nobody else can be seen.
  if (!locks) return work()
  const patience = new AbortController()
  const timer = setTimeout(() => patience.abort(), LOCK_WAIT_MS)
  return (await locks
    .request(`training-run-${runId}`, { signal: patience.signal }, () => {
      clearTimeout(timer)
      return work()
    })
    .catch((error: unknown) => {
      if (!patience.signal.aborted) throw error
      throw new StudioError('bad-request', 'This run is being trained in another tab. Pause it there first.')
    })) as T
}

export const browserPlatform: TrainingPlatform = {
  items: async (id) => (await dataSets()).items(id),
  decode,
  encode,
  runs: {
    load: async (id) => (await runs()).load(id),
    save: async (row) => (await runs()).save(row),
    saveSample: async (row) => (await runs()).saveSample(row),
  },
  checkpoints: {
    load: async (id) => (await checkpoints()).load(id),
    save: async (row) => (await checkpoints()).save(row),
  },
  parent,
  settleBackend,
  keepModel: async (model, host) => keepModel(model, sourcesOf(host.modelsUrl), await ownModels()),
  exportModel: async (id) => zipped(await ownModels(), id),
  importModel: async (file, { forceBackend }) => {
    const isRight = async (model: LoadedModel) => {
      const { session } = await chooseBackend(browserBackends, model, { force: forceBackend, exclude: [] }, openSession)
      session.dispose()
    }
    return keepArchive(new Uint8Array(await file.arrayBuffer()), await ownModels(), isRight)
  },
  alone,
  now: () => Date.now(),
}
