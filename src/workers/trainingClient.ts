/**
 * The page's side of the training worker: it is started when a run is, watched, and ended when nothing trains. A run whose worker dies or falls silent fails with a
 * sentence and goes on from its last checkpoint with `resume`. What there is of runs, samples and models is read from `storage/` (`trainingRuns`, `ownModels`).
 */

import type { Remote } from 'comlink'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { type ErrorReport, StudioError, toErrorReport } from '../shared/errors'
import { asReport } from './lostWorker'
import { spawnTrainingWorker, type WorkerHandle } from './spawn'
import type {
  TrainingChanges,
  TrainingDescription,
  TrainingEstimate,
  TrainingEvent,
  TrainingHost,
  TrainingOptions,
  TrainingOutcome,
  TrainingRest,
  TrainingStage,
  TrainingWorkerApi,
} from './trainingProtocol'
import { type Connection, WorkerLink } from './workerLink'

const IDLE_MS = 60_000
/** On a slow machine the longest silence is one step of a large piece, or a checkpoint; every event counts as a sign of life. */
const LONGEST_MS = 180_000

/** The run that is under way or was last, as its events tell. */
export interface LiveRun {
  readonly runId: string
  readonly phase: 'preparing' | 'training' | 'resting' | 'failed'
  readonly stage: TrainingStage | null
  readonly step: number
  /** Of training, pauses not counted. */
  readonly elapsedMs: number
  /** Of the last steps. */
  readonly stepMs: number | null
  readonly losses: Readonly<Record<string, number>>
  readonly tensorBytes: number
  /** Step of the last checkpoint; `null` before the first. */
  readonly savedStep: number | null
  /** Networks that began from nothing. */
  readonly fresh: readonly string[]
  readonly rest: TrainingRest | null
  readonly error: ErrorReport | null
}

export interface TrainingState {
  readonly live: LiveRun | null
  /** A pause or a stop has been asked for, and comes after the step. */
  readonly asked: 'pause' | 'stop' | null
}

type Listener = (runId: string, event: TrainingEvent) => void

export class TrainingClient {
  readonly store: StoreApi<TrainingState> = createStore<TrainingState>(() => ({ live: null, asked: null }))
  private readonly link: WorkerLink<TrainingWorkerApi>
  private readonly host: TrainingHost
  private readonly listeners = new Set<Listener>()
  private remote: Remote<TrainingWorkerApi> | null = null
  private last: Promise<unknown> = Promise.resolve()

  constructor(host: TrainingHost, spawn: () => WorkerHandle = spawnTrainingWorker) {
    this.host = host
    this.link = new WorkerLink({ spawn, name: 'The training worker', idleMs: IDLE_MS, onLost: () => undefined })
  }

  /** Told every event of every run; a chart wants them all, a panel reads `store`. Returns the unsubscriber. */
  onEvent(listener: Listener): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  describe(): Promise<TrainingDescription> {
    return this.askNow((api) => api.describe())
  }

  /** Measured by a few steps on this machine; takes as long as about eight of them. */
  estimate(options: TrainingOptions): Promise<TrainingEstimate> {
    return this.ask((api) => api.estimate(options, this.host))
  }

  /** A new run. @returns its id, and how it comes to rest: `rest` rejects with a `StudioError` when it fails */
  async start(options: TrainingOptions): Promise<{ readonly runId: string; readonly rest: Promise<TrainingOutcome> }> {
    const runId = await this.ask((api) => api.create(options))
    return { runId, rest: this.resume(runId) }
  }

  /** From its last checkpoint, or from the beginning where there is none. Rejects with a `StudioError` when it fails; the last checkpoint is then the good one. */
  async resume(runId: string, changes: TrainingChanges = {}): Promise<TrainingOutcome> {
    if (this.isTraining) throw new StudioError('bad-request', 'A training is under way. Pause or stop it first.')
    this.begin(runId)
    try {
      const outcome = await this.ask((api, connection) => api.run(runId, changes, this.host, this.listen(connection, runId)))
      this.update({ phase: 'resting', rest: outcome.rest, step: outcome.step })
      return outcome
    } catch (error) {
      this.update({ phase: 'failed', error: toErrorReport(error) })
      throw error
    } finally {
      this.store.setState({ asked: null })
    }
  }

