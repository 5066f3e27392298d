/** A browser that threw its database away, and the log that keeps it from doing so. */

import 'fake-indexeddb/auto'
import { deleteDB } from 'idb'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { openIndexedDatabase } from './indexedDatabase'
import { startNewLog } from './newLog'
import { openStorage } from './storage'
import { TURN } from './tables'
import { freshDatabaseName, lockTable } from './testing'

const localStorageOf = (kept: Map<string, string>) => ({
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => void kept.set(key, value),
})
const open = async (databaseName: string): Promise<boolean> => {
  const storage = await openStorage({ databaseName, locks: lockTable() })
  await storage.close()
  return storage.wasLost
}

afterEach(() => vi.unstubAllGlobals())

describe('a database that is not there any more', () => {
  it('is told of once, and a new one is not', async () => {
    vi.stubGlobal('localStorage', localStorageOf(new Map()))
    const name = freshDatabaseName()
    expect(await open(name)).toBe(false)
    expect(await open(name)).toBe(false)
    await deleteDB(name)
    expect(await open(name)).toBe(true)
    expect(await open(name)).toBe(false)
  })

  it('is not looked for where nothing may be remembered', async () => {
    vi.stubGlobal('localStorage', {
      getItem: () => null,
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError')
      },
    })
    const name = freshDatabaseName()
    await open(name)
    await deleteDB(name)
    expect(await open(name)).toBe(false)
  })
})

describe('files that the browser cannot read', () => {
  const failing = (failures: number, error: DOMException): void => {
    const { open: really } = indexedDB
    let left = failures
    vi.spyOn(indexedDB, 'open').mockImplementation((...given) => {
      if (left-- <= 0) return really.apply(indexedDB, given)
      return new Proxy(really.call(indexedDB, freshDatabaseName()), {
        get: (target, property) => {
          if (property === 'error') return error
          if (property !== 'addEventListener') return Reflect.get(target, property)
          return (kind: string, listener: () => void) => {
            if (kind === 'error') queueMicrotask(listener)
          }
        },
      })
    })
  }
  afterEach(() => vi.restoreAllMocks())

  it('are asked for again, once', async () => {
    failing(1, new DOMException('Internal error opening backing store', 'UnknownError'))
    const database = await openIndexedDatabase(freshDatabaseName())
    expect(await database.read([TURN], (rows) => rows.count(TURN))).toBe(0)
    database.close()
    failing(2, new DOMException('Internal error opening backing store', 'UnknownError'))
    await expect(openIndexedDatabase(freshDatabaseName())).rejects.toMatchObject({ code: 'storage-unavailable' })
  })
})

it('fills the log with more than it holds, and leaves nothing', async () => {
  const database = await openIndexedDatabase(freshDatabaseName())
  let bytes = 0
  const counting = {
    ...database,
    write: ((tables, work, durability) =>
      database.write(
        tables,
        (rows) =>
          work({
            ...rows,
            put: async (table, row) => {
              bytes += (row as { filler: Uint8Array }).filler.length
              await rows.put(table, row)
            },
          }),
        durability,
      )) as typeof database.write,
  }
  await startNewLog(counting)
  expect(bytes).toBeGreaterThan(4 * 1024 * 1024)
  expect(await database.read([TURN], (rows) => rows.count(TURN))).toBe(0)
  database.close()
})
