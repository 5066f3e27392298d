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
import { type BackendSetups, chooseBackend } from './backends'
import { isModelId } from './manifest'
import type { InferenceSession } from './session'
import { type LoadedModel, loadIndex, loadModel, type ReadFile } from './weights'

export interface ServicePlatform {
  setups: BackendSetups
  /** Reads files below an address ending in a slash. */
  readFrom: (modelsUrl: string) => ReadFile
}

type OnEvent = (event: InferenceEvent) => void

export class InferenceService implements InferenceWorkerApi {
  private readonly platform: ServicePlatform
  private session: InferenceSession | null = null
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
      if (!isModelId(id) || !models.some((model) => model.id === id)) throw unknownModel(id, models)
      const model = await loadModel(readFile, id, reportThrottled(onEvent))
      const { session, trials } = await chooseBackend(this.platform.setups, model, {
        force: options.forceBackend,
        exclude: options.exclude,
        onTrial: (backend) => onEvent({ kind: 'starting', stage: 'self-test', backend, fraction: 0 }),
        onLost: (backend, reason) => onEvent({ kind: 'failed', error: deviceLost(backend, reason) }),
      })
      this.session = session
      return { backend: session.backend, model: summary(model), models, trials }
    })
  }

  generate(request: GenerateRequest): Promise<GeneratedFace> {
    const started = performance.now()
    return this.inTurn(async () => {
      if (!this.session) throw new StudioError('bad-request', 'No model has been started.')
      const face = await this.session.generate(request)
      return {
        revision: request.revision,
        pixels: face.pixels,
        sizePx: this.session.model.manifest.sizePx,
        elapsedMs: performance.now() - started,
        change: face.change,
      }
    })
  }

  dispose(): Promise<void> {
    return this.inTurn(async () => this.release())
  }

  private release(): void {
    this.session?.dispose()
    this.session = null
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

function unknownModel(id: string, models: readonly { id: string }[]): StudioError {
  const known = models.map((model) => model.id).join(', ')
  return new StudioError('model-not-found', `There is no model "${id.slice(0, 80)}". Choose one of: ${known}.`)
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
  const { id, name, role, sizePx, look, tolerance } = manifest
  return {
    id,
    name,
    role,
    sizePx,
    bytes,
    tolerance: tolerance && { defaults: tolerance.defaults },
    lookFields: look.fields,
    lookPresets: look.presets,
  }
}
