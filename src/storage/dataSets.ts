/** Data sets on the disk: what there is, and each one's items. A training worker reads them itself, so that no pixels cross threads. */

import { StudioError } from '../shared/errors'
import { newId } from '../shared/ids'
import { openTables } from './openTables'
import type { DataSetItemRow, DataSetKind, DataSetRow } from './trainingRows'
import { DATA_SET_ITEMS, DATA_SETS } from './trainingTables'

export interface DataSets {
  /** Newest first. */
  list(): Promise<readonly DataSetRow[]>
  /** Returns its id. */
  create(name: string, kind: DataSetKind): Promise<string>
  rename(id: string, name: string): Promise<void>
  /** With everything in it. */
  remove(id: string): Promise<void>
  items(id: string): Promise<readonly DataSetItemRow[]>
  /** All of them or none. Rejects with `storage-full` where there is no room. */
  putItems(items: readonly DataSetItemRow[]): Promise<void>
  removeItems(id: string, itemIds: readonly string[]): Promise<void>
  close(): void
}

/** Rejects with `storage-unavailable` where nothing can be kept. */
export async function openDataSets(databaseName?: string, now: () => number = Date.now): Promise<DataSets> {
  const database = await openTables([DATA_SETS, DATA_SET_ITEMS], databaseName)
  return {
    list: async () => {
      const rows = await database.read([DATA_SETS], (reader) => reader.all(DATA_SETS))
      return rows.sort((a, b) => b.createdAt - a.createdAt)
    },
    create: async (name, kind) => {
      const id = newId()
      await database.write([DATA_SETS], (rows) => rows.put(DATA_SETS, { id, name, kind, createdAt: now(), updatedAt: now() }))
      return id
    },
    rename: (id, name) =>
      database.write([DATA_SETS], async (rows) => {
        const row = await rows.get(DATA_SETS, id)
        if (!row) throw new StudioError('bad-request', 'This data set is not in the database any more. Choose another one.')
        await rows.put(DATA_SETS, { ...row, name, updatedAt: now() })
      }),
    remove: (id) =>
      database.write([DATA_SETS, DATA_SET_ITEMS], async (rows) => {
        await rows.remove(DATA_SETS, id)
        await rows.remove(DATA_SET_ITEMS, { prefix: [id] })
      }),
    items: (id) => database.read([DATA_SET_ITEMS], (rows) => rows.all(DATA_SET_ITEMS, { prefix: [id] })),
    putItems: (items) =>
      database.write([DATA_SET_ITEMS], async (rows) => {
        for (const item of items) await rows.put(DATA_SET_ITEMS, item)
      }),
    removeItems: (id, itemIds) =>
      database.write([DATA_SET_ITEMS], async (rows) => {
        for (const itemId of itemIds) await rows.remove(DATA_SET_ITEMS, [id, itemId])
      }),
    close: () => database.close(),
  }
}
