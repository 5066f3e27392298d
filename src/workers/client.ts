/**
 * The interface's side of the inference worker: start, faces for sketches (the newest wins), and a way on when the worker, its back end or its device is
 * lost: a new worker, on the next back end where that is called for, until none is left. The drawing is never involved.
 */

import { createStore, type StoreApi } from 'zustand/vanilla'
import { BACKEND_TRAITS, type Backend } from '../shared/backends'
import { type ErrorReport, StudioError, toErrorReport } from '../shared/errors'
import { askFace } from './askFace'
import { Companion, type CompanionState, IDLE_MS } from './companion'
import { type InferenceState, NOT_STARTED } from './inferenceState'
import type {
  FeatureChange,
  Features,
  GeneratedFace,
  GeneratedPicture,
  GenerateRequest,
  InferenceDescription,
  InferenceEvent,
  InferenceWorkerApi,
  MakeFeatureChangeRequest,
  MakeFeatureRequest,
  MakePictureRequest,
  MakeRequest,
  ModelEntry,
  ModelRef,
  StartOptions,
} from './protocol'
import { RestartPolicy } from './restartPolicy'
import { spawnInferenceWorker, type WorkerHandle } from './spawn'
import { type InferenceTimeouts, TIMEOUTS } from './timeouts'
import { type Connection, WorkerLink } from './workerLink'

export type { CompanionState } from './companion'
export type { InferenceState } from './inferenceState'

/** A worker that dies before it says which back end it tries gets this many chances. */
const LEAST_STARTS = 2

/** What is known of the worker in use. */
interface Worker {
  readonly connection: Connection
  /** The back end in use or being tried. */
  backend: Backend | null
  isReady: boolean
}

export class InferenceClient {
  readonly store: StoreApi<InferenceState> = createStore<InferenceState>(() => NOT_STARTED)
  private readonly timeouts: InferenceTimeouts
  private readonly policy = new RestartPolicy()
  private readonly link: WorkerLink<InferenceWorkerApi>
  private readonly beside: Companion
  private options: StartOptions | null = null
  private worker: Worker | null = null
  private slowestMs = 0
  private blindStarts = 0

  constructor(spawn: () => WorkerHandle = spawnInferenceWorker, timeouts: Partial<InferenceTimeouts> = {}, idleMs = IDLE_MS) {
    this.timeouts = { ...TIMEOUTS, ...timeouts }
    this.link = new WorkerLink({ spawn, name: "The generator's worker", onLost: (report) => this.onLost(report) })
    this.beside = new Companion(spawn, this.timeouts, idleMs)
  }

  /** What the second worker is doing, which `refine` and `compare` use. */
  get companion(): StoreApi<CompanionState> {
    return this.beside.store
  }

  /** Starts, or starts again with another model. What happens is told by the store. */
  start(options: StartOptions): void {
    this.options = options
    this.policy.reset(options)
    this.blindStarts = 0
    this.store.setState({ ...NOT_STARTED }, true)
    this.connect()
  }

  /** A fresh start by hand, with every back end back in the race. */
  restart(): void {
    if (this.options) this.start(this.options)
  }

  /** By hand as well: leaves the back end in use, or the last one tried. With none to leave, all are tried again. */
  tryNextBackend(): void {
    const state = this.store.getState()
    const current = this.worker?.backend ?? state.description?.backend
    if (!this.options || !current) {
      this.restart()
      return
    }
    this.policy.exclude(current)
    this.blindStarts = 0
    this.connect()
  }

  /**
   * The face of a sketch, or `null` when a newer request has replaced this one. The sketch is transferred. Rejects with a `StudioError`; when the worker is lost,
   * the store says so, and the caller asks again once it is ready.
   */
  generate(request: GenerateRequest): Promise<GeneratedFace | null> {
    if (!this.worker?.isReady) return Promise.reject(new StudioError('internal', 'The model is not ready yet.'))
    return this.link.request('live', () => this.send(request))
  }

  /** The model for a pen that rests, if the live model in use has one and a face does not take minutes. */
  fineModel(): ModelEntry | null {
    const { description } = this.store.getState()
    if (description?.model.role !== 'live' || BACKEND_TRAITS[description.backend].isLastResort) return null
    const { id } = description.model
    return description.models.find(({ role, refines = id }) => role === 'fine' && refines === id) ?? null
  }

  /**
   * A finer face, computed beside the live ones in a worker of its own; that model is loaded on the first call. `make` is called when its turn has come.
   * `null` when there is no fine model, when `make` gave no request, or when a newer call has replaced this one. Rejects with a `StudioError`; the live model
   * does not notice.
   */
  refine(make: MakeRequest): Promise<GeneratedFace | null> {
    const fine = this.fineModel()
    return fine ? this.compare({ shipped: fine.id }, make) : Promise.resolve(null)
  }

