/**
 * Entries of a log, many in one row: a database gives five thousand small rows several times as slowly as forty large ones. Single entries are written as they come; when a run of them
 * is full, one row takes their place. Rows ⇄ entries.
 */

import type { CaseEntriesRow, CaseEntryRow } from './caseRows'
import { CASE_ENTRIES } from './caseTables'
import type { RowWriter } from './database'

/** Entries a run. The first one begins with entry 1. */
export const RUN = 128

/** One by one, in their order. */
export function entriesOf(rows: readonly CaseEntriesRow[]): readonly CaseEntryRow[] {
  return rows.flatMap(({ caseId, seq, body }) =>
    typeof body === 'string' || body instanceof Uint8Array
      ? { caseId, seq, body }
      : body.map((each, i) => ({ caseId, seq: seq + i, body: each })),
  )
}

/** What a whole log is written as. */
export function rowsOf(entries: readonly CaseEntryRow[]): readonly CaseEntriesRow[] {
  const rows: CaseEntriesRow[] = []
  for (let i = 0; i < entries.length; ) {
    const run = entries.slice(i, i + RUN)
    if (isRun(run)) rows.push(runOf(run))
    else rows.push(...run)
    i += run.length
  }
  return rows
}

/** After a write: the entries of every run that it has filled become one row, in the same transaction. */
export async function gatherRuns(rows: RowWriter, caseId: string, from: number, to: number): Promise<void> {
  for (let first = from - (from % RUN) + 1; first + RUN - 1 <= to; first += RUN) {
    const place = { from: [caseId, first], to: [caseId, first + RUN - 1] }
    const run = entriesOf(await rows.all(CASE_ENTRIES, place))
    if (!isRun(run)) continue
    await rows.remove(CASE_ENTRIES, place)
    await rows.put(CASE_ENTRIES, runOf(run))
  }
}

/** One that is missing, or cannot be read, leaves the others as they are: verifying names it. */
function isRun(entries: readonly CaseEntryRow[]): boolean {
  const first = entries[0]?.seq ?? 0
  return entries.length === RUN && first % RUN === 1 && entries.every(({ seq }, i) => seq === first + i)
}

function runOf(entries: readonly CaseEntryRow[]): CaseEntriesRow {
  const [first] = entries
  return { caseId: first?.caseId ?? '', seq: first?.seq ?? 0, body: entries.map(({ body }) => body) }
}
