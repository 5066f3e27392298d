/** A run and its place in the database: what it tells goes there first, and then to whoever listens. */

import * as tf from '@tensorflow/tfjs-core'
import { toErrorReport } from '../shared/errors'
import type { TrainingEvent, TrainingOptions, TrainingRest } from '../workers/trainingProtocol'
import type { CheckpointConfiguration } from './checkpoint'
import { answerHeldOut, HealthGuard } from './heldOut'
import type { Method } from './method'
import type { RunRow, TrainingPlatform } from './ports'
import type { Prepared } from './prepare'
import { LossRecord } from './record'
import { type RunCheckpoint, type RunEvent, TrainingRun } from './run'

const STATES = { paused: 'paused', stopped: 'stopped', steps: 'finished', time: 'finished' } as const

export class RunWriter {
  private readonly platform: TrainingPlatform
  private readonly options: TrainingOptions
  private readonly onEvent: (event: TrainingEvent) => void
  private readonly record: LossRecord
  private row: RunRow

  constructor(platform: TrainingPlatform, row: RunRow, options: TrainingOptions, onEvent: (event: TrainingEvent) => void) {
    this.platform = platform
    this.options = options
    this.onEvent = onEvent
    this.record = new LossRecord(row.history)
    this.row = { ...row, options, error: null }
  }

  /** @param elapsedMs of the checkpoint that it goes on from */
  async begin(prepared: Prepared, elapsedMs: number): Promise<TrainingRun> {
    const { trainer, definition, pictures, backend, fresh } = prepared
    const { step } = trainer
    this.record.backTo(step)
    await this.write({ state: 'running', figures: this.row.figures.filter((figure) => figure.step <= step), step, elapsedMs })
    this.onEvent({ kind: 'started', step, elapsedMs, backend, fresh })
    // What it begins as is what it is compared with.
    if (step === 0) await this.sample(prepared)
    const { steps, trainingMs, checkpointEveryMs, sampleEverySteps, seed, batch } = this.options
    const shown = [...pictures.heldOut, ...pictures.items].find(({ a }) => a)
    const guard = shown && new HealthGuard(definition, trainer, shown)
    await guard?.check()
    return new TrainingRun(
      trainer,
      { steps, trainingMs, checkpointEveryMs },
      {
        batchOf: (at) => definition.batchOf(pictures, { step: at, seed, batch }),
        save: (checkpoint) => this.save(checkpoint, trainer.method),
        check: async () => guard?.check(),
        onEvent: (event) => this.tell(event),
        afterStep: async (at) => {
          if (at % sampleEverySteps === 0) await this.sample(prepared)
        },
        now: this.platform.now,
      },
      elapsedMs,
    )
  }

  rest(rest: TrainingRest): Promise<void> {
    return this.write({ state: STATES[rest] })
  }

  /** The last checkpoint stays as it is. */
  async fail(error: unknown): Promise<void> {
    // What cannot be written either is told by the rejection.
    await this.write({ state: 'failed', error: toErrorReport(error) }).catch(() => undefined)
  }

  private tell(event: RunEvent): void {
    if (event.kind === 'progress') this.record.add(event.step, event.losses)
    this.onEvent(event.kind === 'progress' ? { ...event, tensorBytes: tf.memory().numBytes } : event)
  }

  private async save({ elapsedMs, trainer }: RunCheckpoint, { networks }: Method): Promise<void> {
    const { runId } = this.row
    await this.platform.checkpoints.save({
      ...{ runId, savedAt: this.platform.now(), step: trainer.step, elapsedMs, state: trainer },
      configuration: { options: this.options, networks } satisfies CheckpointConfiguration,
    })
    await this.write({ step: trainer.step, elapsedMs })
  }

  private async sample({ definition, trainer, pictures }: Prepared): Promise<void> {
    const items = pictures.heldOut.length > 0 ? pictures.heldOut : pictures.items
    const { rows, l1 } = await answerHeldOut(definition, trainer, items, nextTask)
    const { step } = trainer
    const encoded = await Promise.all(
      rows.map(async (row) => {
        const entries = Object.entries(row).map(async ([name, picture]) => [name, await this.platform.encode(picture)] as const)
        return Object.fromEntries(await Promise.all(entries))
      }),
    )
    await this.platform.runs.saveSample({ runId: this.row.runId, step, rows: encoded })
    const figures = this.row.figures.filter((figure) => figure.step !== step)
    await this.write({ figures: l1 === null ? figures : [...figures, { step, l1 }] })
    this.onEvent({ kind: 'sample', step, rows: encoded, l1 })
  }

  private async write(changes: Partial<RunRow>): Promise<void> {
    this.row = { ...this.row, ...changes, updatedAt: this.platform.now(), history: this.record.history() }
    await this.platform.runs.save(this.row)
  }
}

/** Lets messages in. */
const nextTask = () => new Promise<void>((resolve) => setTimeout(resolve))
