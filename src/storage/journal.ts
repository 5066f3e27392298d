/**
 * The journal of one open sketch: committed documents in, durable changes out, in order. `record` only remembers the newest document; one
 * writer at a time brings the database from what it holds to that. So the pen never waits, a failed write is made good by the next one, and
 * a slow disk merges changes instead of queueing them.
 */

import type { SketchDocument } from '../editor/document'
import type { Look } from '../faces/look'
import { storedTolerance, type ToleranceChoice } from '../faces/toleranceChoice'
import type { StudioError } from '../shared/errors'
import { deltaBytes, deltaChecksum, diffStrokes } from './delta'
import { sameLeftOut, storedLeftOut } from './leftOut'
import { packDocument } from './packing'
import type { Database, RowWriter, SketchRow, StoreName } from './rows'
import { toStorageError } from './storageError'

/** A snapshot replaces the journal after this many entries, or when the entries outweigh both this and the drawing itself. */
export const COMPACTION = { entries: 100, bytes: 256 * 1024 }

export interface SketchState {
  readonly document: SketchDocument
  readonly look: Look
  readonly tolerance: ToleranceChoice
}

/** Where the journal of a sketch stands in the database. */
export interface JournalPosition {
  readonly state: SketchState
  readonly seq: number
  readonly entries: number
  readonly bytes: number
  /** Entries on disk are damaged: the next write must replace them by a snapshot. */
  readonly damaged: boolean
}

export interface JournalOptions {
  readonly database: Database
  readonly now: () => number
  /** After every write that succeeded (`null`) or failed. */
  readonly onState: (error: StudioError | null) => void
  /** Another tab has written this sketch: gives the id under which this journal goes on, so that neither overwrites the other. */
  readonly onConflict: () => string
  /** In the same transaction as the first write of a new sketch. */
  readonly onCreate?: (rows: RowWriter, sketchId: string) => Promise<void>
}

export interface Journal {
  readonly latest: SketchState
  readonly inDatabase: boolean
  readonly hasUnsaved: boolean
  readonly lastError: StudioError | null
  record(state: SketchState): Promise<void>
  /** Remember without writing, for a sketch that is not worth a row yet: the first `record` writes it too. */
  adopt(state: SketchState): void
  flushed(): Promise<void>
}

const STORES: readonly StoreName[] = ['sketches', 'snapshots', 'journal', 'settings']

interface Waiter {
  readonly revision: number
  resolve(): void
  reject(error: StudioError): void
}

/** @param stored `null` for a sketch that is not in the database; `initial` then is what it starts from. */
export function openJournal(sketchId: string, initial: SketchState, stored: JournalPosition | null, options: JournalOptions): Journal {
  let id = sketchId
  let position = stored
  let latest = initial
  let revision = 0
  let durableRevision = 0
  let lastError: StudioError | null = null
  let isWriting = false
  let waiters: Waiter[] = []

  /** Settles everyone who waits for a revision that this attempt covered. */
  const settle = (upTo: number, error: StudioError | null): void => {
    const reached = waiters.filter((waiter) => waiter.revision <= upTo)
    waiters = waiters.filter((waiter) => waiter.revision > upTo)
    for (const waiter of reached) error ? waiter.reject(error) : waiter.resolve()
    lastError = error
    options.onState(error)
  }

  const writeLatest = async (): Promise<void> => {
    const target = latest
    const targetRevision = revision
    const written = await writeState(id, position, target, options)
    if (written) durableRevision = targetRevision
    else id = options.onConflict()
    position = written
    if (written) settle(targetRevision, null)
  }

  const drain = async (): Promise<void> => {
    isWriting = true
    try {
      while (durableRevision < revision) await writeLatest()
      isWriting = false
    } catch (error) {
      isWriting = false
      settle(revision, toStorageError(error, 'write'))
    }
  }

  const untilDurable = (): Promise<void> => {
    const promise = new Promise<void>((resolve, reject) => waiters.push({ revision, resolve, reject }))
    // The promise may be ignored: the failure has gone to `onState` too.
    promise.catch(() => undefined)
    if (!isWriting) void drain()
    return promise
  }

  return {
    get latest() {
      return latest
    },
    get inDatabase() {
      return position !== null
    },
    get hasUnsaved() {
      return durableRevision < revision
    },
    get lastError() {
      return lastError
    },
    record: (state) => {
      latest = state
      revision++
      return untilDurable()
    },
    adopt: (state) => {
      latest = state
    },
    flushed: () => (durableRevision < revision ? untilDurable() : Promise.resolve()),
  }
}

/**
 * One transaction that brings the database from `position` to `state`. Resolves to the new position when it is on disk, or to `null` when
 * someone else has written the sketch and nothing was touched.
 */
async function writeState(
  id: string,
  position: JournalPosition | null,
  state: SketchState,
  options: JournalOptions,
): Promise<JournalPosition | null> {
  const delta = position && diffStrokes(position.state.document.strokes, state.document.strokes)
  const seq = position === null ? 1 : position.seq + (delta || position.damaged ? 1 : 0)
  const entries = (position?.entries ?? 0) + (delta ? 1 : 0)
  const bytes = (position?.bytes ?? 0) + (delta ? deltaBytes(delta) : 0)
  return await options.database.write(STORES, async (rows) => {
    const row = await rows.get('sketches', id)
    if (row && row.lastSeq !== position?.seq) return null
    // No row though there was one: deleted for good elsewhere while it is being drawn here. The drawing wins, and needs a base again.
    const compact = !row || position === null || position.damaged || isDue(entries, bytes, state.document)
    if (compact) await writeSnapshot(rows, id, seq, state)
    else if (delta) await rows.append({ sketchId: id, seq, at: options.now(), delta, checksum: deltaChecksum(delta) })
    await rows.put('sketches', nextRow(id, row, position, state, seq, options))
    if (!row) await options.onCreate?.(rows, id)
    return { state, seq, entries: compact ? 0 : entries, bytes: compact ? 0 : bytes, damaged: false }
  })
}

function isDue(entries: number, bytes: number, document: SketchDocument): boolean {
  if (entries >= COMPACTION.entries) return true
  if (bytes < COMPACTION.bytes) return false
  return bytes > document.strokes.reduce((sum, stroke) => sum + 8 * stroke.points.length, 0)
}

async function writeSnapshot(rows: RowWriter, sketchId: string, seq: number, state: SketchState): Promise<void> {
  await rows.put('snapshots', { sketchId, seq, document: packDocument(state.document) })
  await rows.clearJournal(sketchId)
}

/** Name, tags, look and tolerance are written only when they changed here: another tab's list may have renamed the sketch meanwhile. */
function nextRow(
  id: string,
  row: SketchRow | undefined,
  position: JournalPosition | null,
  { document, look, tolerance }: SketchState,
  seq: number,
  { now }: JournalOptions,
): SketchRow {
  const before = row && position ? position.state : null
  const at = now()
  return {
    id,
    name: row && before?.document.name === document.name ? row.name : document.name,
    tags: row && before?.document.tags.join('\n') === document.tags.join('\n') ? row.tags : document.tags,
    ...storedLeftOut(row && sameLeftOut(before?.document, document) ? row : document),
    look: row && before?.look === look ? row.look : look,
    ...storedTolerance(row && before?.tolerance === tolerance ? (row.tolerance ?? {}) : tolerance),
    createdAt: row?.createdAt ?? at,
    updatedAt: at,
    deletedAt: row?.deletedAt ?? null,
    strokeCount: document.strokes.length,
    lastSeq: seq,
  }
}
