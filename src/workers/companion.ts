/**
 * The second inference worker: faces that may take their time (the fine model when the pen rests, models side by side) and pictures of photos, so that the live face never waits for
 * one. It starts with the first such request on the live worker's back end (on the next one if that cannot be had twice), loads each model when it is first
 * asked for, and ends when nobody has asked for a while. What fails here is told to whoever asked, and never reaches the live worker.
 */

import type { Remote } from 'comlink'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { BACKEND_TRAITS, BACKENDS, type Backend } from '../shared/backends'
import { type ErrorReport, StudioError, toErrorReport } from '../shared/errors'
import { askFace, askFeatureChange, askFeatures, askPicture } from './askFace'
import {
  type FeatureChange,
  type Features,
  type GeneratedFace,
  type GeneratedPicture,
  type InferenceEvent,
  type InferenceWorkerApi,
  type MakeFeatureChangeRequest,
  type MakeFeatureRequest,
  type MakePictureRequest,
  type MakeRequest,
  type ModelRef,
  type ModelSummary,
  modelKey,
  type StartOptions,
} from './protocol'
import type { WorkerHandle } from './spawn'
import type { InferenceTimeouts } from './timeouts'
import { type Connection, WorkerLink } from './workerLink'

/** Without a request for this long the worker is ended and its memory given back. */
export const IDLE_MS = 120_000
/** A model during whose turn the worker was lost this often in a row is not tried again. */
const MOST_LOSSES = 2

export interface CompanionState {
  /** The model (`modelKey`) that is being loaded and how far, 0–1; `null` when none is. */
  readonly loading: { readonly model: string; readonly fraction: number } | null
  /** The last failure of each model, by its `modelKey`, until it has given a face again. */
  readonly failures: Readonly<Record<string, ErrorReport>>
}

/** Where models come from, and the back end that the live worker trusts. */
export interface CompanionOptions {
  readonly modelsUrl: string
  readonly backend: Backend
}

/** What is known of the worker in use. */
interface Worker {
  readonly connection: Connection
  /** The back end in use or being tried. */
  backend: Backend
  /** Models that are ready. The first one was started, the others loaded beside it. */
  readonly models: Map<string, ModelSummary>
  isStarted: boolean
}

/** What is made when its turn has come, and how it is asked. */
type Make<Q> = (model: ModelSummary) => Q | null | Promise<Q | null>
type Timed = { readonly elapsedMs: number }
type Ask<Q, A extends Timed> = (api: Remote<InferenceWorkerApi>, request: Q, ref: ModelRef) => Promise<A>

/** Before a model's key: its features have lanes of their own. */
const FEATURES_LANE = 'features '
const CHANGE_LANE = 'change '
const LANES = /^(features|change|random) /
const QUIET: CompanionState = { loading: null, failures: {} }
const RESTARTING = 'The generator is being started again.'

export class Companion {
  readonly store: StoreApi<CompanionState> = createStore<CompanionState>(() => QUIET)
  private readonly link: WorkerLink<InferenceWorkerApi>
  private readonly timeouts: InferenceTimeouts
  private readonly losses = new Map<string, number>()
  private readonly slowestMs = new Map<string, number>()
  private options: CompanionOptions | null = null
  private known: Worker | null = null

  constructor(spawn: () => WorkerHandle, timeouts: InferenceTimeouts, idleMs: number) {
    this.timeouts = timeouts
    this.link = new WorkerLink({
      spawn,
      idleMs,
      name: "The second generator's worker",
      onLost: (report, _, key) => this.onLost(report, key),
    })
  }

  /** From now on as these options say, with every failure forgotten; `null` while there is no live worker. */
  use(options: CompanionOptions | null): void {
    this.link.disconnect(new StudioError('worker-crashed', RESTARTING))
    this.options = options
    this.losses.clear()
    this.slowestMs.clear()
    this.store.setState(QUIET, true)
  }

  /**
   * A face of this model, or `null` when a newer request for the same model has replaced this one or `make` gave none. `make` is called when its turn has come.
   * Rejects with a `StudioError`.
   * @param lane of those who ask for several faces of one model beside others who do
   */
  generate(ref: ModelRef, make: MakeRequest, lane: '' | 'random ' = ''): Promise<GeneratedFace | null> {
    return this.request(ref, make, askFace, lane)
  }

  /** A picture of a photo, on the same terms. */
  paint(ref: ModelRef, make: MakePictureRequest): Promise<GeneratedPicture | null> {
    return this.request(ref, make, askPicture)
  }

  /** What the model's encoder says of a sketch, on the same terms, but beside its faces: neither takes the other's place. */
  features(ref: ModelRef, make: MakeFeatureRequest): Promise<Features | null> {
    return this.request(ref, make, askFeatures, FEATURES_LANE)
  }

  featureChange(ref: ModelRef, make: MakeFeatureChangeRequest): Promise<FeatureChange | null> {
    return this.request(ref, make, askFeatureChange, CHANGE_LANE)
  }

