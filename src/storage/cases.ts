/** The cases of this machine: a list, and for each its log and its files, written wholly or not at all. What they say is `src/cases`'; here they are kept. */

import { StudioError } from '../shared/errors'
import type { CaseEntriesRow, CaseEntryRow, CaseFileRow, CaseRow } from './caseRows'
import { entriesOf, gatherRuns, rowsOf } from './caseRuns'
import { CASE_ENTRIES, CASE_FILES, CASE_TABLES, CASES } from './caseTables'
import { openChanges } from './changes'
import type { Database, Durability, RowWriter } from './database'
import { webLocks } from './locks'
import { openTables } from './openTables'
import { DEFAULT_DATABASE_NAME } from './schema'
import type { SketchLocks } from './types'

export interface CaseWrite {
  readonly row: CaseRow
  readonly entries: readonly CaseEntryRow[]
  readonly files: readonly CaseFileRow[]
}

export interface CaseLibrary {
  /** Newest first. */
  list(): Promise<readonly CaseRow[]>
  /** `null` when there is none (any more). */
  get(id: string): Promise<CaseRow | null>
  /**
   * Row, new entries and files in one transaction. Rejects with `bad-request` when the log does not end where it did (another tab has written), or the case is gone.
   * @param follows number of the last entry that is known; `null` for a case that must not be there yet
   */
  append(write: CaseWrite, follows: number | null): Promise<void>
  /** Makes sure that what was appended outlives a power cut too: `append` alone is safe from a killed browser. */
  settle(id: string): Promise<void>
  /** Everything anew: encrypted, or no longer. */
  rewrite(write: CaseWrite, follows: number): Promise<void>
  entries(id: string): Promise<readonly CaseEntryRow[]>
  /** Rejects with `bad-project` when it is not there. */
  file(id: string, digest: string): Promise<CaseFileRow>
  files(id: string): Promise<readonly CaseFileRow[]>
  /** Row, log and files. Drawings of the sketch database are the caller's. */
  remove(id: string): Promise<void>
  /** `null` while another tab has the case open. Else what lets it go. */
  lock(id: string): Promise<(() => void) | null>
  /** Told after every change of the list, from this tab or another. Returns the unsubscriber. */
  onChange(listener: () => void): () => void
  close(): void
}

/** Rejects with `storage-unavailable` where nothing can be kept. */
export async function openCases(databaseName = DEFAULT_DATABASE_NAME): Promise<CaseLibrary> {
  return caseLibrary(await openTables(CASE_TABLES, databaseName), webLocks(databaseName, 'case'), `${databaseName}/cases`)
}

/** @param channel where other tabs hear of changes; `null` tells this one alone */
export function caseLibrary(database: Database, locks: SketchLocks, channel: string | null): CaseLibrary {
  const changes = openChanges(channel)
  const write = async (work: Parameters<Database['write']>[1], durability?: Durability): Promise<void> => {
    await database.write(CASE_TABLES, work, durability)
    changes.announce()
  }
  const put = async (rows: RowWriter, { row, files }: CaseWrite, entries: readonly CaseEntriesRow[]): Promise<void> => {
    // Asked for together: one way there and back, however busy the machine is.
    await Promise.all([
      rows.put(CASES, row),
      ...entries.map((entry) => rows.put(CASE_ENTRIES, entry)),
      ...files.map((file) => rows.put(CASE_FILES, file)),
    ])
  }
  const check = async (rows: RowWriter, id: string, follows: number | null): Promise<void> => {
    const known = (await rows.get(CASES, id))?.seq ?? null
    if (known !== follows) throw new StudioError('bad-request', 'This case was changed or deleted in another tab. Open it again.')
  }
  return {
    list: async () => {
      const rows = await database.read([CASES], (reader) => reader.all(CASES))
      return rows.sort((a, b) => b.updatedAt - a.updatedAt)
    },
    get: async (id) => (await database.read([CASES], (rows) => rows.get(CASES, id))) ?? null,
    append: (all, follows) =>
      write(async (rows) => {
        // In this order on the disk; what was written is taken back when the check fails.
        await Promise.all([check(rows, all.row.id, follows), put(rows, all, all.entries)])
        await gatherRuns(rows, all.row.id, follows ?? 0, all.row.seq)
      }, 'relaxed'),
    settle: async (id) => {
      await database.write([CASES], async (rows) => {
        const row = await rows.get(CASES, id)
        if (row) await rows.put(CASES, row)
      })
    },
    rewrite: (all, follows) =>
      write(async (rows) => {
        await check(rows, all.row.id, follows)
        await rows.remove(CASE_ENTRIES, { prefix: [all.row.id] })
        await rows.remove(CASE_FILES, { prefix: [all.row.id] })
        await put(rows, all, rowsOf(all.entries))
      }),
    entries: async (id) => entriesOf(await database.read([CASE_ENTRIES], (rows) => rows.all(CASE_ENTRIES, { prefix: [id] }))),
    file: async (id, digest) => {
      const row = await database.read([CASE_FILES], (rows) => rows.get(CASE_FILES, [id, digest]))
      if (!row)
        throw new StudioError(
          'bad-project',
          'A picture of this case is missing. Verify the case; another copy of it may still have the picture.',
        )
      return row
    },
    files: (id) => database.read([CASE_FILES], (rows) => rows.all(CASE_FILES, { prefix: [id] })),
    remove: (id) =>
      write(async (rows) => {
        await rows.remove(CASES, id)
        await rows.remove(CASE_ENTRIES, { prefix: [id] })
        await rows.remove(CASE_FILES, { prefix: [id] })
      }),
    lock: (id) => locks.acquire(id),
    onChange: (listener) => changes.subscribe(listener),
    close: () => {
      changes.close()
      database.close()
    },
  }
}
