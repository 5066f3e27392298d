/**
 * The contract of storage: everything that the interface may ask for. No React, no IndexedDB types, no DOM beyond `Blob`.
 *
 * Start: `openStorage()` → `sketches.openLast()` or `sketches.create(emptyDocument)` → `session.record(document)` after every committed change.
 * Every rejection is a `StudioError`; storage codes are `storage-full` and `storage-unavailable`.
 */

import type { SketchDocument, Stroke } from '../editor/document'
import type { Timeline } from '../editor/history'
import type { Look } from '../faces/look'
import type { ToleranceChoice } from '../faces/toleranceChoice'
import type { StudioError } from '../shared/errors'
import type { AheadLog } from './ahead/aheadLog'
import type { MergeReport, Project } from './exchange/types'
import type { PhotoLibrary } from './photoTypes'
import type { ReferenceLibrary } from './references'

/** An encoded image, small; `new Blob([bytes], { type: mime })` shows it. */
export interface Thumbnail {
  readonly mime: 'image/png' | 'image/webp' | 'image/jpeg'
  readonly bytes: Uint8Array<ArrayBuffer>
}

export interface SketchThumbnails {
  readonly sketch: Thumbnail | null
  readonly face: Thumbnail | null
}

/** One line of the sketch database. Times are milliseconds since 1970; `deletedAt` is set while a deletion can still be undone. */
export interface SketchSummary {
  readonly id: string
  readonly name: string
  readonly tags: readonly string[]
  readonly createdAt: number
  readonly updatedAt: number
  readonly deletedAt: number | null
  readonly strokeCount: number
  readonly look: Look
  readonly thumbnails: SketchThumbnails
}

export interface SketchQuery {
  /** Every word of it must occur in the name or in a tag; case, accents and strokes through letters do not matter. */
  readonly text?: string
  /** All of these tags. */
  readonly tags?: readonly string[]
  /** `true` lists what was deleted instead of what is there. */
  readonly deleted?: boolean
  readonly offset?: number
  /** Default 60. */
  readonly limit?: number
}

/** Newest change first. `total` counts every match, not only this page. */
export interface SketchPage {
  readonly items: readonly SketchSummary[]
  readonly total: number
}

/** Something that a person should be told after a sketch was opened. The sentence is English; `kind` is for translation. */
export type OpenNotice =
  /** The sketch is open in another tab, so this is a copy of it; it enters the database with its first change. */
  | { readonly kind: 'opened-as-copy'; readonly originalId: string; readonly message: string }
  /** The newest `count` journal entries could not be read and were left out. */
  | { readonly kind: 'changes-dropped'; readonly count: number; readonly message: string }
  /** `count` strokes of the stored sketch could not be read and were left out. */
  | { readonly kind: 'strokes-dropped'; readonly count: number; readonly message: string }

/** A sketch open for drawing in this tab. */
export interface SketchSession {
  readonly sketchId: string
  /** What was recovered on opening, then what was recorded last. */
  readonly document: SketchDocument
  /** The history kept of it, or recorded last, that leads to `document`; `null` where there is none. */
  readonly timeline: Timeline | null
  readonly look: Look
  readonly tolerance: ToleranceChoice
  /** Grows when a notice arises later: another tab changed the sketch in a browser without locks, so this one went on as a copy. */
  readonly notices: readonly OpenNotice[]
  /**
   * Journal a committed change: returns at once, and the pen never waits. Resolves when the change is durable on disk. The promise may be
   * ignored: a failure also goes to `onError`, nothing is lost from memory, and the next `record` or `flushed` writes all that is missing.
   * A sketch that was created empty, or opened as a copy, enters the database with its first change.
   * @param timeline its history, which is kept too, behind the drawing and without a promise
   */
  record(document: SketchDocument, timeline?: Timeline): Promise<void>
  /**
   * Strokes that are being drawn, after those recorded: should the browser be killed now, they are kept as they stand. The next `record` takes their place, and so does an
   * empty list. They are nobody's change: nothing is unsaved for them.
   */
  underPen(strokes: readonly Stroke[]): void
  /** Keep the look with the sketch. Same guarantees as `record`. */
  recordLook(look: Look): Promise<void>
  /** Keep how closely the lines are to be followed. Same guarantees as `record`. */
  recordTolerance(tolerance: ToleranceChoice): Promise<void>
  /** Keep small pictures for the list; a missing key keeps the old one. Ignored while the sketch is not in the database yet. */
  saveThumbnails(thumbnails: Partial<SketchThumbnails>): Promise<void>
  /** Resolves when everything recorded so far is durable; tries again what failed before. Rejects when it fails again. */
  flushed(): Promise<void>
  /** Have the sketch enter the database though nothing is drawn: something else belongs to it. Same guarantees as `record`. */
  keep(): Promise<void>
  /** Whether the sketch has entered the database. */
  readonly isKept: boolean
  /** Whether something recorded is not in the database yet. */
  readonly hasUnsaved: boolean
  /** Whether everything recorded would survive a kill of the browser at this moment, in the database or ahead of it: for a "Saved" sign. */
  readonly isSafe: boolean
  /** Told after every write, of the database or ahead of it, with the database's last error; and at once when there is one. Returns the unsubscriber. */
  onState(listener: (error: StudioError | null) => void): () => void
  /**
   * Flush and let other tabs open the sketch. Opening a sketch that is open here gives the same session, which ends when it was closed as
   * often as it was opened. Resolves even if the flush fails (the error went to `onState`): the drawing then stays in memory, and is
   * written as soon as it can be; opening it again gives it back.
   */
  close(): Promise<void>
}

