/**
 * Data sets on the disk: what there is, and each one's items. A training worker reads them itself, so that no pixels cross threads. What a list shows of the items
 * lies in a table of its own, written in the same transactions.
 */

import { StudioError } from '../shared/errors'
import { newId } from '../shared/ids'
import { openChanges } from './changes'
import type { Database } from './database'
import { openTables } from './openTables'
import type { EncodedPicture } from './photoTypes'
import { DEFAULT_DATABASE_NAME } from './schema'
import type { DataSetEntryRow, DataSetItemRow, DataSetKind, DataSetRow } from './trainingRows'
import { DATA_SET_ENTRIES, DATA_SET_ITEMS, DATA_SETS } from './trainingTables'

/** Small pictures of an item, for lists. */
export type Thumbnails = Readonly<Record<'a' | 'b', EncodedPicture | null>>

export interface DataSets {
  /** Newest first. */
  list(): Promise<readonly DataSetRow[]>
  /** Returns its id. */
  create(name: string, kind: DataSetKind, sideA?: 'sketch'): Promise<string>
  rename(id: string, name: string): Promise<void>
  /** With everything in it. */
  remove(id: string): Promise<void>
  items(id: string): Promise<readonly DataSetItemRow[]>
  /** `null` when it is not there (any more). */
  item(id: string, itemId: string): Promise<DataSetItemRow | null>
  /** What a list shows of the items, in the same order. */
  entries(id: string): Promise<readonly DataSetEntryRow[]>
  /** All of them or none, replacing those with the same ids. Rejects with `storage-full` where there is no room. */
  putItems(items: readonly DataSetItemRow[], thumbnails?: ReadonlyMap<string, Thumbnails>): Promise<void>
  /** A set with everything in it, wholly or not at all. Returns its id. */
  createWith(
    set: Pick<DataSetRow, 'name' | 'kind' | 'sideA'>,
    items: readonly Omit<DataSetItemRow, 'dataSetId'>[],
    thumbnails: ReadonlyMap<string, Thumbnails>,
  ): Promise<string>
  /** These are held out, all others of the set are not. */
  holdOut(id: string, itemIds: ReadonlySet<string>): Promise<void>
  /** @param landmarks flat x, y of the 68 in 0–1 of the square */
  correct(id: string, itemId: string, landmarks: readonly number[], regions: Uint8Array<ArrayBuffer> | null): Promise<void>
  removeItems(id: string, itemIds: readonly string[]): Promise<void>
  /** Told after every change, from this tab, a worker or another tab. Returns the unsubscriber. */
  onChange(listener: () => void): () => void
  close(): void
}

const ALL = [DATA_SETS, DATA_SET_ITEMS, DATA_SET_ENTRIES]
const NO_THUMBNAILS: Thumbnails = { a: null, b: null }

