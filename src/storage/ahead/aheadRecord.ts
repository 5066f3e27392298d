/**
 * What the database has not confirmed of one sketch, as one record that stands for itself: the newest one is enough to bring the drawing to where the pen
 * left it. (where the database stands, what is being written, the drawing) → record, and back.
 */

import * as v from 'valibot'
import { DOCUMENT_VERSION, type SketchDocument, type Stroke } from '../../editor/document'
import type { Look, LookValue } from '../../faces/look'
import { assignPart, reviewParts } from '../../faces/partAssignment'
import { MEAN_FACE_PARTS, type MeanFacePart } from '../../faces/parts'
import type { ToleranceChoice } from '../../faces/toleranceChoice'
import { readLeftOut, readUnplaced } from '../leftOut'
import { packStroke, unpackStroke } from '../packing'
import type { SketchState } from '../sketchState'

export interface AheadRecord {
  readonly sketchId: string
  readonly at: number
  /** Sequence numbers of the row that this may follow; `null`: the sketch was not in the database. With any other the database is ahead of this. */
  readonly follows: readonly (number | null)[]
  /** The first so many strokes are those of the database; missing: none. */
  readonly keeps?: number
  /** Ids of all strokes after those, in order. */
  readonly order: readonly string[]
  /** Those that the database may not have as they are; it keeps the others. */
  readonly strokes: readonly Stroke[]
  readonly version: number
  /** Missing: as the database has them. */
  readonly name?: string
  readonly tags?: readonly string[]
  readonly leftOut?: readonly MeanFacePart[]
  readonly unplaced?: boolean
  readonly look?: Look
  readonly tolerance?: ToleranceChoice
  /** Ids of strokes that the pen had not been lifted from: as they stood, their part not yet known. */
  readonly underPen?: readonly string[]
}

/** What the database may hold: what it has confirmed, and what is on its way. */
export interface Confirmed {
  readonly state: SketchState
  readonly seq: number
}

/**
 * @param held one or two states of which the database holds one; empty for a sketch that it does not know
 * @param underPen strokes that are being drawn, after those of the state
 */
export function aheadRecord(
  sketchId: string,
  state: SketchState,
  held: readonly (Confirmed | null)[],
  at: number,
  underPen: readonly Stroke[] = [],
): AheadRecord {
  const known = held.filter((each) => each !== null)
  const isNew = known.length < held.length || held.length === 0
  const { document, look, tolerance } = state
  const keeps = isNew ? 0 : Math.min(...known.map((each) => sameFirst(each.state.document.strokes, document.strokes)))
  const everywhere = known.map((each) => new Map(each.state.document.strokes.slice(keeps).map((stroke) => [stroke.id, stroke])))
  const isKept = (stroke: Stroke): boolean => !isNew && everywhere.every((strokes) => strokes.get(stroke.id) === stroke)
  const rest = document.strokes.slice(keeps)
  const changed = (pick: (other: SketchState) => unknown): boolean => isNew || known.some((each) => pick(each.state) !== pick(state))
  return {
    sketchId,
    at,
    follows: held.length === 0 ? [null] : held.map((each) => each?.seq ?? null),
    ...(keeps > 0 ? { keeps } : {}),
    order: [...rest, ...underPen].map(({ id }) => id),
    strokes: [...rest.filter((stroke) => !isKept(stroke)), ...underPen],
    version: document.version,
    ...(changed(({ document: other }) => other.name) ? { name: document.name } : {}),
    ...(changed(({ document: other }) => other.tags.join('\n')) ? { tags: document.tags } : {}),
    ...(changed(({ document: other }) => (other.leftOut ?? []).join()) ? { leftOut: document.leftOut ?? [] } : {}),
    ...(changed(({ document: other }) => other.unplaced) ? { unplaced: document.unplaced === true } : {}),
    ...(changed((other) => other.look) ? { look } : {}),
    ...(changed((other) => other.tolerance) ? { tolerance } : {}),
    ...(underPen.length > 0 ? { underPen: underPen.map(({ id }) => id) } : {}),
  }
}

