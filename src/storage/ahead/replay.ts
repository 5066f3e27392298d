/** At the start: what pages that were killed had written ahead → the database, sketch by sketch, and what opens first. */

import { DOCUMENT_VERSION, type SketchDocument } from '../../editor/document'
import { storedTolerance } from '../../faces/toleranceChoice'
import type { Database, RowWriter } from '../database'
import { storedLeftOut } from '../leftOut'
import { packDocument } from '../packing'
import { LAST_OPEN_KEY, loadSketch } from '../sketchRows'
import { JOURNAL, SETTINGS, SKETCHES, SNAPSHOTS } from '../tables'
import { type AheadRecord, documentAfter } from './aheadRecord'

/** @returns ids of the sketches that were brought further. A record that the database is ahead of is passed over. */
export async function replay(database: Database, records: readonly AheadRecord[]): Promise<string[]> {
  const replayed: string[] = []
  for (const record of [...records].sort((a, b) => a.at - b.at)) {
    const isNew = await database.write([SKETCHES, SNAPSHOTS, JOURNAL, SETTINGS], (rows) => replayOne(rows, record))
    if (isNew) replayed.push(record.sketchId)
  }
  return replayed
}

async function replayOne(rows: RowWriter, record: AheadRecord): Promise<boolean> {
  const id = record.sketchId
  const loaded = await loadSketch(rows, id)
  // No row is one that was purged or never written: what is in the record is all there is.
  if (loaded && !record.follows.includes(loaded.row.lastSeq)) return false
  const empty: SketchDocument = { version: DOCUMENT_VERSION, id, name: '', tags: [], strokes: [] }
  const document = documentAfter(record, loaded?.recovered.document ?? empty)
  const seq = (loaded?.row.lastSeq ?? 0) + 1
  const look = record.look ?? loaded?.row.look ?? {}
  const tolerance = record.tolerance ?? loaded?.row.tolerance ?? {}
  await rows.put(SNAPSHOTS, { sketchId: id, seq, document: packDocument(document) })
  await rows.remove(JOURNAL, { prefix: [id] })
  const { leftOut: _leftOut, unplaced: _unplaced, tolerance: _choice, ...kept } = loaded?.row ?? {}
  await rows.put(SKETCHES, {
    // What else the row has.
    ...kept,
    id,
    name: document.name,
    tags: document.tags,
    ...storedLeftOut(document),
    look,
    ...storedTolerance(tolerance),
    createdAt: loaded?.row.createdAt ?? record.at,
    updatedAt: record.at,
    deletedAt: null,
    strokeCount: document.strokes.length,
    lastSeq: seq,
  })
  await rows.put(SETTINGS, { key: LAST_OPEN_KEY, value: id })
  return true
}
