/** What the training service needs of the place where it runs: the database, a decoder of pictures, models, a back end. A worker of the browser has them, and a test. */

import type { PlainPicture } from '../shared/augment'
import type { Backend } from '../shared/backends'
import type { ModelRef } from '../workers/protocol'
import type { TrainingHost, TrainingPicture } from '../workers/trainingProtocol'
import type { MethodNetwork } from './method'
import type { PlainParams } from './networkState'
import type { StoredItem } from './pictures'
import type { LossHistory } from './record'

/** A run as it lies in the database; see `TrainingRunRow`. */
export interface RunRow {
  readonly runId: string
  readonly createdAt: number
  readonly updatedAt: number
  readonly options: unknown
  readonly state: 'ready' | 'running' | 'paused' | 'stopped' | 'finished' | 'failed'
  readonly step: number
  readonly elapsedMs: number
  readonly error: { readonly code: string; readonly message: string } | null
  readonly history: LossHistory
  readonly figures: readonly { readonly step: number; readonly l1: number }[]
}

export interface CheckpointRow {
  readonly runId: string
  readonly savedAt: number
  readonly step: number
  readonly elapsedMs: number
  readonly configuration: unknown
  readonly state: object
}

export interface SampleRow {
  readonly runId: string
  readonly step: number
  readonly rows: readonly Readonly<Record<string, TrainingPicture>>[]
}

/** What a run can begin as. */
export interface ParentModel {
  readonly id: string
  readonly sizePx: number
  readonly networks: Readonly<Record<string, MethodNetwork & { readonly params: PlainParams }>>
}

/** What is kept as a model: the networks of a run that has rested. */
export interface TrainedModel {
  readonly name: string
  readonly runId: string
  readonly parent: ModelRef | null
  readonly sizePx: number
  /** Of the network that answers its average. */
  readonly networks: ParentModel['networks']
  readonly role: string
  readonly style: string | null
  readonly task: string
  readonly figures: { readonly parent: number; readonly own: number } | null
  readonly step: number
  readonly elapsedMs: number
  readonly method: string
}

export interface TrainingPlatform {
  readonly items: (dataSetId: string) => Promise<readonly StoredItem<TrainingPicture>[]>
  /** A square of three channels. */
  readonly decode: (picture: TrainingPicture, sizePx: number) => Promise<PlainPicture>
  readonly encode: (picture: PlainPicture) => Promise<TrainingPicture>
  readonly runs: {
    load(runId: string): Promise<RunRow | null>
    save(row: RunRow): Promise<void>
    saveSample(row: SampleRow): Promise<void>
  }
  readonly checkpoints: {
    load(runId: string): Promise<CheckpointRow | null>
    save(row: CheckpointRow): Promise<void>
  }
  readonly parent: (ref: ModelRef, host: TrainingHost) => Promise<ParentModel>
  /** Makes a back end that gives right output TensorFlow.js's current one. */
  readonly settleBackend: (parent: ModelRef | null, host: TrainingHost) => Promise<Backend>
  /** @returns the model's id */
  readonly keepModel: (model: TrainedModel, host: TrainingHost) => Promise<string>
  readonly exportModel: (id: string) => Promise<Blob>
  readonly importModel: (file: Blob, host: TrainingHost) => Promise<string>
  /** Runs `work` unless somebody else (another tab) holds this run. */
  readonly alone: <T>(runId: string, work: () => Promise<T>) => Promise<T>
  readonly now: () => number
}
