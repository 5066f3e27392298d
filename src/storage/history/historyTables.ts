/** The history of a sketch in the database: one row an edit, both ways, and one row that says where the page stands. */

import * as v from 'valibot'
import { EDIT_KINDS, type EditKind } from '../../editor/history'
import { MEAN_FACE_PARTS, type MeanFacePart } from '../../faces/parts'
import type { StrokesDelta } from '../delta'
import { declareTable, type Table } from '../table'

/** Rows of another version are as good as none. */
export const HISTORY_VERSION = 1

/** What a document says besides its strokes. */
export interface DocumentDetails {
  readonly name: string
  readonly tags: readonly string[]
  readonly leftOut: readonly MeanFacePart[]
  readonly unplaced: boolean
}

/** The edit that led from the document of place `n` to that of `n + 1`; key `[sketchId, n]`. */
export interface HistoryStepRow {
  readonly sketchId: string
  readonly n: number
  readonly version: number
  readonly kind: EditKind
  /** `null` where no stroke changed. */
  readonly forward: StrokesDelta | null
  readonly backward: StrokesDelta | null
  /** `null` where nothing but strokes changed. */
  readonly details: { readonly before: DocumentDetails; readonly after: DocumentDetails } | null
  /** Fingerprints of the documents: what is replayed must come to them. */
  readonly before: number
  readonly after: number
}

export interface HistoryHeadRow {
  readonly sketchId: string
  readonly version: number
  /** Place of the document on the page. */
  readonly position: number
}

const count = v.pipe(v.number(), v.integer(), v.minValue(0))
/** Read when it is applied. */
const delta = v.custom<StrokesDelta | null>((value) => typeof value === 'object')
const details: v.GenericSchema<unknown, DocumentDetails> = v.object({
  name: v.string(),
  tags: v.array(v.string()),
  leftOut: v.array(v.picklist(MEAN_FACE_PARTS)),
  unplaced: v.boolean(),
})

export const HISTORY_STEPS: Table<HistoryStepRow> = declareTable({
  name: 'historySteps',
  key: ['sketchId', 'n'],
  since: 9,
  row: v.object({
    sketchId: v.string(),
    n: count,
    version: v.literal(HISTORY_VERSION),
    kind: v.picklist(EDIT_KINDS),
    forward: delta,
    backward: delta,
    details: v.nullable(v.object({ before: details, after: details })),
    before: v.number(),
    after: v.number(),
  }),
})

export const HISTORY_HEADS: Table<HistoryHeadRow> = declareTable({
  name: 'historyHeads',
  key: 'sketchId',
  since: 9,
  row: v.object({ sketchId: v.string(), version: v.literal(HISTORY_VERSION), position: count }),
})

export const HISTORY_TABLES = [HISTORY_STEPS, HISTORY_HEADS] as const
