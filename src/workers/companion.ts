/**
 * The second inference worker: faces that may take their time (the fine model when the pen rests, models side by side), so that the live face never waits for
 * one. It starts with the first such request on the live worker's back end (on the next one if that cannot be had twice), loads each model when it is first
 * asked for, and ends when nobody has asked for a while. What fails here is told to whoever asked, and never reaches the live worker.
 */

import { proxy, type Remote, transfer, wrap } from 'comlink'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { type ErrorReport, StudioError } from '../shared/errors'
import { LatestWins } from './latestWins'
import { asReport, isLoss } from './losses'
import {
  BACKENDS,
  type Backend,
  type GeneratedFace,
  type InferenceEvent,
  type InferenceWorkerApi,
  type MakeRequest,
  type ModelSummary,
  type StartOptions,
} from './protocol'
import type { WorkerHandle } from './spawn'
import { type InferenceTimeouts, Watchdog } from './watchdog'

/** Without a request for this long the worker is ended and its memory given back. */
export const IDLE_MS = 120_000
/** A model during whose turn the worker was lost this often in a row is not tried again. */
const MOST_LOSSES = 2

export interface CompanionState {
  /** The model that is being loaded and how far, 0–1; `null` when none is. */
  readonly loading: { readonly modelId: string; readonly fraction: number } | null
  /** The last failure of each model, by id, until it has given a face again. */
  readonly failures: Readonly<Record<string, ErrorReport>>
}

/** Where models come from, and the back end that the live worker trusts. */
export interface CompanionOptions {
  readonly modelsUrl: string
  readonly backend: Backend
}

interface Connection {
  handle: WorkerHandle
  api: Remote<InferenceWorkerApi>
  /** The back end in use or being tried. */
  backend: Backend
  /** Models that are ready, by id. The first one was started, the others loaded beside it. */
  models: Map<string, ModelSummary>
}

const QUIET: CompanionState = { loading: null, failures: {} }

export class Companion {
  readonly store: StoreApi<CompanionState> = createStore<CompanionState>(() => QUIET)
  private readonly spawn: () => WorkerHandle
  private readonly timeouts: InferenceTimeouts
  private readonly idleMs: number
  private readonly queues = new Map<string, LatestWins<MakeRequest, GeneratedFace | null>>()
  private readonly losses = new Map<string, number>()
  private readonly slowestMs = new Map<string, number>()
  private readonly watchdog = new Watchdog(() => this.lose(crashed('gave no answer in time')))
  private options: CompanionOptions | null = null
  private connection: Connection | null = null
  /** The model whose turn it is. */
  private serving: string | null = null
  private last: Promise<unknown> = Promise.resolve()
  /** Counts workers: whoever waits for a turn when one ends has been answered. */
  private era = 0
  private idle: ReturnType<typeof setTimeout> | undefined

  constructor(spawn: () => WorkerHandle, timeouts: InferenceTimeouts, idleMs: number) {
    this.spawn = spawn
    this.timeouts = timeouts
    this.idleMs = idleMs
  }

  /** From now on as these options say, with every failure forgotten; `null` while there is no live worker. */
  use(options: CompanionOptions | null): void {
    this.disconnect(new StudioError('worker-crashed', 'The generator is being started again.'))
    this.options = options
    this.losses.clear()
    this.slowestMs.clear()
    this.store.setState(QUIET, true)
  }

  /**
   * A face of this model, or `null` when a newer request for the same model has replaced this one or `make` gave none. `make` is called when its turn has come.
   * Rejects with a `StudioError`.
   */
  generate(modelId: string, make: MakeRequest): Promise<GeneratedFace | null> {
    if (!this.options) return Promise.reject(new StudioError('internal', 'The model is not ready yet.'))
    const failure = this.store.getState().failures[modelId]
    if (failure && (this.losses.get(modelId) ?? 0) >= MOST_LOSSES) return Promise.reject(new StudioError(failure.code, failure.message))
    let queue = this.queues.get(modelId)
    if (!queue) {
      queue = new LatestWins((wanted: MakeRequest) => this.inTurn(() => this.serve(modelId, wanted)))
      this.queues.set(modelId, queue)
    }
    return queue.submit(make)
  }

  dispose(): void {
    this.disconnect(new StudioError('internal', 'The studio was closed.'))
    this.options = null
  }

