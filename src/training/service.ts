/**
 * What the training worker answers (`TrainingWorkerApi`), without the worker: runs that are made, estimated, trained, and kept as models. One trains at a time.
 * Everything of a run is in the database before it is told, so that a run whose page or worker was killed goes on from its last checkpoint.
 */

import * as tf from '@tensorflow/tfjs-core'
import { StudioError, toErrorReport } from '../shared/errors'
import { newId } from '../shared/ids'
import {
  TRAINING_METHODS,
  type TrainingChanges,
  type TrainingDescription,
  type TrainingEstimate,
  type TrainingEvent,
  type TrainingHost,
  type TrainingOptions,
  type TrainingOutcome,
  type TrainingWorkerApi,
} from '../workers/trainingProtocol'
import { readCheckpoint, readConfiguration } from './checkpoint'
import { estimateOf } from './estimate'
import { definitionOf } from './methods'
import { readOptions } from './options'
import type { RunRow, TrainingPlatform } from './ports'
import { prepare } from './prepare'
import type { TrainingRun } from './run'
import { RunWriter } from './runWriter'
import { trainedModel } from './trainedModel'

type OnEvent = (event: TrainingEvent) => void

export class TrainingService implements TrainingWorkerApi {
  private readonly platform: TrainingPlatform
  /** What is under way; `run` is `null` while it is being prepared. */
  private active: { run: TrainingRun | null; asked: 'pause' | 'stop' | null } | null = null

  constructor(platform: TrainingPlatform) {
    this.platform = platform
  }

  async describe(): Promise<TrainingDescription> {
    return { methods: TRAINING_METHODS.map((id) => ({ id, ...definitionOf(id).description })) }
  }

  estimate(options: TrainingOptions, host: TrainingHost): Promise<TrainingEstimate> {
    return this.alone(async () => estimateOf(this.platform, readOptions(options), host))
  }

  create(options: TrainingOptions): Promise<string> {
    return answered(async () => {
      const runId = newId()
      const at = this.platform.now()
      const row = { runId, createdAt: at, updatedAt: at, options: readOptions(options), state: 'ready', step: 0, elapsedMs: 0 } as const
      await this.platform.runs.save({ ...row, error: null, history: { steps: [], losses: {} }, figures: [] })
      return runId
    })
  }

  run(runId: string, changes: TrainingChanges, host: TrainingHost, onEvent: OnEvent): Promise<TrainingOutcome> {
    return this.alone(() =>
      this.platform.alone(runId, async () => {
        const row = await this.rowOf(runId)
        const options = readOptions({ ...(row.options as TrainingOptions), ...changes })
        return this.train(row, options, host, onEvent)
      }),
    )
  }

  async pause(): Promise<void> {
    this.ask('pause')
  }

  async stop(): Promise<void> {
    this.ask('stop')
  }

  saveModel(runId: string, name: string, host: TrainingHost): Promise<string> {
    return answered(async () => {
      const row = await this.rowOf(runId)
      const checkpoint = await this.platform.checkpoints.load(runId)
      if (!checkpoint) throw new StudioError('bad-request', 'This run has learnt nothing yet: train it first.')
      return this.platform.keepModel(trainedModel(row, checkpoint, name), host)
    })
  }

  exportModel(id: string): Promise<Blob> {
    return answered(() => this.platform.exportModel(id))
  }

  importModel(file: Blob, host: TrainingHost): Promise<string> {
    return this.alone(() => this.platform.importModel(file, host))
  }

  private async train(row: RunRow, options: TrainingOptions, host: TrainingHost, onEvent: OnEvent): Promise<TrainingOutcome> {
    const writer = new RunWriter(this.platform, row, options, onEvent)
    let prepared: Awaited<ReturnType<typeof prepare>> | null = null
    try {
      const checkpoint = await this.platform.checkpoints.load(row.runId)
      const from = checkpoint && { ...readCheckpoint(checkpoint), networks: readConfiguration(checkpoint.configuration).networks }
      prepared = await prepare(this.platform, options, host, { from, onStage: (stage) => onEvent({ kind: 'preparing', stage }) })
      const run = await writer.begin(prepared, from?.elapsedMs ?? 0)
      if (this.active) this.active.run = run
      if (this.active?.asked) this.ask(this.active.asked)
      const rest = await run.run()
      await writer.rest(rest)
      return { rest, step: prepared.trainer.step }
    } catch (error) {
      await writer.fail(recognized(error))
      throw recognized(error)
    } finally {
      prepared?.trainer.dispose()
    }
  }

  private ask(what: 'pause' | 'stop'): void {
    if (!this.active) return
    this.active.asked = what
    this.active.run?.[what]()
  }

  private async rowOf(runId: string): Promise<RunRow> {
    const row = await this.platform.runs.load(runId)
    if (row) return row
    throw new StudioError('bad-request', 'This run is not in the database any more. Start a new one.')
  }

  /** One thing that trains at a time. */
  private alone<T>(work: () => Promise<T>): Promise<T> {
    return answered(async () => {
      if (this.active) throw new StudioError('bad-request', 'A training is under way. Pause or stop it first.')
      this.active = { run: null, asked: null }
      try {
        return await work()
      } finally {
        this.active = null
      }
    })
  }
}

/** With errors as reports: an `Error`'s code would not survive the way. */
function answered<T>(work: () => Promise<T>): Promise<T> {
  return work().catch((error: unknown) => Promise.reject(toErrorReport(recognized(error))))
}

/** Errors of TensorFlow.js, WebAssembly and drivers carry no code. */
function recognized(error: unknown): unknown {
  if (error instanceof StudioError || !(error instanceof Error)) return error
  if (!/out of memory|memory access out of bounds|allocation failed|Cannot enlarge memory|OOM/i.test(error.message)) return error
  const used = Math.round(tf.memory().numBytes / 2 ** 20)
  return new StudioError(
    'out-of-memory',
    `The training ran out of memory (${error.message}; ${used} MB in use). Lower the piece's size or the batch, then go on from the last checkpoint.`,
    { cause: error },
  )
}
