/** One edit of a history: two documents → its row, and the row with one of them → the other. */

import type { SketchDocument } from '../../editor/document'
import type { EditKind } from '../../editor/history'
import { applyDelta, deltaBytes, diffStrokes } from '../delta'
import { fingerprintOf } from './fingerprint'
import { type DocumentDetails, HISTORY_VERSION, type HistoryStepRow } from './historyTables'

export function stepOf(sketchId: string, n: number, kind: EditKind, before: SketchDocument, after: SketchDocument): HistoryStepRow {
  const details = { before: detailsOf(before), after: detailsOf(after) }
  return {
    sketchId,
    n,
    version: HISTORY_VERSION,
    kind,
    forward: diffStrokes(before.strokes, after.strokes),
    backward: diffStrokes(after.strokes, before.strokes),
    details: JSON.stringify(details.before) === JSON.stringify(details.after) ? null : details,
    before: fingerprintOf(before),
    after: fingerprintOf(after),
  }
}

/** The document after the edit, or `null` when the row does not lead from this one to where it says. */
export function stepForward(document: SketchDocument, { forward, details, before, after }: HistoryStepRow): SketchDocument | null {
  if (fingerprintOf(document) !== before) return null
  return changed(document, forward, details?.after, after)
}

/** The document before the edit, on the same terms. */
export function stepBack(document: SketchDocument, { backward, details, before, after }: HistoryStepRow): SketchDocument | null {
  if (fingerprintOf(document) !== after) return null
  return changed(document, backward, details?.before, before)
}

function changed(
  document: SketchDocument,
  delta: HistoryStepRow['forward'],
  details: DocumentDetails | undefined,
  fingerprint: number,
): SketchDocument | null {
  const strokes = delta ? applyDelta(document.strokes, delta) : document.strokes
  if (!strokes) return null
  const next = details ? withDetails({ ...document, strokes }, details) : { ...document, strokes }
  return fingerprintOf(next) === fingerprint ? next : null
}

const detailsOf = ({ name, tags, leftOut = [], unplaced }: SketchDocument): DocumentDetails => ({
  name,
  tags,
  leftOut,
  unplaced: unplaced === true,
})

function withDetails(document: SketchDocument, { name, tags, leftOut, unplaced }: DocumentDetails): SketchDocument {
  const { leftOut: _, unplaced: __, ...rest } = document
  return { ...rest, name, tags, ...(leftOut.length > 0 ? { leftOut } : {}), ...(unplaced ? { unplaced } : {}) }
}

/** Bytes that a step takes in the database, roughly. */
export function stepBytes({ forward, backward, details }: HistoryStepRow): number {
  const size = (delta: HistoryStepRow['forward']): number => (delta ? deltaBytes(delta) : 0)
  return 120 + size(forward) + size(backward) + (details ? 2 * JSON.stringify(details).length : 0)
}
