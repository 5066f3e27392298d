/** The few operations that storage needs from a database, whether IndexedDB or memory is below. */

import { StudioError } from '../shared/errors'
import type { Key, Range } from './keys'
import type { Table } from './table'

/** Operations inside one transaction. Await nothing else in between: IndexedDB commits a transaction that has nothing to do. */
export interface RowReader {
  /** `undefined` when it is missing, or so damaged that nothing of it can be used. */
  get<Row>(table: Table<Row>, key: Key): Promise<Row | undefined>
  /** In the order of the key, or of the index. */
  all<Row>(table: Table<Row>, range?: Range): Promise<Row[]>
  count(table: Table, range?: Range): Promise<number>
  /** As they lie on the disk, unread. */
  raw(table: Table, range?: Range): Promise<unknown[]>
}

export interface RowWriter extends RowReader {
  put<Row>(table: Table<Row>, row: NoInfer<Row>): Promise<void>
  remove(table: Table, which: Key | Range): Promise<void>
}

/**
 * When a write counts as done: `strict` when the disk itself has it, so that it outlives a power cut; `relaxed`, several times sooner on a busy machine, when the operating system has it, so that it
 * outlives a killed browser.
 */
export type Durability = 'strict' | 'relaxed'

/** A database: transactions that happen wholly or not at all. Rejections are `StudioError`s. */
export interface Database {
  read<T>(tables: readonly Table[], work: (rows: RowReader) => Promise<T>): Promise<T>
  /** When it resolves, what was written is on disk. @param durability default `strict` */
  write<T>(tables: readonly Table[], work: (rows: RowWriter) => Promise<T>, durability?: Durability): Promise<T>
  close(): void
}

/** The database as one part of the studio may see it (a worker, say): only these tables. */
export function onlyTables(database: Database, allowed: readonly Table[]): Database {
  const check = (tables: readonly Table[]): void => {
    const other = tables.find((table) => !allowed.includes(table))
    if (other) throw new StudioError('internal', `The table ${other.name} was not opened here.`)
  }
  return {
    read: async (tables, work) => {
      check(tables)
      return await database.read(tables, work)
    },
    write: async (tables, work, durability) => {
      check(tables)
      return await database.write(tables, work, durability)
    },
    close: () => database.close(),
  }
}
