/**
 * The interface's side of the inference worker: start, faces for sketches (the newest wins), and a way on when the worker, its back end or its device is
 * lost: a new worker, on the next back end where that is called for, until none is left. The drawing is never involved.
 */

import { proxy, type Remote, transfer, wrap } from 'comlink'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { type ErrorReport, StudioError } from '../shared/errors'
import { Companion, type CompanionState, IDLE_MS } from './companion'
import { type InferenceState, NOT_STARTED } from './inferenceState'
import { LatestWins } from './latestWins'
import { asReport, isLoss } from './losses'
import type {
  Backend,
  GeneratedFace,
  GenerateRequest,
  InferenceDescription,
  InferenceEvent,
  InferenceWorkerApi,
  MakeRequest,
  ModelEntry,
  StartOptions,
} from './protocol'
import { RestartPolicy } from './restartPolicy'
import { spawnInferenceWorker, type WorkerHandle } from './spawn'
import { type InferenceTimeouts, TIMEOUTS, Watchdog } from './watchdog'

export type { CompanionState } from './companion'
export type { InferenceState } from './inferenceState'

/** A worker that dies before it says which back end it tries gets this many chances. */
const LEAST_STARTS = 2

/** One worker and what is known of it. */
interface Connection {
  handle: WorkerHandle
  api: Remote<InferenceWorkerApi>
  /** The back end in use or being tried. */
  backend: Backend | null
  ready: boolean
}

export class InferenceClient {
  readonly store: StoreApi<InferenceState> = createStore<InferenceState>(() => NOT_STARTED)
  private readonly spawn: () => WorkerHandle
  private readonly timeouts: InferenceTimeouts
  private readonly policy = new RestartPolicy()
  private readonly watchdog = new Watchdog(() => this.onSilence())
  private readonly queue = new LatestWins((request: GenerateRequest) => this.send(request))
  private readonly beside: Companion
  private options: StartOptions | null = null
  private connection: Connection | null = null
  private slowestMs = 0
  private blindStarts = 0

  constructor(spawn: () => WorkerHandle = spawnInferenceWorker, timeouts: Partial<InferenceTimeouts> = {}, idleMs = IDLE_MS) {
    this.spawn = spawn
    this.timeouts = { ...TIMEOUTS, ...timeouts }
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
    const current = this.connection?.backend ?? state.description?.backend
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
    if (!this.connection?.ready) return Promise.reject(new StudioError('internal', 'The model is not ready yet.'))
    return this.queue.submit(request)
  }

  /** The model for a pen that rests, if the live model in use has one and the back end is not the slowest, on which a face takes minutes. */
  fineModel(): ModelEntry | null {
    const { description } = this.store.getState()
    if (description?.model.role !== 'live' || description.backend === 'cpu') return null
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
    return fine ? this.beside.generate(fine.id, make) : Promise.resolve(null)
  }

  /** A face of any installed model, in the second worker as well. One call a model: the newest call for each model wins. */
  compare(modelId: string, make: MakeRequest): Promise<GeneratedFace | null> {
    return this.beside.generate(modelId, make)
  }

  model(): { readonly id: string; readonly sizePx: number } | null {
    return this.store.getState().description?.model ?? null
  }

  subscribe(listener: () => void): () => void {
    return this.store.subscribe(listener)
  }

  dispose(): void {
    this.beside.dispose()
    this.disconnect(new StudioError('internal', 'The studio was closed.'))
  }

  private connect(): void {
    const { options } = this
    if (!options) return
    this.disconnect(new StudioError('worker-crashed', 'The generator is being started again.'))
    const handle = this.spawn()
    const connection: Connection = { handle, api: wrap<InferenceWorkerApi>(handle.endpoint), backend: null, ready: false }
    this.connection = connection
    this.slowestMs = 0
    handle.onCrash((reason) => this.lose(connection, { code: 'worker-crashed', message: `The generator's worker crashed: ${reason}.` }))
    const { error } = this.store.getState()
    this.store.setState({ ...NOT_STARTED, error }, true)
    this.watchdog.expect(this.timeouts.startMs(null))
    const onEvent = proxy((event: InferenceEvent) => this.onEvent(connection, event))
    connection.api.start({ ...options, ...this.policy.choice() }, onEvent).then(
      (description) => this.onReady(connection, description),
      (reason: unknown) => this.onStartFailed(connection, asReport(reason)),
    )
  }

  private disconnect(reason: StudioError): void {
    this.watchdog.stop()
    this.beside.use(null)
    this.connection?.handle.terminate()
    this.connection = null
    this.queue.abandon(reason)
  }

  private onEvent(connection: Connection, event: InferenceEvent): void {
    if (connection !== this.connection) return
    if (event.kind === 'failed') {
      this.lose(connection, event.error)
      return
    }
    // Events come through a channel of their own, and may arrive after the answer to `start`.
    if (connection.ready) return
    connection.backend = event.backend
    this.watchdog.expect(this.timeouts.startMs(event.backend))
    const { stage, backend, fraction } = event
    this.store.setState({ ...NOT_STARTED, stage, backend, fraction, error: this.store.getState().error }, true)
  }

  private onReady(connection: Connection, description: InferenceDescription): void {
    if (connection !== this.connection) return
    this.watchdog.stop()
    connection.ready = true
    connection.backend = description.backend
    this.blindStarts = 0
    connection.handle.watch()
    this.beside.use({ modelsUrl: this.options?.modelsUrl ?? '', backend: description.backend })
    // The warm-up is slower than any pass after it.
    this.slowestMs = description.trials.find(({ outcome }) => outcome === 'chosen')?.elapsedMs ?? 0
    const { error } = this.store.getState()
    this.store.setState({ status: 'ready', description, trials: description.trials, error }, true)
  }

  /** What another worker would meet as well (no such model, a damaged file, no back end left) is final; a loss is not. */
  private onStartFailed(connection: Connection, report: ErrorReport): void {
    if (connection !== this.connection) return
    if (isLoss(report)) this.lose(connection, report)
    else this.fail(report)
  }

  private onSilence(): void {
    const { connection } = this
    if (!connection) return
    const doing = connection.ready ? 'gave no answer in time' : 'did not start in time'
    this.lose(connection, { code: 'worker-crashed', message: `The generator's worker ${doing}.` })
  }

  /** This worker is gone: start another one, or say that starting is no use. */
  private lose(connection: Connection, report: ErrorReport): void {
    if (connection !== this.connection) return
    const { backend, ready } = connection
    if (!backend && ++this.blindStarts >= LEAST_STARTS) {
      this.fail({ ...report, message: `${report.message} Reload the page; the drawing is kept.` })
      return
    }
    if (backend) this.policy.lost(backend, report.code, ready)
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
    const { connection } = this
    if (!connection?.backend) throw new StudioError('internal', 'The model is not ready yet.')
    this.watchdog.expect(this.timeouts.generateMs(connection.backend, this.slowestMs))
    try {
      const face = await connection.api.generate(transfer(request, [request.sketch.buffer]), null)
      this.slowestMs = Math.max(this.slowestMs, face.elapsedMs)
      return face
    } catch (reason) {
      const report = asReport(reason)
      if (isLoss(report)) this.lose(connection, report)
      throw new StudioError(report.code, report.message)
    } finally {
      if (connection === this.connection && connection.ready) this.watchdog.stop()
    }
  }
}
