/** One write of the journal: the transaction that brings the database from where it stands to a drawing, with the row, and a snapshot when it is due. */

import type { SketchDocument } from '../editor/document'
import { storedTolerance } from '../faces/toleranceChoice'
import { setSketchAside } from './damage'
import type { Database, RowWriter } from './database'
import { deltaBytes, deltaChecksum, diffStrokes } from './delta'
import { sameLeftOut, storedLeftOut } from './leftOut'
import { packDocument } from './packing'
import type { SketchRow } from './rows'
import type { SketchState } from './sketchState'
import { DAMAGED, JOURNAL, SETTINGS, SKETCHES, SNAPSHOTS } from './tables'

/** A snapshot replaces the journal after this many entries, or when the entries outweigh both this and the drawing itself. */
export const COMPACTION = { entries: 100, bytes: 256 * 1024 }

/** Where the journal of a sketch stands in the database. */
export interface JournalPosition {
  readonly state: SketchState
  readonly seq: number
  readonly entries: number
  readonly bytes: number
  /** Entries on disk are damaged: the next write must replace them by a snapshot. */
  readonly damaged: boolean
}

export interface WriteOptions {
  readonly database: Database
  readonly now: () => number
  /** In the same transaction as the first write of a new sketch. */
  readonly onCreate?: (rows: RowWriter, sketchId: string) => Promise<void>
}

const WRITTEN = [SKETCHES, SNAPSHOTS, JOURNAL, SETTINGS, DAMAGED] as const

/** The sequence number that a write from `position` to `state` gives. */
export function nextSeq(position: JournalPosition | null, state: SketchState): number {
  if (position === null) return 1
  const isChanged = diffStrokes(position.state.document.strokes, state.document.strokes) !== null
  return position.seq + (isChanged || position.damaged ? 1 : 0)
}

/**
 * One transaction that brings the database from `position` to `state`. Resolves to the new position when it is on disk, or to `null` when
 * someone else has written the sketch and nothing was touched.
 */
export async function writeState(
  id: string,
  position: JournalPosition | null,
  state: SketchState,
  options: WriteOptions,
): Promise<JournalPosition | null> {
  const delta = position && diffStrokes(position.state.document.strokes, state.document.strokes)
  const seq = nextSeq(position, state)
  const entries = (position?.entries ?? 0) + (delta ? 1 : 0)
  const bytes = (position?.bytes ?? 0) + (delta ? deltaBytes(delta) : 0)
  return await options.database.write(WRITTEN, async (rows) => {
    const row = await rows.get(SKETCHES, id)
    if (row && row.lastSeq !== position?.seq) return null
    // No row though there was one: deleted for good elsewhere while it is being drawn here. The drawing wins, and needs a base again.
    const compact = !row || position === null || position.damaged || isDue(entries, bytes, state.document)
    if (position?.damaged) await setSketchAside(rows, id, options.now())
    if (compact) await writeSnapshot(rows, id, seq, state)
    else if (delta) await rows.put(JOURNAL, { sketchId: id, seq, at: options.now(), delta, checksum: deltaChecksum(delta) })
    await rows.put(SKETCHES, nextRow(id, row, position, state, seq, options))
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
  await rows.put(SNAPSHOTS, { sketchId, seq, document: packDocument(state.document) })
  await rows.remove(JOURNAL, { prefix: [sketchId] })
}

/** Name, tags, look and tolerance are written only when they changed here: another tab's list may have renamed the sketch meanwhile. */
function nextRow(
  id: string,
  row: SketchRow | undefined,
  position: JournalPosition | null,
  { document, look, tolerance }: SketchState,
  seq: number,
  { now }: WriteOptions,
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
    // Deleted elsewhere while it is drawn on here: the drawing wins, and comes back. A look alone, which a model may bring, does not.
    deletedAt: position?.state.document === document ? (row?.deletedAt ?? null) : null,
    strokeCount: document.strokes.length,
    lastSeq: seq,
  }
}
