/** What the inference worker answers (`InferenceWorkerApi`), without the worker: models, back end, faces. Requests are served one after another. */

import { StudioError, toErrorReport } from '../shared/errors'
import type {
  Backend,
  GeneratedFace,
  GenerateRequest,
  InferenceDescription,
  InferenceEvent,
  InferenceWorkerApi,
  ModelSummary,
  StartOptions,
} from '../workers/protocol'
import { addModel, type BackendSetups, chooseBackend } from './backends'
import { type LoadedModel, loadIndex, loadModel, type ReadFile } from './loadModel'
import type { ModelIndex } from './manifest'
import { isModelId } from './manifestFields'
import type { InferenceSession } from './session'

export interface ServicePlatform {
  setups: BackendSetups
  /** Reads files below an address ending in a slash. */
  readFrom: (modelsUrl: string) => ReadFile
}

type OnEvent = (event: InferenceEvent) => void

/** What `start` has settled. */
interface Started {
  readFile: ReadFile
  models: ModelIndex['models']
  session: InferenceSession
}

export class InferenceService implements InferenceWorkerApi {
  private readonly platform: ServicePlatform
  private started: Started | null = null
  /** Models loaded beside the first one, by id. */
  private readonly others = new Map<string, InferenceSession>()
  private last: Promise<unknown> = Promise.resolve()

  constructor(platform: ServicePlatform) {
    this.platform = platform
  }

  start(options: StartOptions, onEvent: OnEvent): Promise<InferenceDescription> {
    return this.inTurn(async () => {
      this.release()
      const readFile = this.platform.readFrom(options.modelsUrl)
      const { defaultId, models } = await loadIndex(readFile)
      const id = options.modelId ?? defaultId
      checkKnown(id, models)
      const model = await loadModel(readFile, id, reportThrottled(onEvent))
      const { session, trials } = await chooseBackend(this.platform.setups, model, {
        force: options.forceBackend,
        exclude: options.exclude,
        onTrial: (backend) => onEvent({ kind: 'starting', stage: 'self-test', backend, fraction: 0 }),
        onLost: (backend, reason) => onEvent({ kind: 'failed', error: deviceLost(backend, reason) }),
      })
      this.started = { readFile, models, session }
      return { backend: session.backend, model: summary(model), models, trials }
    })
  }

  load(modelId: string, onEvent: OnEvent): Promise<ModelSummary> {
    return this.inTurn(async () => {
      const { started } = this
      if (!started) throw new StudioError('bad-request', 'No model has been started.')
      const loaded = this.sessionOf(modelId)
      if (loaded) return summary(loaded.model)
      checkKnown(modelId, started.models)
      const model = await loadModel(started.readFile, modelId, reportThrottled(onEvent))
      onEvent({ kind: 'starting', stage: 'self-test', backend: started.session.backend, fraction: 0 })
      this.others.set(modelId, await addModel(model, started.session.backend))
      return summary(model)
    })
  }

  generate(request: GenerateRequest, modelId: string | null = null): Promise<GeneratedFace> {
    const started = performance.now()
    return this.inTurn(async () => {
      const session = modelId === null ? this.started?.session : this.sessionOf(modelId)
      if (!session) throw new StudioError('bad-request', 'The model has not been loaded.')
      const face = await session.generate(request)
      return {
        revision: request.revision,
        pixels: face.pixels,
        sizePx: session.model.manifest.task.sizePx,
        elapsedMs: performance.now() - started,
        change: face.change,
      }
    })
  }

  dispose(): Promise<void> {
    return this.inTurn(async () => this.release())
  }

  private sessionOf(modelId: string): InferenceSession | undefined {
    const first = this.started?.session
    return first?.model.manifest.id === modelId ? first : this.others.get(modelId)
  }

  private release(): void {
    for (const session of [this.started?.session, ...this.others.values()]) session?.dispose()
    this.others.clear()
    this.started = null
  }

  /** After whatever came before, with errors as reports: an `Error`'s code would not survive the way. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.last.then(work)
    this.last = turn.catch(() => {})
    return turn.catch((error: unknown) => Promise.reject(toErrorReport(recognized(error))))
  }
}

/** Progress of downloads, a hundred steps at most. */
function reportThrottled(onEvent: OnEvent): (fraction: number) => void {
  let reported = -1
  return (fraction) => {
    if (fraction < 1 && fraction - reported < 0.01) return
    reported = fraction
    onEvent({ kind: 'starting', stage: 'loading-weights', backend: null, fraction })
  }
}

function checkKnown(id: string, models: ModelIndex['models']): void {
  if (isModelId(id) && models.some((model) => model.id === id)) return
  const known = models.map((model) => model.id).join(', ')
  throw new StudioError('model-not-found', `There is no model "${id.slice(0, 80)}". Choose one of: ${known}.`)
}

function deviceLost(backend: Backend, reason: string): { code: 'device-lost'; message: string } {
  return { code: 'device-lost', message: `The ${backend} back end was lost: ${reason}.` }
}

/** Errors of TensorFlow.js, WebAssembly and drivers carry no code; memory is the one that needs its own advice. */
function recognized(error: unknown): unknown {
  if (error instanceof StudioError || !(error instanceof Error)) return error
  if (!/out of memory|memory access out of bounds|allocation failed|Cannot enlarge memory|OOM/i.test(error.message)) return error
  return new StudioError('out-of-memory', `The generator ran out of memory (${error.message}). Close other tabs, then try again.`, {
    cause: error,
  })
}

function summary({ manifest, bytes }: LoadedModel): ModelSummary {
  const { id, name, role, task } = manifest
  const { sizePx, tolerance, look } = task
  return { id, name, role, sizePx, bytes, tolerance, lookFields: look.fields, lookPresets: look.presets }
}
