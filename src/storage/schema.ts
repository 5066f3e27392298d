/**
 * The schema of the IndexedDB database by versions. Tables and indexes come with the version that their declarations name; a change of rows that exist is
 * one more entry in `MIGRATIONS`, one more fixture in `fixtures/` and one more test. What was released never changes.
 */

import type { IDBPDatabase, IDBPTransaction } from 'idb'
import type { KeyPath, Table } from './table'
import { TABLES } from './tables'

export const DEFAULT_DATABASE_NAME = 'face-studio'

export type Upgrade = IDBPTransaction<unknown, string[], 'versionchange'>

/** Brings the rows of the version before to `version`, inside the version-change transaction; its tables and indexes are there already. */
export interface Migration {
  readonly version: number
  migrate(transaction: Upgrade): Promise<void>
}

export const MIGRATIONS: readonly Migration[] = []

export interface Schema {
  readonly tables: readonly Table[]
  readonly migrations: readonly Migration[]
}

export const SCHEMA: Schema = { tables: TABLES, migrations: MIGRATIONS }

export function latestVersion({ tables, migrations }: Schema): number {
  const versions = tables.flatMap(({ since, indexes }) => [since, ...Object.values(indexes).map((index) => index.since)])
  return Math.max(...versions, ...migrations.map(({ version }) => version))
}

/** Runs what is missing, in order. A failing migration aborts the upgrade, and the database stays as it was. */
export async function upgradeSchema(database: IDBPDatabase, oldVersion: number, transaction: Upgrade, schema: Schema): Promise<void> {
  // An aborted upgrade also rejects the open request, and that is where it is told.
  transaction.done.catch(() => undefined)
  try {
    for (let version = oldVersion + 1; version <= latestVersion(schema); version++) {
      createTables(database, transaction, version, schema.tables)
      for (const migration of schema.migrations) if (migration.version === version) await migration.migrate(transaction)
    }
  } catch (error) {
    transaction.abort()
    throw error
  }
}

const plain = (path: KeyPath): string | string[] => (typeof path === 'string' ? path : [...path])

function createTables(database: IDBPDatabase, transaction: Upgrade, version: number, tables: readonly Table[]): void {
  for (const { name, key, since, indexes } of tables) {
    if (since === version) database.createObjectStore(name, { keyPath: plain(key) })
    for (const [index, declared] of Object.entries(indexes)) {
      if (Math.max(declared.since, since) !== version) continue
      transaction.objectStore(name).createIndex(index, plain(declared.path), { multiEntry: declared.multiple ?? false })
    }
  }
}