  /** One request at a time is with the worker, so that its silence is that request's and the next one is made as late as can be. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const { era } = this
    const turn = this.last.then(() => {
      if (era !== this.era) throw new StudioError('internal', 'Nobody waits for this face any more.')
      return work()
    })
    this.last = turn.catch(() => {})
    return turn
  }

  private async serve(modelId: string, make: MakeRequest): Promise<GeneratedFace | null> {
    clearTimeout(this.idle)
    this.serving = modelId
    const connection = this.connection ?? this.connect()
    try {
      const model = await this.attempt(connection, modelId, this.ready(connection, modelId))
      const request = make(model)
      if (!request) return null
      this.watchdog.expect(this.timeouts.generateMs(connection.backend, this.slowestMs.get(modelId) ?? 0))
      const face = await this.attempt(connection, modelId, connection.api.generate(transfer(request, [request.sketch.buffer]), modelId))
      this.succeed(modelId, face.elapsedMs)
      return face
    } finally {
      // After a loss another connection's request may be under way.
      if (connection === this.connection) this.rest()
    }
  }

  private async attempt<T>(connection: Connection, modelId: string, answer: Promise<T>): Promise<T> {
    try {
      return await answer
    } catch (reason) {
      const report = asReport(reason)
      if (connection === this.connection) this.fail(modelId, report)
      throw new StudioError(report.code, report.message)
    }
  }

  private connect(): Connection {
    const handle = this.spawn()
    const connection: Connection = {
      handle,
      api: wrap<InferenceWorkerApi>(handle.endpoint),
      backend: this.options?.backend ?? 'cpu',
      models: new Map(),
    }
    this.connection = connection
    handle.onCrash((reason) => connection === this.connection && this.lose(crashed(`crashed: ${reason}`)))
    return connection
  }

  /** The model, loaded on first use. */
  private async ready(connection: Connection, modelId: string): Promise<ModelSummary> {
    const known = connection.models.get(modelId)
    if (known) return known
    const started = performance.now()
    this.expectLoading(connection, modelId, 0)
    const onEvent = proxy((event: InferenceEvent) => this.onEvent(connection, modelId, event))
    const model = await this.load(connection, modelId, onEvent)
    // Loading ends with a pass, so no pass will be much slower.
    this.slowestMs.set(modelId, performance.now() - started)
    this.store.setState({ loading: null })
    connection.models.set(modelId, model)
    return model
  }

  private async load(connection: Connection, modelId: string, onEvent: (event: InferenceEvent) => void): Promise<ModelSummary> {
    if (connection.models.size > 0) return connection.api.load(modelId, onEvent)
    const options: StartOptions = {
      modelsUrl: this.options?.modelsUrl ?? '',
      modelId,
      forceBackend: null,
      exclude: notWorthTrying(this.options?.backend ?? 'cpu'),
    }
    const { model, backend } = await connection.api.start(options, onEvent)
    connection.backend = backend
    connection.handle.watch()
    return model
  }

  private onEvent(connection: Connection, modelId: string, event: InferenceEvent): void {
    if (connection !== this.connection) return
    if (event.kind === 'failed') {
      this.lose(event.error)
      return
    }
    // Events come through a channel of their own, and may arrive after the answer.
    const { loading } = this.store.getState()
    if (loading?.modelId !== modelId) return
    connection.backend = event.backend ?? connection.backend
    this.expectLoading(connection, modelId, event.stage === 'loading-weights' ? event.fraction : 1)
  }

  private expectLoading(connection: Connection, modelId: string, fraction: number): void {
    this.watchdog.expect(this.timeouts.startMs(connection.backend))
    this.store.setState({ loading: { modelId, fraction } })
  }

  private succeed(modelId: string, elapsedMs: number): void {
    this.slowestMs.set(modelId, Math.max(elapsedMs, this.slowestMs.get(modelId) ?? 0))
    this.losses.delete(modelId)
    const { [modelId]: _, ...failures } = this.store.getState().failures
    this.store.setState({ failures })
  }

  /** What another try would meet as well (no such model, a damaged file, wrong output) is final; a bad request is that request's own. */
  private fail(modelId: string, report: ErrorReport): void {
    if (isLoss(report)) {
      this.lose(report)
      return
    }
    const wasLoading = this.store.getState().loading?.modelId === modelId
    if (wasLoading) this.losses.set(modelId, MOST_LOSSES)
    this.note(modelId, report)
  }

  private note(modelId: string, report: ErrorReport): void {
    const { failures } = this.store.getState()
    this.store.setState({ loading: null, failures: { ...failures, [modelId]: report } })
  }

  /** This worker is gone; the next request starts another one. */
  private lose(report: ErrorReport): void {
    const { serving } = this
    if (serving !== null) {
      this.losses.set(serving, (this.losses.get(serving) ?? 0) + 1)
      this.note(serving, report)
    }
    this.disconnect(new StudioError(report.code, report.message))
  }

  private rest(): void {
    this.serving = null
    this.watchdog.stop()
    clearTimeout(this.idle)
    this.idle = setTimeout(() => this.disconnect(new StudioError('internal', 'The model was put away.')), this.idleMs)
  }

  private disconnect(reason: StudioError): void {
    clearTimeout(this.idle)
    this.watchdog.stop()
    this.connection?.handle.terminate()
    this.connection = null
    this.serving = null
    this.era++
    // Calls to a worker that is gone are never answered.
    this.last = Promise.resolve()
    this.store.setState({ loading: null })
    for (const queue of this.queues.values()) queue.abandon(reason)
  }
}

/** What the live worker has passed over, and plain JavaScript, which takes minutes for a fine face. */
function notWorthTrying(live: Backend): Backend[] {
  return BACKENDS.filter((backend, rank) => rank < BACKENDS.indexOf(live) || (backend === 'cpu' && live !== 'cpu'))
}

function crashed(what: string): ErrorReport {
  return { code: 'worker-crashed', message: `The second generator's worker ${what}.` }
}