/** Rejects with `storage-unavailable` where nothing can be kept. */
export async function openDataSets(databaseName = DEFAULT_DATABASE_NAME, now: () => number = Date.now): Promise<DataSets> {
  const database = await openTables(ALL, databaseName)
  const changes = openChanges(`${databaseName}/dataSets`)
  const write: Database['write'] = async (tables, work) => {
    const result = await database.write(tables, work)
    changes.announce()
    return result
  }
  const put = (items: readonly DataSetItemRow[], thumbnails: ReadonlyMap<string, Thumbnails>, set: DataSetRow | null = null) =>
    write(ALL, async (rows) => {
      if (set) await rows.put(DATA_SETS, set)
      for (const item of items) {
        await rows.put(DATA_SET_ITEMS, item)
        await rows.put(DATA_SET_ENTRIES, entryOf(item, thumbnails.get(item.id) ?? NO_THUMBNAILS))
      }
    })
  return {
    list: async () => {
      const rows = await database.read([DATA_SETS], (reader) => reader.all(DATA_SETS))
      return rows.sort((a, b) => b.createdAt - a.createdAt)
    },
    create: async (name, kind, sideA) => {
      const id = newId()
      await write([DATA_SETS], (rows) =>
        rows.put(DATA_SETS, { id, name, kind, ...(sideA && { sideA }), createdAt: now(), updatedAt: now() }),
      )
      return id
    },
    createWith: async ({ name, kind, sideA }, items, thumbnails) => {
      const id = newId()
      const set = { id, name, kind, ...(sideA && { sideA }), createdAt: now(), updatedAt: now() }
      await put(
        items.map((item) => ({ ...item, dataSetId: id })),
        thumbnails,
        set,
      )
      return id
    },
    rename: (id, name) =>
      write([DATA_SETS], async (rows) => {
        const row = await rows.get(DATA_SETS, id)
        if (!row) throw isGone('data set')
        await rows.put(DATA_SETS, { ...row, name, updatedAt: now() })
      }),
    remove: (id) =>
      write(ALL, async (rows) => {
        await rows.remove(DATA_SETS, id)
        await rows.remove(DATA_SET_ITEMS, { prefix: [id] })
        await rows.remove(DATA_SET_ENTRIES, { prefix: [id] })
      }),
    items: (id) => database.read([DATA_SET_ITEMS], (rows) => rows.all(DATA_SET_ITEMS, { prefix: [id] })),
    item: async (id, itemId) => (await database.read([DATA_SET_ITEMS], (rows) => rows.get(DATA_SET_ITEMS, [id, itemId]))) ?? null,
    entries: (id) => database.read([DATA_SET_ENTRIES], (rows) => rows.all(DATA_SET_ENTRIES, { prefix: [id] })),
    putItems: (items, thumbnails = new Map()) => put(items, thumbnails),
    holdOut: (id, itemIds) =>
      write([DATA_SET_ITEMS, DATA_SET_ENTRIES], async (rows) => {
        for (const entry of await rows.all(DATA_SET_ENTRIES, { prefix: [id] })) {
          const heldOut = itemIds.has(entry.id)
          if (entry.heldOut === heldOut) continue
          const item = await rows.get(DATA_SET_ITEMS, [id, entry.id])
          if (!item) continue
          await rows.put(DATA_SET_ITEMS, { ...item, heldOut })
          await rows.put(DATA_SET_ENTRIES, { ...entry, heldOut })
        }
      }),
    correct: (id, itemId, landmarks, regions) =>
      write([DATA_SET_ITEMS], async (rows) => {
        const item = await rows.get(DATA_SET_ITEMS, [id, itemId])
        if (!item) throw isGone('picture')
        await rows.put(DATA_SET_ITEMS, { ...item, landmarks: [...landmarks], regions })
      }),
    removeItems: (id, itemIds) =>
      write([DATA_SET_ITEMS, DATA_SET_ENTRIES], async (rows) => {
        for (const itemId of itemIds) {
          await rows.remove(DATA_SET_ITEMS, [id, itemId])
          await rows.remove(DATA_SET_ENTRIES, [id, itemId])
        }
      }),
    onChange: (listener) => changes.subscribe(listener),
    close: () => {
      changes.close()
      database.close()
    },
  }
}

function entryOf({ dataSetId, id, name, heldOut, a, b, landmarks, regions }: DataSetItemRow, thumbnails: Thumbnails): DataSetEntryRow {
  const bytes = [a, b, thumbnails.a, thumbnails.b].reduce((sum, picture) => sum + (picture?.bytes.byteLength ?? 0), 0)
  const known = (regions?.byteLength ?? 0) + 8 * (landmarks?.length ?? 0)
  return { dataSetId, id, name, heldOut, ...thumbnails, hasFace: landmarks !== null, bytes: bytes + known }
}

const isGone = (what: string): StudioError =>
  new StudioError('bad-request', `This ${what} is not in the database any more. Choose another one.`)