/** How many strokes from the first on are the same in both. */
function sameFirst(a: readonly Stroke[], b: readonly Stroke[]): number {
  const most = Math.min(a.length, b.length)
  let count = 0
  while (count < most && a[count] === b[count]) count++
  return count
}

/** The strokes after the record. One that is nowhere, because the sketch was purged elsewhere meanwhile, is left out. */
export function strokesAfter(record: AheadRecord, before: readonly Stroke[]): Stroke[] {
  const strokes = new Map([...before, ...record.strokes].map((stroke) => [stroke.id, stroke]))
  return withParts([...before.slice(0, record.keeps ?? 0), ...record.order.flatMap((id) => strokes.get(id) ?? [])], record.underPen ?? [])
}

/** Parts of what was under the pen, as the pen-up would have told them. */
function withParts(strokes: readonly Stroke[], underPen: readonly string[]): Stroke[] {
  if (underPen.length === 0) return [...strokes]
  const before = strokes.filter(({ id }) => !underPen.includes(id))
  const told = strokes.map((stroke) =>
    stroke.partIsChosen || !underPen.includes(stroke.id) ? stroke : { ...stroke, part: assignPart(stroke.points, before) },
  )
  return reviewParts(told, ({ partIsChosen }) => !partIsChosen)
}

/** Points as typed arrays, which threads copy at once. */
export const packRecord = (record: AheadRecord) => ({ ...record, strokes: record.strokes.map(packStroke) })
export type PackedRecord = ReturnType<typeof packRecord>

/** JSON for the disk, and records from whatever lies there. */
export function writeRecords(records: readonly PackedRecord[]): string {
  return JSON.stringify(records, (_key, value) => (value instanceof Float64Array ? Array.from(value) : value))
}

const lookValue: v.GenericSchema<unknown, LookValue | null> = v.nullable(
  v.union([v.number(), v.string(), v.tuple([v.number(), v.number(), v.number()])]),
)
const stroke = v.pipe(
  v.looseObject({ points: v.array(v.number()) }),
  v.rawTransform<{ points: number[] }, Stroke>(({ dataset, addIssue, NEVER }) => {
    const read = unpackStroke({ ...dataset.value, points: Float64Array.from(dataset.value.points) })
    if (read) return read
    addIssue({ message: 'not a stroke' })
    return NEVER
  }),
)
const recordSchema: v.GenericSchema<unknown, AheadRecord> = v.object({
  sketchId: v.string(),
  at: v.number(),
  follows: v.array(v.nullable(v.number())),
  keeps: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(0))),
  order: v.array(v.string()),
  strokes: v.array(stroke),
  version: v.literal(DOCUMENT_VERSION),
  name: v.exactOptional(v.string()),
  tags: v.exactOptional(v.array(v.string())),
  leftOut: v.exactOptional(v.array(v.picklist(MEAN_FACE_PARTS))),
  unplaced: v.exactOptional(v.boolean()),
  look: v.exactOptional(v.record(v.string(), lookValue)),
  underPen: v.exactOptional(v.array(v.string())),
  tolerance: v.exactOptional(v.custom<ToleranceChoice>((value) => typeof value === 'object' && value !== null)),
})

/** Those that can be read; never throws. */
export function readRecords(text: string): AheadRecord[] {
  try {
    const raw: unknown = JSON.parse(text)
    return Array.isArray(raw) ? raw.flatMap((each) => (v.is(recordSchema, each) ? [v.parse(recordSchema, each)] : [])) : []
  } catch {
    return []
  }
}

export function documentAfter(record: AheadRecord, before: SketchDocument): SketchDocument {
  const { name = before.name, tags = before.tags, leftOut = before.leftOut, unplaced = before.unplaced } = record
  const { leftOut: _leftOut, unplaced: _unplaced, ...rest } = before
  return { ...rest, name, tags, strokes: strokesAfter(record, before.strokes), ...readLeftOut(leftOut), ...readUnplaced(unplaced) }
}
