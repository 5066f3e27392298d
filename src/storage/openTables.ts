/** The database for a part of the studio that needs only some tables and no sketches, sessions or settings of the page: a worker that reads its data set, say. */

import { type Database, onlyTables } from './database'
import { openIndexedDatabase } from './indexedDatabase'
import { DEFAULT_DATABASE_NAME } from './schema'
import type { Table } from './table'

/** Rejects with `storage-unavailable` where IndexedDB cannot be used. Whoever opens it closes it. */
export async function openTables(tables: readonly Table[], databaseName = DEFAULT_DATABASE_NAME): Promise<Database> {
  return onlyTables(await openIndexedDatabase(databaseName), tables)
}
