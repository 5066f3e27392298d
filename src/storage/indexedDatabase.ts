/**
 * The database on IndexedDB, through idb: transactions with strict durability over a connection that reopens itself when the browser
 * dropped it or another tab needed it closed for an upgrade.
 */

import { type IDBPDatabase, type IDBPTransaction, openDB } from 'idb'
import { StudioError } from '../shared/errors'
import type { Database, JournalRow, KeyedStore, RowReader, Rows, RowWriter, StoreName } from './rows'
import { latestVersion, MIGRATIONS, type Migration, type StudioSchema, upgradeSchema } from './schema'
import { isLostConnection, toStorageError } from './storageError'

type Connection = IDBPDatabase<StudioSchema>
type ReadTransaction = IDBPTransaction<StudioSchema, StoreName[], 'readonly' | 'readwrite'>
type WriteTransaction = IDBPTransaction<StudioSchema, StoreName[], 'readwrite'>

/** Some browsers never answer an open request; a person should not wait for them. */
const OPEN_TIMEOUT_MS = 10_000

/** Rejects with `storage-unavailable` where IndexedDB is missing, forbidden or does not answer. */
export async function openIndexedDatabase(name: string, migrations: readonly Migration[] = MIGRATIONS): Promise<Database> {
  let current: Promise<Connection> | null = null
  const forget = (): void => {
    current = null
  }
  const connect = (): Promise<Connection> => {
    current ??= connectOnce(name, migrations, forget).catch((error: unknown) => {
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
    read: (stores, work) => withConnection('read', (connection) => read(connection, stores, work)),
    write: (stores, work) => withConnection('write', (connection) => write(connection, stores, work)),
    close: () => {
      void current?.then((connection) => connection.close())
      forget()
    },
  }
}

async function connectOnce(name: string, migrations: readonly Migration[], onLost: () => void): Promise<Connection> {
  if (typeof indexedDB === 'undefined') throw new Error('IndexedDB is missing')
  const opening: Promise<Connection> = openDB<StudioSchema>(name, latestVersion(migrations), {
    upgrade: (database, oldVersion, _newVersion, transaction) => {
      // A rejection has aborted the transaction, and with it the open request that is awaited below.
      upgradeSchema(database, oldVersion, transaction, migrations).catch(() => undefined)
    },
    // Another tab wants to upgrade or delete the database: make way.
    blocking: (_current, _blocked, event) => {
      ;(event.target as IDBDatabase).close()
      onLost()
    },
    terminated: onLost,
  })
  let timer: ReturnType<typeof setTimeout> | undefined
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('IndexedDB does not answer')), OPEN_TIMEOUT_MS)
  })
  try {
    return await Promise.race([opening, timeout])
  } finally {
    clearTimeout(timer)
  }
}

async function read<T>(connection: Connection, stores: readonly StoreName[], work: (rows: RowReader) => Promise<T>): Promise<T> {
  const transaction = connection.transaction([...stores], 'readonly')
  const [result] = await Promise.all([work(reader(transaction)), transaction.done])
  return result
}

async function write<T>(connection: Connection, stores: readonly StoreName[], work: (rows: RowWriter) => Promise<T>): Promise<T> {
  const transaction = connection.transaction([...stores], 'readwrite', { durability: 'strict' })
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

const journalRange = (sketchId: string): IDBKeyRange => IDBKeyRange.bound([sketchId], [sketchId, []])

function reader(transaction: ReadTransaction): RowReader {
  return {
    get: async <S extends KeyedStore>(store: S, key: string) => (await transaction.objectStore(store).get(key)) as Rows[S] | undefined,
    all: async <S extends KeyedStore>(store: S) => (await transaction.objectStore(store).getAll()) as Rows[S][],
    journal: (sketchId) => transaction.objectStore('journal').getAll(journalRange(sketchId)),
  }
}

function writer(transaction: WriteTransaction): RowWriter {
  return {
    ...reader(transaction),
    put: async (store, row) => {
      await transaction.objectStore(store).put(row)
    },
    remove: (store, key) => transaction.objectStore(store).delete(key),
    append: async (entry: JournalRow) => {
      await transaction.objectStore('journal').put(entry)
    },
    clearJournal: (sketchId) => transaction.objectStore('journal').delete(journalRange(sketchId)),
  }
}
