/** The rows of the database; `tables.ts` says how they are kept and read. */

import type { Look } from '../faces/look'
import type { MeanFacePart } from '../faces/parts'
import type { ToleranceChoice } from '../faces/toleranceChoice'
import type { StrokesDelta } from './delta'
import type { PackedDocument } from './packing'
import type { PhotoPictures } from './photoTypes'
import type { Thumbnail } from './types'

/** What the list shows, and the one truth about name, tags, look and tolerance. Small, because it is rewritten with every stroke. */
export interface SketchRow {
  readonly id: string
  readonly name: string
  readonly tags: readonly string[]
  readonly createdAt: number
  readonly updatedAt: number
  readonly deletedAt: number | null
  readonly strokeCount: number
  /** Parts that the mean face does not stand in for; missing while there are none, as in every row from before there was a choice. */
  readonly leftOut?: readonly MeanFacePart[]
  /** The drawing is taken where it lies; missing otherwise, as in every row from before there was a choice. */
  readonly unplaced?: true
  readonly look: Look
  /** Missing while the model's own tolerance is in use, as in every row from before there was a choice. */
  readonly tolerance?: ToleranceChoice
  /** Sequence number of the newest change, whether it is in the journal or in the snapshot. */
  readonly lastSeq: number
}

/** The strokes as they stood after change `seq`. */
export interface SnapshotRow {
  readonly sketchId: string
  readonly seq: number
  readonly document: PackedDocument
}

/** One committed change; key `[sketchId, seq]`. */
export interface JournalRow {
  readonly sketchId: string
  readonly seq: number
  readonly at: number
  readonly delta: StrokesDelta
  readonly checksum: number
}

export interface ThumbnailRow {
  readonly sketchId: string
  readonly sketch: Thumbnail | null
  readonly face: Thumbnail | null
}

export interface SettingRow {
  readonly key: string
  readonly value: unknown
}

/** The pictures of one photo. */
export interface PhotoPictureRow extends PhotoPictures {
  readonly photoId: string
}

/** The last good state of a run of training: what it was told to do, and all of it as plain numbers. */
export interface TrainingCheckpointRow {
  readonly runId: string
  readonly savedAt: number
  /** Steps taken. */
  readonly step: number
  /** Of training, pauses not counted. */
  readonly elapsedMs: number
  /** Method, its configuration, the trainer's settings; whoever reads it checks it. */
  readonly configuration: unknown
  /** Networks, averages and optimisers (`TrainerState`), in the database's own form of arrays. */
  readonly state: object
}

/** Filler, for as long as it takes to begin a new log. */
export interface TurnRow {
  readonly id: number
  readonly filler: Uint8Array<ArrayBuffer>
}

/** A row that could not be read, as it lay there. */
export interface DamagedRow {
  /** Of which table, and its key as JSON. */
  readonly table: string
  readonly key: string
  readonly at: number
  /** Properties that could not be read. */
  readonly problems: readonly string[]
  readonly raw: unknown
}
