/** The database when IndexedDB cannot be used: the same operations on the same declarations, in maps, gone when the tab closes. */

import type { Database, RowWriter } from './database'
import { compareKeys, isInRange, isRange, type Key, type Range } from './keys'
import { keyOf, readRow, type Table } from './table'

/** Rows by the text of their key, tables by name. */
type Tables = Map<string, Map<string, unknown>>

export function openMemoryDatabase(): Database {
  let tables: Tables = new Map()
  let queue: Promise<unknown> = Promise.resolve()
  /** One transaction after the other, each on a copy of the maps that replaces them only when it succeeds. */
  const transact = <T>(work: (rows: RowWriter) => Promise<T>): Promise<T> => {
    const turn = queue.then(async () => {
      const copy: Tables = new Map([...tables].map(([name, rows]) => [name, new Map(rows)]))
      const result = await work(rowsOf(copy))
      tables = copy
      return result
    })
    queue = turn.catch(() => undefined)
    return turn
  }
  return { read: (_tables, work) => transact(work), write: (_tables, work) => transact(work), close: () => undefined }
}

const textOf = (key: Key): string => JSON.stringify(key)

function rowsOf(tables: Tables): RowWriter {
  const rowsIn = ({ name }: Table): Map<string, unknown> => {
    const rows = tables.get(name) ?? new Map<string, unknown>()
    tables.set(name, rows)
    return rows
  }
  const raw = (table: Table, range: Range = {}): unknown[] => select(table, [...rowsIn(table).values()], range)
  return {
    get: async (table, key) => {
      const row = rowsIn(table).get(textOf(key))
      return row === undefined ? undefined : (readRow(table, row).row ?? undefined)
    },
    all: async (table, range) => raw(table, range).flatMap((row) => readRow(table, row).row ?? []),
    count: async (table, range) => raw(table, range).length,
    raw: async (table, range) => raw(table, range),
    put: async (table, row) => {
      rowsIn(table).set(textOf(keyOf(table.key, row)), structuredClone(row))
    },
    remove: async (table, which) => {
      const rows = rowsIn(table)
      if (!isRange(which)) rows.delete(textOf(which))
      else for (const row of raw(table, which)) rows.delete(textOf(keyOf(table.key, row)))
    },
  }
}

function select(table: Table, rows: readonly unknown[], range: Range): unknown[] {
  return rows
    .flatMap((row) => keysOf(table, row, range.index).map((key) => ({ key, own: keyOf(table.key, row), row })))
    .filter(({ key }) => isInRange(key, range))
    .sort((a, b) => compareKeys(a.key, b.key) || compareKeys(a.own, b.own))
    .map(({ row }) => row)
}

/** Under which keys a row is found: a row that lacks an index's property is not in it. */
function keysOf(table: Table, row: unknown, indexName: string | undefined): Key[] {
  if (indexName === undefined) return [keyOf(table.key, row)]
  const index = table.indexes[indexName]
  if (!index) throw new Error(`The table ${table.name} has no index ${indexName}.`)
  if (index.multiple && typeof index.path === 'string') {
    const values = (row as Readonly<Record<string, unknown>>)[index.path]
    return Array.isArray(values) ? [...new Set<Key>(values)] : []
  }
  try {
    return [keyOf(index.path, row)]
  } catch {
    return []
  }
}
