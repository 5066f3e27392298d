/** The rows of the database and the few operations that the rest of storage needs from it, whether IndexedDB or memory is below. */

import type { Look } from '../faces/look'
import type { MeanFacePart } from '../faces/parts'
import type { ToleranceChoice } from '../faces/toleranceChoice'
import type { StrokesDelta } from './delta'
import type { PackedDocument } from './packing'
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

export interface Rows {
  sketches: SketchRow
  snapshots: SnapshotRow
  thumbnails: ThumbnailRow
  settings: SettingRow
}
/** Stores with one row per text key; the journal has its own operations. */
export type KeyedStore = keyof Rows
export type StoreName = KeyedStore | 'journal'

/** Operations inside one transaction. Await nothing else in between: IndexedDB commits a transaction that has nothing to do. */
export interface RowReader {
  get<S extends KeyedStore>(store: S, key: string): Promise<Rows[S] | undefined>
  all<S extends KeyedStore>(store: S): Promise<Rows[S][]>
  /** Entries of a sketch in order. */
  journal(sketchId: string): Promise<JournalRow[]>
}

export interface RowWriter extends RowReader {
  put<S extends KeyedStore>(store: S, row: Rows[S]): Promise<void>
  remove(store: KeyedStore, key: string): Promise<void>
  append(entry: JournalRow): Promise<void>
  clearJournal(sketchId: string): Promise<void>
}

/** A database: transactions that happen wholly or not at all. Rejections are `StudioError`s. */
export interface Database {
  read<T>(stores: readonly StoreName[], work: (rows: RowReader) => Promise<T>): Promise<T>
  /** When it resolves, what was written is on disk. */
  write<T>(stores: readonly StoreName[], work: (rows: RowWriter) => Promise<T>): Promise<T>
  close(): void
}
