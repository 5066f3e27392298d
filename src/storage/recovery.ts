/**
 * Opening a stored sketch: its row, last snapshot and journal → the document, and what had to be left out. It never fails on damaged data:
 * the drawing up to the damage is worth more than an error.
 */

import { DOCUMENT_VERSION, type SketchDocument, type Stroke } from '../editor/document'
import { applyDelta, deltaChecksum } from './delta'
import { readLeftOut, readUnplaced } from './leftOut'
import { unpackStrokes } from './packing'
import type { JournalRow, SketchRow, SnapshotRow } from './rows'
import type { OpenNotice } from './types'

export interface Recovered {
  readonly document: SketchDocument
  readonly notices: readonly OpenNotice[]
  /** Entries and bytes replayed, so that the next compaction comes in time. */
  readonly entries: readonly JournalRow[]
}

export function recover(row: SketchRow, snapshot: SnapshotRow | undefined, journal: readonly JournalRow[]): Recovered {
  const base = unpackStrokes(snapshot?.document)
  const notices: OpenNotice[] = []
  if (base.dropped > 0) notices.push(strokesDropped(base.dropped))
  let strokes: readonly Stroke[] = base.strokes
  let replayed = 0
  for (const entry of journal) {
    const next = entry.seq === (snapshot?.seq ?? 0) + replayed + 1 ? replay(strokes, entry) : null
    if (!next) break
    strokes = next
    replayed++
  }
  const droppedEntries = Math.max(journal.length - replayed, 0)
  if (droppedEntries > 0) notices.push(changesDropped(droppedEntries))
  const document: SketchDocument = {
    version: DOCUMENT_VERSION,
    id: row.id,
    name: row.name,
    tags: row.tags,
    strokes,
    ...readLeftOut(row.leftOut),
    ...readUnplaced(row.unplaced),
  }
  return { document, notices, entries: journal.slice(0, replayed) }
}

function replay(strokes: readonly Stroke[], entry: JournalRow): readonly Stroke[] | null {
  const next = applyDelta(strokes, entry.delta)
  return next && deltaChecksum(entry.delta) === entry.checksum ? next : null
}

function strokesDropped(count: number): OpenNotice {
  const message = `${count} ${count === 1 ? 'stroke' : 'strokes'} of this sketch could not be read and ${count === 1 ? 'was' : 'were'} left out. Everything else is here.`
  return { kind: 'strokes-dropped', count, message }
}

function changesDropped(count: number): OpenNotice {
  const message = `The last ${count === 1 ? 'change' : `${count} changes`} to this sketch could not be read and ${count === 1 ? 'was' : 'were'} left out. Everything before is here.`
  return { kind: 'changes-dropped', count, message }
}
