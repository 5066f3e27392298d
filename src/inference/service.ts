/** What the inference worker answers (`InferenceWorkerApi`), without the worker: models, back end, faces. Requests are served one after another. */

import type { Backend } from '../shared/backends'
import { StudioError, toErrorReport } from '../shared/errors'
import {
  type BackendTrial,
  type FeatureChange,
  type FeatureChangeRequest,
  type FeatureRequest,
  type Features,
  type GeneratedFace,
  type GeneratedPicture,
  type GenerateRequest,
  type InferenceDescription,
  type InferenceEvent,
  type InferenceWorkerApi,
  type ModelEntry,
  type ModelRef,
  type ModelSummary,
  modelKey,
  type PictureRequest,
  type StartOptions,
} from '../workers/protocol'
import { addModel, type BackendSetups, chooseBackend } from './backends'
import { type LoadedModel, loadIndex, loadModel, locate, type ModelSources } from './loadModel'
import { madeBy } from './madeBy'
import { isModelId } from './manifestFields'
import { type AnySession, openSession } from './openSession'
import { PictureSession } from './pictureSession'
import { InferenceSession } from './session'
import { isPictureSettings } from './tasks'

export interface ServicePlatform {
  setups: BackendSetups
  /** Where models lie, given the address of the shipped ones, ending in a slash. */
  sources: (modelsUrl: string) => ModelSources
}

type OnEvent = (event: InferenceEvent) => void

/** What `start` has settled. */
interface Started {
  readonly sources: ModelSources
  readonly models: readonly ModelEntry[]
  readonly backend: Backend
  readonly trials: readonly BackendTrial[]
  readonly model: ModelSummary
}

export class InferenceService implements InferenceWorkerApi {
  private readonly platform: ServicePlatform
  private started: Started | null = null
  /** Models in memory, by their keys. */
  private readonly loaded = new Map<string, { readonly session: AnySession; readonly summary: ModelSummary }>()
  private last: Promise<unknown> = Promise.resolve()

  constructor(platform: ServicePlatform) {
    this.platform = platform
  }

  start(options: StartOptions, onEvent: OnEvent): Promise<void> {
    return this.inTurn(async () => {
      this.release()
      const sources = this.platform.sources(options.modelsUrl)
      const { defaultId, models } = await loadIndex(sources.shipped)
      const ref = options.model ?? { shipped: defaultId }
      const choice = {
        force: options.forceBackend,
        exclude: options.exclude,
        onTrial: (backend: Backend) => onEvent({ kind: 'starting', stage: 'self-test', backend, fraction: 0 }),
        onLost: (backend: Backend, reason: string) => onEvent({ kind: 'failed', error: deviceLost(backend, reason) }),
      }
      const { session, trials } = await chooseBackend(this.platform.setups, load(sources, ref, models, onEvent), choice, openSession)
      const model = this.keep(ref, session)
      this.started = { sources, models, backend: session.backend, trials, model }
    })
  }

  describe(): Promise<InferenceDescription> {
    return this.inTurn(async () => {
      const { backend, models, trials, model } = this.begun()
      return { backend, model, models, trials, loaded: [...this.loaded.values()].map(({ summary }) => summary) }
    })
  }

  load(ref: ModelRef, onEvent: OnEvent): Promise<ModelSummary> {
    return this.inTurn(async () => {
      const { sources, models, backend } = this.begun()
      const known = this.loaded.get(modelKey(ref))
      if (known) return known.summary
      const model = await load(sources, ref, models, onEvent)
      onEvent({ kind: 'starting', stage: 'self-test', backend, fraction: 0 })
      return this.keep(ref, await addModel(model, backend, openSession))
    })
  }

  unload(ref: ModelRef): Promise<void> {
    return this.inTurn(async () => {
      this.loaded.get(modelKey(ref))?.session.dispose()
      this.loaded.delete(modelKey(ref))
    })
  }

  generate(request: GenerateRequest, ref: ModelRef | null = null): Promise<GeneratedFace> {
    const started = performance.now()
    return this.inTurn(async () => {
      const session = this.faceSession(ref ?? this.begun().model.ref)
      const face = await session.generate(request)
      return {
        revision: request.revision,
        pixels: face.pixels,
        sizePx: session.settings.sizePx,
        elapsedMs: performance.now() - started,
        change: face.change,
        madeBy: madeBy(session.model, request.look),
      }
    })
  }

  paint(request: PictureRequest, ref: ModelRef): Promise<GeneratedPicture> {
    const started = performance.now()
    return this.inTurn(async () => {
      const session = this.session(ref)
      if (!(session instanceof PictureSession)) throw new StudioError('bad-request', 'This model makes no pictures of photos.')
      const pixels = await session.paint(request)
      return { pixels, sizePx: session.settings.sizePx, elapsedMs: performance.now() - started, madeBy: madeBy(session.model, null) }
    })
  }

  features({ sketch, point }: FeatureRequest, ref: ModelRef): Promise<Features> {
    const started = performance.now()
    return this.inTurn(async () => {
      const session = this.faceSession(ref)
      return { layers: await session.features(sketch, point), elapsedMs: performance.now() - started }
    })
  }

  featureChange(request: FeatureChangeRequest, ref: ModelRef): Promise<FeatureChange> {
    const started = performance.now()
    return this.inTurn(async () => ({
      ...(await this.faceSession(ref).featureChange(request)),
      elapsedMs: performance.now() - started,
    }))
  }

  dispose(): Promise<void> {
    return this.inTurn(async () => this.release())
  }

  private begun(): Started {
    if (!this.started) throw new StudioError('bad-request', 'No model has been started.')
    return this.started
  }

  private session(ref: ModelRef): AnySession {
    const session = this.loaded.get(modelKey(ref))?.session
    if (!session) throw new StudioError('bad-request', 'The model has not been loaded.')
    return session
  }

  private faceSession(ref: ModelRef): InferenceSession {
    const session = this.session(ref)
    if (!(session instanceof InferenceSession)) throw new StudioError('bad-request', 'This model makes no faces of sketches.')
    return session
  }

  private keep(ref: ModelRef, session: AnySession): ModelSummary {
    const summary = summaryOf(ref, session.model)
    this.loaded.set(modelKey(ref), { session, summary })
    return summary
  }

  private release(): void {
    for (const { session } of this.loaded.values()) session.dispose()
    this.loaded.clear()
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

/** Shipped or trained here, one way. */
function load(sources: ModelSources, ref: ModelRef, models: readonly ModelEntry[], onEvent: OnEvent): Promise<LoadedModel> {
  if ('shipped' in ref) checkKnown(ref.shipped, models)
  const { readFile, id } = locate(sources, ref)
  return loadModel(readFile, id, reportThrottled(onEvent))
}

function checkKnown(id: string, models: readonly ModelEntry[]): void {
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

function summaryOf(ref: ModelRef, { manifest, bytes }: LoadedModel): ModelSummary {
  const { task, networks, golden, card, ...entry } = manifest
  const common = { ...entry, ref, sizePx: task.sizePx, bytes }
  if (isPictureSettings(task))
    return { ...common, style: task.style, strength: task.strength, tolerance: null, lookFields: [], lookPresets: [] }
  if (task.id === 'readFace') return { ...common, strength: null, tolerance: null, lookFields: [], lookPresets: [] }
  const { tolerance, look } = task
  return { ...common, strength: null, tolerance, lookFields: look.fields, lookPresets: look.presets }
}
