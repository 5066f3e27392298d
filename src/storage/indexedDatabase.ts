/**
 * The database on IndexedDB, through idb: transactions with strict durability over a connection that reopens itself when the browser
 * dropped it or another tab needed it closed for an upgrade. Writers follow one another, in all tabs and workers (decision 25).
 */

import { type IDBPDatabase, type IDBPTransaction, openDB } from 'idb'
import { StudioError } from '../shared/errors'
import type { Database, Durability, RowReader, RowWriter } from './database'
import { isRange, type Key, keyRangeOf, type Range } from './keys'
import { latestVersion, SCHEMA, type Schema, upgradeSchema } from './schema'
import { isLostConnection, toStorageError } from './storageError'
import { readRow, type Table } from './table'
import { TURN } from './tables'

type Connection = IDBPDatabase
type ReadTransaction = IDBPTransaction<unknown, string[], 'readonly' | 'readwrite'>
type WriteTransaction = IDBPTransaction<unknown, string[], 'readwrite'>

/** Some browsers never answer an open request; a person should not wait for them. */
const OPEN_TIMEOUT_MS = 10_000

/**
 * Rejects with `storage-unavailable` where IndexedDB is missing, forbidden or does not answer.
 * @param onCreated told where there was no database of this name
 */
export async function openIndexedDatabase(name: string, schema: Schema = SCHEMA, onCreated = (): void => undefined): Promise<Database> {
  let current: Promise<Connection> | null = null
  const forget = (): void => {
    current = null
  }
  const connect = (): Promise<Connection> => {
    current ??= connectOnce({ name, schema, onCreated, onLost: forget }).catch((error: unknown) => {
      forget()
      throw toStorageError(error, 'open')
    })
    return current
  }
  /** A lost connection rolls its transaction back, so the work may safely run again on a new one. */
  const withConnection = async <T>(doing: 'read' | 'write', work: (connection: Connection) => Promise<T>): Promise<T> => {
    for (let attempt = 1; ; attempt++) {
      const connection = await connect()
      try {
        return await work(connection)
      } catch (error) {
        if (attempt > 1 || !isLostConnection(error)) throw toStorageError(error, doing)
        connection.close()
        forget()
      }
    }
  }
  await connect()
  return {
    read: (tables, work) => withConnection('read', (connection) => read(connection, tables, work)),
    write: (tables, work, durability = 'strict') => withConnection('write', (connection) => write(connection, tables, work, durability)),
    close: () => {
      void current?.then((connection) => connection.close())
      forget()
    },
  }
}

interface Opening {
  readonly name: string
  readonly schema: Schema
  readonly onCreated: () => void
  readonly onLost: () => void
}

async function connectOnce(opening: Opening): Promise<Connection> {
  if (typeof indexedDB === 'undefined') throw new Error('IndexedDB is missing')
  let timer: ReturnType<typeof setTimeout> | undefined
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('IndexedDB does not answer')), OPEN_TIMEOUT_MS)
  })
  try {
    // Chromium answers so once when it finds files that it cannot read, and puts a new database in their place.
    const again = (error: unknown): Promise<Connection> => {
      if (error instanceof DOMException && error.name === 'UnknownError') return connection(opening)
      throw error
    }
    return await Promise.race([connection(opening).catch(again), timeout])
  } finally {
    clearTimeout(timer)
  }
}

function connection({ name, schema, onCreated, onLost }: Opening): Promise<Connection> {
  return openDB(name, latestVersion(schema), {
    upgrade: (database, oldVersion, _newVersion, transaction) => {
      if (oldVersion === 0) onCreated()
      // A rejection has aborted the transaction, and with it the open request that is awaited below.
      upgradeSchema(database, oldVersion, transaction, schema).catch(() => undefined)
    },
    // Another tab wants to upgrade or delete the database: make way.
    blocking: (_current, _blocked, event) => {
      ;(event.target as IDBDatabase).close()
      onLost()
    },
    terminated: onLost,
  })
}

async function read<T>(connection: Connection, tables: readonly Table[], work: (rows: RowReader) => Promise<T>): Promise<T> {
  const transaction = connection.transaction(namesOf(tables), 'readonly')
  const [result] = await Promise.all([work(reader(transaction)), transaction.done])
  return result
}

async function write<T>(
  connection: Connection,
  tables: readonly Table[],
  work: (rows: RowWriter) => Promise<T>,
  durability: Durability,
): Promise<T> {
  const turn = connection.objectStoreNames.contains(TURN.name) ? [TURN.name] : []
  const transaction = connection.transaction([...new Set([...namesOf(tables), ...turn])], 'readwrite', { durability })
  const done = transaction.done
  // Awaited below, but only after the work: until then a rejection must not count as unhandled.
  done.catch(() => undefined)
  try {
    const result = await work(writer(transaction))
    await done
    return result
  } catch (error) {
    abort(transaction)
    // A request that fails because its transaction was aborted says only that: the transaction knows why.
    throw error instanceof StudioError ? error : (transaction.error ?? error)
  }
}

function abort(transaction: WriteTransaction): void {
  try {
    transaction.abort()
  } catch {
    // It had ended by itself.
  }
}

const namesOf = (tables: readonly Table[]): string[] => tables.map(({ name }) => name)

function reader(transaction: ReadTransaction): RowReader {
  const raw = async (table: Table, range: Range = {}): Promise<unknown[]> => {
    const store = transaction.objectStore(table.name)
    return await (range.index === undefined ? store : store.index(range.index)).getAll(keyRangeOf(range))
  }
  return {
    get: async (table, key) => {
      const row: unknown = await transaction.objectStore(table.name).get(plain(key))
      return row === undefined ? undefined : (readRow(table, row).row ?? undefined)
    },
    all: async (table, range) => (await raw(table, range)).flatMap((row) => readRow(table, row).row ?? []),
    count: async (table, range = {}) => {
      const store = transaction.objectStore(table.name)
      return await (range.index === undefined ? store : store.index(range.index)).count(keyRangeOf(range))
    },
    raw,
  }
}

function writer(transaction: WriteTransaction): RowWriter {
  return {
    ...reader(transaction),
    put: async (table, row) => {
      await transaction.objectStore(table.name).put(row)
    },
    remove: async (table, which) => {
      const keys = isRange(which) ? keyRangeOf(which) : plain(which)
      const store = transaction.objectStore(table.name)
      await (keys === undefined ? store.clear() : store.delete(keys))
    },
  }
}

const plain = (key: Key): IDBValidKey => (typeof key === 'object' ? [...key] : key)