  private request<Q, A extends Timed>(ref: ModelRef, make: Make<Q>, ask: Ask<Q, A>, lane = ''): Promise<A | null> {
    if (!this.options) return Promise.reject(new StudioError('internal', 'The model is not ready yet.'))
    const key = modelKey(ref)
    const failure = this.store.getState().failures[key]
    if (failure && (this.losses.get(key) ?? 0) >= MOST_LOSSES) return Promise.reject(new StudioError(failure.code, failure.message))
    return this.link.request(lane + key, () => this.serve(ref, make, ask))
  }

  /** Gives the memory of a model back, if it is loaded; the next request loads it again. */
  async unload(ref: ModelRef): Promise<void> {
    const { known } = this
    if (!known?.connection.isCurrent || !known.models.has(modelKey(ref))) return
    await this.link.request(`unload ${modelKey(ref)}`, async () => {
      known.models.delete(modelKey(ref))
      await this.link.call(known.connection, this.timeouts.startMs(known.backend), (api) => api.unload(ref))
    })
  }

  dispose(): void {
    this.link.disconnect(new StudioError('internal', 'The studio was closed.'))
    this.options = null
  }

  private async serve<Q, A extends Timed>(ref: ModelRef, make: Make<Q>, ask: Ask<Q, A>): Promise<A | null> {
    const key = modelKey(ref)
    const worker = this.worker()
    const model = worker.models.get(key) ?? (await this.attempt(worker, key, () => this.load(worker, ref)))
    const request = await make(model)
    if (!request) return null
    const withinMs = this.timeouts.generateMs(worker.backend, this.slowestMs.get(key) ?? 0)
    const answer = await this.attempt(worker, key, () => this.link.call(worker.connection, withinMs, (api) => ask(api, request, ref)))
    this.succeed(key, answer.elapsedMs)
    return answer
  }

  /** The one in use, or a new one. */
  private worker(): Worker {
    if (this.known?.connection.isCurrent) return this.known
    const connection = this.link.connect(new StudioError('worker-crashed', RESTARTING))
    this.known = { connection, backend: this.options?.backend ?? 'cpu', models: new Map(), isStarted: false }
    return this.known
  }

  /**
   * What another try would meet as well (no such model, a damaged file, wrong output) is final; a bad request is that request's own. A loss has been told by
   * the link already.
   */
  private async attempt<T>(worker: Worker, key: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      if (worker.connection.isCurrent) {
        if (this.store.getState().loading?.model === key) this.losses.set(key, MOST_LOSSES)
        this.note(key, toErrorReport(error))
      }
      throw error
    }
  }

  private async load(worker: Worker, ref: ModelRef): Promise<ModelSummary> {
    const key = modelKey(ref)
    const started = performance.now()
    this.expectLoading(worker, key, 0)
    const onEvent = this.link.listener(worker.connection, (event: InferenceEvent) => this.onEvent(worker, key, event))
    const withinMs = this.timeouts.startMs(worker.backend)
    const model = await this.link.call(worker.connection, withinMs, async (api) => {
      if (worker.isStarted) return api.load(ref, onEvent)
      await api.start(this.startOptions(ref), onEvent)
      const description = await api.describe()
      worker.backend = description.backend
      return description.model
    })
    if (!worker.isStarted) worker.connection.settle()
    worker.isStarted = true
    // Loading ends with a pass, so no pass will be much slower.
    this.slowestMs.set(key, performance.now() - started)
    this.store.setState({ loading: null })
    worker.models.set(key, model)
    return model
  }

  private startOptions(model: ModelRef): StartOptions {
    const { modelsUrl = '', backend = 'cpu' } = this.options ?? {}
    return { modelsUrl, model, forceBackend: null, exclude: notWorthTrying(backend) }
  }

  private onEvent(worker: Worker, key: string, event: InferenceEvent): void {
    if (event.kind === 'failed') {
      this.link.lose(worker.connection, event.error)
      return
    }
    // Events come through a channel of their own, and may arrive after the answer.
    if (this.store.getState().loading?.model !== key) return
    worker.backend = event.backend ?? worker.backend
    this.expectLoading(worker, key, event.stage === 'loading-weights' ? event.fraction : 1)
  }

  private expectLoading({ backend }: Worker, key: string, fraction: number): void {
    this.link.expect(this.timeouts.startMs(backend))
    this.store.setState({ loading: { model: key, fraction } })
  }

  private succeed(key: string, elapsedMs: number): void {
    this.slowestMs.set(key, Math.max(elapsedMs, this.slowestMs.get(key) ?? 0))
    this.losses.delete(key)
    const { [key]: _, ...failures } = this.store.getState().failures
    this.store.setState({ failures })
  }

  private note(key: string, report: ErrorReport): void {
    const { failures } = this.store.getState()
    this.store.setState({ loading: null, failures: { ...failures, [key]: report } })
  }

  /** The next request starts another worker. */
  private onLost(report: ErrorReport, lane: string | null): void {
    this.store.setState({ loading: null })
    if (lane === null) return
    const key = lane.replace(LANES, '')
    this.losses.set(key, (this.losses.get(key) ?? 0) + 1)
    this.note(key, report)
  }
}

/** What the live worker has passed over, and what takes minutes for a fine face. */
function notWorthTrying(live: Backend): Backend[] {
  return BACKENDS.filter((backend, rank) => rank < BACKENDS.indexOf(live) || (BACKEND_TRAITS[backend].isLastResort && backend !== live))
}
