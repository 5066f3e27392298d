/** The rows of data sets, runs of training and models that were trained here; `trainingTables.ts` says how they are kept and read. */

import type { EncodedPicture } from './photoTypes'

/** Pairs belong together one by one; unpaired pictures are two heaps, photos (A) and pictures (B). */
export type DataSetKind = 'pairs' | 'unpaired'

export interface DataSetRow {
  readonly id: string
  readonly name: string
  readonly kind: DataSetKind
  /** Side A is sketches; missing: photos. */
  readonly sideA?: 'sketch'
  readonly createdAt: number
  readonly updatedAt: number
}

/** One face of a data set; key `[dataSetId, id]`. */
export interface DataSetItemRow {
  readonly dataSetId: string
  readonly id: string
  readonly name: string
  /** Never trained on: figures and samples are of these. */
  readonly heldOut: boolean
  /** The photo in its aligned square; of sketches the sketch. `null` for an unpaired picture. */
  readonly a: EncodedPicture | null
  /** What is to be made of it; `null` for an unpaired photo. */
  readonly b: EncodedPicture | null
  /** Flat x, y of the 68 in 0–1 of the square; `null` where no face was found. */
  readonly landmarks: readonly number[] | null
  /** Landmarks as they were found, before anybody moved one. */
  readonly found?: readonly number[] | null
  /** Region classes, 256 × 256; `null` where they are not known. */
  readonly regions: Uint8Array<ArrayBuffer> | null
}

/** What a list shows of an item, so that no list reads pictures in full; key `[dataSetId, id]`. */
export interface DataSetEntryRow extends Pick<DataSetItemRow, 'dataSetId' | 'id' | 'name' | 'heldOut'> {
  /** Small squares of both sides. */
  readonly a: EncodedPicture | null
  readonly b: EncodedPicture | null
  /** Its landmarks are known. */
  readonly hasFace: boolean
  /** That the item takes on the disk, about. */
  readonly bytes: number
}

export type TrainingRunState = 'ready' | 'running' | 'paused' | 'stopped' | 'finished' | 'failed'

/** A run as it is listed: what it was told, how far it is, and what its losses were. */
export interface TrainingRunRow {
  readonly runId: string
  readonly createdAt: number
  readonly updatedAt: number
  /** `TrainingOptions`; whoever reads it checks it. */
  readonly options: unknown
  /** `running` without a worker that runs it: the page or the worker was killed, and it goes on from its checkpoint. */
  readonly state: TrainingRunState
  /** Of the last checkpoint. */
  readonly step: number
  readonly elapsedMs: number
  /** Why it failed. */
  readonly error: { readonly code: string; readonly message: string } | null
  /** Losses so far, thinned to some hundred places; one list a loss, `NaN` where it was not there. */
  readonly history: { readonly steps: readonly number[]; readonly losses: Readonly<Record<string, readonly number[]>> }
  /** Of held-out pictures, by step: the mean absolute difference to what they should be, in 1/255; empty for unpaired pictures. */
  readonly figures: readonly { readonly step: number; readonly l1: number }[]
}

/** What the run made of held-out pictures at one step; key `[runId, step]`. */
export interface TrainingSampleRow {
  readonly runId: string
  readonly step: number
  /** One a held-out picture: pictures by what they are (`real_A`, `fake_B`, `real_B`, `rec_A`, `same_A`). */
  readonly rows: readonly Readonly<Record<string, EncodedPicture>>[]
}

/** A model that was trained or imported here, as it is listed. */
export interface OwnModelRow {
  readonly id: string
  readonly name: string
  readonly createdAt: number
  readonly updatedAt: number
  readonly role: string
  readonly style: string | null
  /** The model that it began as; `null` for one from nothing or from outside. */
  readonly parent: string | null
  /** The run that made it; `null` for an imported one. */
  readonly runId: string | null
  /** On held-out pictures: its own figure and its parent's, in 1/255; `null` where they were not measured. */
  readonly figures: { readonly parent: number; readonly own: number } | null
  readonly bytes: number
}

/** A file of a model's folder; key `[modelId, file]`. */
export interface ModelFileRow {
  readonly modelId: string
  readonly file: string
  readonly bytes: Uint8Array<ArrayBuffer>
}
