/** The database when IndexedDB cannot be used: the same operations on maps, gone when the tab closes. */

import type { Database, JournalRow, KeyedStore, Rows, RowWriter } from './rows'

interface Tables {
  keyed: { [S in KeyedStore]: Map<string, Rows[S]> }
  journal: Map<string, JournalRow[]>
}

export function openMemoryDatabase(): Database {
  let tables: Tables = {
    keyed: { sketches: new Map(), snapshots: new Map(), thumbnails: new Map(), settings: new Map() },
    journal: new Map(),
  }
  let queue: Promise<unknown> = Promise.resolve()
  /** One transaction after the other, each on a copy of the maps that replaces them only when it succeeds. */
  const transact = <T>(work: (rows: RowWriter) => Promise<T>): Promise<T> => {
    const turn = queue.then(async () => {
      const copy = copyTables(tables)
      const result = await work(rowsOf(copy))
      tables = copy
      return result
    })
    queue = turn.catch(() => undefined)
    return turn
  }
  return { read: (_stores, work) => transact(work), write: (_stores, work) => transact(work), close: () => undefined }
}

function copyTables({ keyed, journal }: Tables): Tables {
  const { sketches, snapshots, thumbnails, settings } = keyed
  return {
    keyed: { sketches: new Map(sketches), snapshots: new Map(snapshots), thumbnails: new Map(thumbnails), settings: new Map(settings) },
    journal: new Map(journal),
  }
}

function rowsOf({ keyed, journal }: Tables): RowWriter {
  return {
    get: async (store, key) => keyed[store].get(key),
    all: async (store) => [...keyed[store].values()],
    journal: async (sketchId) => [...(journal.get(sketchId) ?? [])],
    put: async (store, row) => {
      keyed[store].set(keyOf(row), row)
    },
    remove: async (store, key) => {
      keyed[store].delete(key)
    },
    append: async (entry) => {
      journal.set(entry.sketchId, [...(journal.get(entry.sketchId) ?? []), entry])
    },
    clearJournal: async (sketchId) => {
      journal.delete(sketchId)
    },
  }
}

function keyOf(row: Rows[KeyedStore]): string {
  if ('key' in row) return row.key
  return 'sketchId' in row ? row.sketchId : row.id
}