  get isTraining(): boolean {
    const phase = this.store.getState().live?.phase
    return phase === 'preparing' || phase === 'training'
  }

  /** After the step that is under way, with a checkpoint. */
  pause(): Promise<void> {
    return this.interrupt('pause')
  }

  /** As a pause, but for good. */
  stop(): Promise<void> {
    return this.interrupt('stop')
  }

  /** What a run had learnt by its last checkpoint, as a model of this machine. @returns its id, for `{ checkpoint: id }` */
  saveModel(runId: string, name: string): Promise<string> {
    return this.askNow((api) => api.saveModel(runId, name, this.host))
  }

  /** Of a model of this machine: a zip with its folder, in the form of `public/models`. */
  exportModel(id: string): Promise<Blob> {
    return this.askNow((api) => api.exportModel(id))
  }

  /** Such a zip, by this studio or by `pipeline.export`. @returns the new model's id */
  importModel(file: Blob): Promise<string> {
    return this.ask((api) => api.importModel(file, this.host))
  }

  dispose(): void {
    this.link.disconnect(new StudioError('internal', 'The studio was closed.'))
  }

  private begin(runId: string): void {
    const live: LiveRun = {
      ...{ runId, phase: 'preparing', stage: null, step: 0, elapsedMs: 0, stepMs: null, losses: {}, tensorBytes: 0 },
      ...{ savedStep: null, fresh: [], rest: null, error: null },
    }
    this.store.setState({ live, asked: null }, true)
  }

  private async interrupt(what: 'pause' | 'stop'): Promise<void> {
    if (!this.isTraining) return
    this.store.setState({ asked: what })
    await this.remote?.[what]()
  }

  private listen(connection: Connection, runId: string): (event: TrainingEvent) => void {
    return this.link.listener(connection, (event: TrainingEvent) => {
      this.link.expect(LONGEST_MS)
      this.update(changesBy(event))
      for (const listener of this.listeners) listener(runId, event)
    })
  }

  private update(changes: Partial<LiveRun>): void {
    const { live } = this.store.getState()
    // Events come through a channel of their own, and may arrive after the run's end.
    if (!live || (live.rest && !changes.rest)) return
    this.store.setState({ live: { ...live, ...changes } })
  }

  /** What may be asked in between, too. */
  private async askNow<T>(run: (api: Remote<TrainingWorkerApi>) => Promise<T>): Promise<T> {
    if (!this.isTraining || !this.remote) return this.ask(run)
    try {
      return await run(this.remote)
    } catch (reason) {
      const report = asReport(reason)
      throw new StudioError(report.code, report.message)
    }
  }

  /** After whatever was asked before. */
  private ask<T>(run: (api: Remote<TrainingWorkerApi>, connection: Connection) => Promise<T>): Promise<T> {
    const turn = this.last.then(() =>
      this.link.request('training', async () => {
        const known = this.link.connection
        const connection = known ?? this.link.connect(new StudioError('worker-crashed', 'The training worker is being started again.'))
        return await this.link.call(connection, LONGEST_MS, async (api) => {
          this.remote = api
          if (!known) await this.awake(api, connection)
          return run(api, connection)
        })
      }),
    )
    this.last = turn.catch(() => undefined)
    return turn as Promise<T>
  }

  /** Its first answer: from now on a silent death is noticed too. */
  private async awake(api: Remote<TrainingWorkerApi>, connection: Connection): Promise<void> {
    await api.describe()
    if (connection.isCurrent) connection.settle()
  }
}

function changesBy(event: TrainingEvent): Partial<LiveRun> {
  switch (event.kind) {
    case 'preparing':
      return { stage: event.stage }
    case 'started':
      return { phase: 'training', stage: null, step: event.step, elapsedMs: event.elapsedMs, fresh: event.fresh }
    case 'progress': {
      const { step, elapsedMs, stepMs, losses, tensorBytes } = event
      return { step, elapsedMs, stepMs, losses, tensorBytes }
    }
    case 'checkpoint':
      return { savedStep: event.step }
    case 'sample':
      return {}
  }
}