  /** A face of any model, in the second worker as well. One call a model: the newest call for each model wins. */
  compare(ref: ModelRef, make: MakeRequest, lane: '' | 'random ' = ''): Promise<GeneratedFace | null> {
    return this.beside.generate(ref, make, lane)
  }

  /** A picture of a photo by a model of that role, in the second worker, on the terms of `compare`. */
  paint(ref: ModelRef, make: MakePictureRequest): Promise<GeneratedPicture | null> {
    return this.beside.paint(ref, make)
  }

  /** What a model's encoder says of a sketch at one place, in the second worker, on the terms of `compare`. */
  features(ref: ModelRef, make: MakeFeatureRequest): Promise<Features | null> {
    return this.beside.features(ref, make)
  }

  /** Where the features of a model's encoder differ between two sketches, on the same terms. */
  featureChange(ref: ModelRef, make: MakeFeatureChangeRequest): Promise<FeatureChange | null> {
    return this.beside.featureChange(ref, make)
  }

  /** The second worker gives the memory of a model back; the next call loads it again. */
  unload(ref: ModelRef): Promise<void> {
    return this.beside.unload(ref)
  }

  dispose(): void {
    this.beside.dispose()
    this.disconnect(new StudioError('internal', 'The studio was closed.'))
  }

  private connect(): void {
    const { options } = this
    if (!options) return
    this.beside.use(null)
    const connection = this.link.connect(new StudioError('worker-crashed', 'The generator is being started again.'))
    const worker: Worker = { connection, backend: null, isReady: false }
    this.worker = worker
    this.slowestMs = 0
    const { error } = this.store.getState()
    this.store.setState({ ...NOT_STARTED, error }, true)
    const onEvent = this.link.listener(connection, (event: InferenceEvent) => this.onEvent(worker, event))
    const starting = this.link.call(connection, this.timeouts.startMs(null), async (api) => {
      await api.start({ ...options, ...this.policy.choice() }, onEvent)
      return api.describe()
    })
    // A loss has been told by the link already; what another worker would meet as well (no such model, a damaged file, no back end left) is final.
    starting.then(
      (description) => connection.isCurrent && this.onReady(worker, description),
      (reason: unknown) => connection.isCurrent && this.fail(toErrorReport(reason)),
    )
  }

  private disconnect(reason: StudioError): void {
    this.beside.use(null)
    this.worker = null
    this.link.disconnect(reason)
  }

  private onEvent(worker: Worker, event: InferenceEvent): void {
    if (event.kind === 'failed') {
      this.link.lose(worker.connection, event.error)
      return
    }
    // Events come through a channel of their own, and may arrive after the answer to `start`.
    if (worker.isReady) return
    worker.backend = event.backend
    this.link.expect(this.timeouts.startMs(event.backend))
    const { stage, backend, fraction } = event
    this.store.setState({ ...NOT_STARTED, stage, backend, fraction, error: this.store.getState().error }, true)
  }

  private onReady(worker: Worker, description: InferenceDescription): void {
    worker.isReady = true
    worker.backend = description.backend
    worker.connection.settle()
    this.blindStarts = 0
    this.beside.use({ modelsUrl: this.options?.modelsUrl ?? '', backend: description.backend })
    // The warm-up is slower than any pass after it.
    this.slowestMs = description.trials.find(({ outcome }) => outcome === 'chosen')?.elapsedMs ?? 0
    const { error } = this.store.getState()
    this.store.setState({ status: 'ready', description, trials: description.trials, error }, true)
  }

  /** This worker is gone: start another one, or say that starting is no use. */
  private onLost(report: ErrorReport): void {
    const { backend = null, isReady = false } = this.worker ?? {}
    if (!backend && ++this.blindStarts >= LEAST_STARTS) {
      this.fail({ ...report, message: `${report.message} Reload the page; the drawing is kept.` })
      return
    }
    if (backend) this.policy.lost(backend, report.code, isReady)
    const another = backend !== null && this.policy.choice().exclude.includes(backend)
    const message = `${report.message} It is being started ${another ? 'on another back end' : 'again'}; the drawing is kept.`
    this.store.setState({ error: { ...report, message } })
    this.connect()
  }

  private fail(error: ErrorReport): void {
    const { trials } = this.store.getState()
    this.disconnect(new StudioError(error.code, error.message))
    this.store.setState({ status: 'failed', error, description: null, trials }, true)
  }

  private async send(request: GenerateRequest): Promise<GeneratedFace> {
    const { worker } = this
    if (!worker?.backend) throw new StudioError('internal', 'The model is not ready yet.')
    const withinMs = this.timeouts.generateMs(worker.backend, this.slowestMs)
    const face = await this.link.call(worker.connection, withinMs, (api) => askFace(api, request, null))
    this.slowestMs = Math.max(this.slowestMs, face.elapsedMs)
    return face
  }
}
