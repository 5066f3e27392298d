/** Tables of cases: a list, their logs, their files. */

import * as v from 'valibot'
import type { CaseEntriesRow, CaseFileRow, CaseRow } from './caseRows'
import { declareTable, type Table } from './table'

const count = v.pipe(v.number(), v.integer(), v.minValue(0))
const bytes = v.instance(Uint8Array<ArrayBuffer>)

/** Nothing of a case is mended: what cannot be read shows when the log is verified. */
export const CASES: Table<CaseRow> = declareTable({
  name: 'cases',
  key: 'id',
  since: 8,
  row: v.looseObject({
    id: v.string(),
    createdAt: v.number(),
    updatedAt: v.number(),
    name: v.nullable(v.object({ number: v.string(), title: v.string() })),
    retainUntil: v.nullable(v.string()),
    sketchIds: v.array(v.string()),
    hint: v.nullable(v.object({ salt: bytes, rounds: count, check: bytes })),
    seq: count,
    digest: v.string(),
  }),
  mends: { name: null, retainUntil: null, sketchIds: [] },
})

export const CASE_ENTRIES: Table<CaseEntriesRow> = declareTable({
  name: 'caseEntries',
  key: ['caseId', 'seq'],
  since: 8,
  row: v.object({ caseId: v.string(), seq: count, body: v.union([v.string(), bytes, v.array(v.union([v.string(), bytes]))]) }),
})

export const CASE_FILES: Table<CaseFileRow> = declareTable({
  name: 'caseFiles',
  key: ['caseId', 'digest'],
  since: 8,
  row: v.object({ caseId: v.string(), digest: v.string(), bytes }),
})

export const CASE_TABLES: readonly Table[] = [CASES, CASE_ENTRIES, CASE_FILES]
