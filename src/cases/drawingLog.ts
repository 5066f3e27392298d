/** The drawing in the log: (strokes before, strokes after) → what changed, and a log → the drawing after any of its entries. */

import { DOCUMENT_VERSION, type SketchDocument, type Stroke } from '../editor/document'
import type { Entry } from './chain'
import { readPayload, type StrokeChange } from './entries'

type Inked = Pick<SketchDocument, 'strokes' | 'leftOut' | 'unplaced'>

/** `null` when nothing changed that makes ink. Documents share strokes: a change costs as much as what changed. */
export function strokeChange(sketch: string, before: Inked, after: Inked): StrokeChange | null {
  const splice = spliced(before.strokes, after.strokes)
  const leftOut = (before.leftOut ?? []).join() === (after.leftOut ?? []).join() ? {} : { leftOut: [...(after.leftOut ?? [])] }
  const unplaced = before.unplaced === after.unplaced ? {} : { unplaced: after.unplaced === true }
  const isSame = splice.deleted === 0 && splice.insert.length === 0 && !('leftOut' in leftOut) && !('unplaced' in unplaced)
  return isSame ? null : { sketch, ...splice, ...leftOut, ...unplaced }
}

function spliced(before: readonly Stroke[], after: readonly Stroke[]): Pick<StrokeChange, 'start' | 'deleted' | 'insert'> {
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start < shorter && before[start] === after[start]) start++
  let tail = 0
  while (tail < shorter - start && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++
  const deleted = before.slice(start, before.length - tail)
  const staying = new Map(deleted.map((stroke) => [stroke.id, stroke]))
  const insert = after.slice(start, after.length - tail).map((stroke) => (staying.get(stroke.id) === stroke ? stroke.id : stroke))
  return { start, deleted: deleted.length, insert }
}

/** The drawing after the change; `null` when the change does not belong to these strokes. */
export function withChange(before: SketchDocument, change: StrokeChange): SketchDocument | null {
  const { start, deleted, insert, leftOut = before.leftOut, unplaced = before.unplaced ?? false } = change
  if (start + deleted > before.strokes.length) return null
  const gone = new Map(before.strokes.slice(start, start + deleted).map((stroke) => [stroke.id, stroke]))
  const added = insert.map((each) => (typeof each === 'string' ? gone.get(each) : each))
  if (added.some((stroke) => stroke === undefined)) return null
  const strokes = [...before.strokes.slice(0, start), ...(added as Stroke[]), ...before.strokes.slice(start + deleted)]
  const { leftOut: _leftOut, unplaced: _unplaced, ...rest } = before
  return { ...rest, strokes, ...(leftOut && leftOut.length > 0 ? { leftOut } : {}), ...(unplaced ? { unplaced: true } : {}) }
}

export interface DrawingStep {
  readonly seq: number
  readonly at: string
  readonly document: SketchDocument
}

/**
 * Every state of one drawing of a case, in the order of the log. Entries of others are passed over; one that does not fit ends the film there.
 */
export function drawingSteps(entries: readonly Entry[], sketch: string): readonly DrawingStep[] {
  const steps: DrawingStep[] = []
  let document: SketchDocument = { version: DOCUMENT_VERSION, id: sketch, name: '', tags: [], strokes: [] }
  // Only the sketch's own entries are read whole.
  const mention = JSON.stringify(sketch)
  for (const { kind, text, seq, at } of entries) {
    if (kind !== 'change' || !text.includes(mention)) continue
    const change = readPayload('change', text)
    if (!change || change.sketch !== sketch) continue
    const next = withChange(document, change)
    if (!next) break
    document = next
    steps.push({ seq, at, document })
  }
  return steps
}

/** The drawing as the whole log leaves it; `null` where the log has none of that sketch. */
export function drawingAfter(entries: readonly Entry[], sketch: string): SketchDocument | null {
  return drawingSteps(entries, sketch).at(-1)?.document ?? null
}

/** The same drawing, made of the other one's strokes wherever these are the same ink: what a log has against what a page shows after a reload, so that a change is what truly differs. */
export function sharing(drawing: SketchDocument, other: Pick<SketchDocument, 'strokes'>): SketchDocument {
  const others = new Map(other.strokes.map((stroke) => [stroke.id, stroke]))
  const strokes = drawing.strokes.map((stroke) => {
    const same = others.get(stroke.id)
    return same && strokeText(same) === strokeText(stroke) ? same : stroke
  })
  return { ...drawing, strokes }
}

/** The same ink, whatever objects it is made of. */
export function sameDrawing(a: Inked, b: Inked): boolean {
  return inkText(a) === inkText(b)
}

function inkText({ strokes, leftOut = [], unplaced }: Inked): string {
  return JSON.stringify([strokes.map(strokeText), leftOut, unplaced === true])
}

const strokeText = ({ id, part, partIsChosen, widthPx, usesPressure, points }: Stroke): string =>
  JSON.stringify([id, part, partIsChosen, widthPx, usesPressure, points])
