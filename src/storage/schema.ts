/**
 * The schema of the IndexedDB database and its migrations. A new version is one more entry in `MIGRATIONS`, one more fixture in `fixtures/`
 * and one more test; entries that were released never change.
 */

import type { DBSchema, IDBPDatabase, IDBPTransaction, StoreNames } from 'idb'
import type { JournalRow, SettingRow, SketchRow, SnapshotRow, ThumbnailRow } from './rows'

export const DEFAULT_DATABASE_NAME = 'face-studio'

export interface StudioSchema extends DBSchema {
  sketches: { key: string; value: SketchRow }
  snapshots: { key: string; value: SnapshotRow }
  journal: { key: [string, number]; value: JournalRow }
  thumbnails: { key: string; value: ThumbnailRow }
  settings: { key: string; value: SettingRow }
}

export type Upgrade = IDBPTransaction<StudioSchema, StoreNames<StudioSchema>[], 'versionchange'>

/** Brings a database of the version before to `version`, rows included; it runs inside the version-change transaction. */
export interface Migration {
  readonly version: number
  migrate(database: IDBPDatabase<StudioSchema>, transaction: Upgrade): void | Promise<void>
}

export const MIGRATIONS: readonly Migration[] = [
  {
    version: 1,
    migrate(database) {
      database.createObjectStore('sketches', { keyPath: 'id' })
      database.createObjectStore('snapshots', { keyPath: 'sketchId' })
      database.createObjectStore('journal', { keyPath: ['sketchId', 'seq'] })
      database.createObjectStore('thumbnails', { keyPath: 'sketchId' })
      database.createObjectStore('settings', { keyPath: 'key' })
    },
  },
]

export const latestVersion = (migrations: readonly Migration[]): number => Math.max(...migrations.map(({ version }) => version))

/** Runs what is missing, in order. A failing migration aborts the upgrade, and the database stays as it was. */
export async function upgradeSchema(
  database: IDBPDatabase<StudioSchema>,
  oldVersion: number,
  transaction: Upgrade,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<void> {
  // An aborted upgrade also rejects the open request, and that is where it is told.
  transaction.done.catch(() => undefined)
  try {
    for (const migration of migrations) {
      if (migration.version > oldVersion) await migration.migrate(database, transaction)
    }
  } catch (error) {
    transaction.abort()
    throw error
  }
}