export interface SketchLibrary {
  list(query?: SketchQuery): Promise<SketchPage>
  /** Tags in use, most used first. */
  tags(): Promise<readonly { readonly tag: string; readonly count: number }[]>
  /** `null` when there is none (any more). */
  get(id: string): Promise<SketchSummary | null>
  /** The stored document, read only: for export, previews and comparison. */
  read(id: string): Promise<Project | null>
  /** Open for drawing and remember it as last open. Rejects with `bad-request` when there is none. */
  open(id: string): Promise<SketchSession>
  /** What was open last; `null` when there was none, or it is gone, or the person had started an empty one. */
  openLast(): Promise<SketchSession | null>
  /** A session for a document that is not in the database yet (new or imported), stored at once if it has strokes. A taken id is replaced. */
  create(document: SketchDocument, extras?: { readonly look?: Look; readonly tolerance?: ToleranceChoice }): Promise<SketchSession>
  /** For a sketch that is open here, change the document and `record` it instead, so that undo knows it. */
  rename(id: string, name: string): Promise<void>
  setTags(id: string, tags: readonly string[]): Promise<void>
  /** Returns the new id. The default name is `<name> (copy)`. */
  duplicate(id: string, name?: string): Promise<string>
  /** Soft delete: `restore` undoes it until it is purged, 30 days later at the earliest. */
  delete(id: string): Promise<void>
  restore(id: string): Promise<void>
  /** Delete for good, without undo: these, or with no argument everything that was deleted. */
  purge(ids?: readonly string[]): Promise<void>
  /** Add sketches of a database file, all or none; never overwrites. */
  merge(projects: readonly Project[]): Promise<MergeReport>
  /** Told after every change to the list, each recorded stroke included, from this tab or another one. Returns the unsubscriber. */
  onChange(listener: () => void): () => void
}

/** Interface preferences: small plain values by key, last write wins. */
export interface SettingsStore {
  /** `undefined` when it was never set. The caller checks the shape. */
  get(key: string): Promise<unknown>
  getAll(): Promise<Readonly<Record<string, unknown>>>
  set(key: string, value: unknown): Promise<void>
}

export interface StorageUsage {
  readonly usedBytes: number
  readonly quotaBytes: number
}

export type PersistenceAnswer = 'granted' | 'denied' | 'unsupported'

export interface StudioStorage {
  /** `memory`: IndexedDB cannot be used (private mode, say) and everything is gone when the tab closes. */
  readonly kind: 'indexeddb' | 'memory'
  /** Why it is `memory` (`storage-unavailable`); show it once. */
  readonly warning: StudioError | null
  /** Names of sketches whose entries were damaged when the database was opened; what could not be read is set aside. Show them once. */
  readonly damaged: readonly string[]
  /** The browser kept a database before and has none any more; show it once. */
  readonly wasLost: boolean
  readonly sketches: SketchLibrary
  readonly photos: PhotoLibrary
  readonly references: ReferenceLibrary
  readonly settings: SettingsStore
  /** `null` where the browser does not tell. */
  usage(): Promise<StorageUsage | null>
  /**
   * Ask the browser once in a lifetime of the database not to evict it; later calls only report. Call it after the first stroke was kept,
   * not at start.
   */
  requestPersistence(): Promise<PersistenceAnswer>
  /** Whether some sketch, also one that was left, holds something that is not in the database: for `beforeunload`. */
  readonly hasUnsaved: boolean
  /** Resolves when everything recorded in every open session is durable. Called by itself when the page is hidden or left. */
  flushed(): Promise<void>
  /** Closes open sessions and the database. */
  close(): Promise<void>
}

/** Held while a tab edits a sketch, so that no second tab writes to it. */
export interface SketchLocks {
  /** Resolves to the release function, or to `null` when another tab holds it. */
  acquire(sketchId: string): Promise<(() => void) | null>
}

export interface OpenStorageOptions {
  /** Default `face-studio`. */
  readonly databaseName?: string
  /** Never touch IndexedDB. */
  readonly inMemory?: boolean
  /** Default: the Web Locks API, or no locks where it is missing. */
  readonly locks?: SketchLocks
  /** Default: the write-ahead log in the browser's private file system, or none where that is missing. */
  readonly ahead?: AheadLog
  /** Milliseconds since 1970. */
  readonly now?: () => number
}

/** Never rejects: without IndexedDB it falls back to memory and says so in `warning`. */
export type OpenStorage = (options?: OpenStorageOptions) => Promise<StudioStorage>
