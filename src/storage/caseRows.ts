/** The rows of cases; `caseTables.ts` says how they are kept and read. */

import type { KeyHint } from '../cases/vault'

/** What the list shows. Of a case with a pass phrase this much alone is not encrypted. */
export interface CaseRow {
  readonly id: string
  readonly createdAt: number
  readonly updatedAt: number
  /** `null` while the case is encrypted. */
  readonly name: { readonly number: string; readonly title: string } | null
  /** A local date, after which the case asks to be deleted. */
  readonly retainUntil: string | null
  /** Drawings of the database that belong to it: gone when it is wiped. */
  readonly sketchIds: readonly string[]
  readonly hint: KeyHint | null
  /** What the log ends with: a log that was cut off shows against it. */
  readonly seq: number
  readonly digest: string
}

/** One entry of the log, as JSON or encrypted; key `[caseId, seq]`. */
export interface CaseEntryRow {
  readonly caseId: string
  readonly seq: number
  readonly body: string | Uint8Array<ArrayBuffer>
}

/** What a row holds: one entry, or those from `seq` on, in their order (`caseRuns.ts`). */
export interface CaseEntriesRow {
  readonly caseId: string
  readonly seq: number
  readonly body: CaseEntryRow['body'] | readonly CaseEntryRow['body'][]
}

/** A picture, a drawing, all that a face was made of, by the digest of what it is when it is not encrypted; key `[caseId, digest]`. */
export interface CaseFileRow {
  readonly caseId: string
  readonly digest: string
  readonly bytes: Uint8Array<ArrayBuffer>
}
