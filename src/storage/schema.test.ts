import 'fake-indexeddb/auto'
import { readFileSync } from 'node:fs'
import { type IDBPDatabase, openDB } from 'idb'
import { describe, expect, it } from 'vitest'
import { openIndexedDatabase } from './indexedDatabase'
import { MIGRATIONS, type Migration, type StudioSchema } from './schema'
import { openStorage } from './storage'
import { type DatabaseFixture, freshDatabaseName, lockTable, restoreDatabase } from './testing'

const restore = async (file: string): Promise<string> => {
  const revive = (key: string, value: unknown) => (key === 'points' && Array.isArray(value) ? { $float64: value } : value)
  return restoreDatabase(JSON.parse(readFileSync(new URL(`fixtures/${file}`, import.meta.url), 'utf8'), revive) as DatabaseFixture)
}

describe('a database of schema version 1', () => {
  it('opens with every sketch, change, setting and what was open last', async () => {
    const storage = await openStorage({ databaseName: await restore('schema-v1.json'), locks: lockTable(), now: () => 1763500100000 })
    expect(storage.kind).toBe('indexeddb')
    const session = await storage.sketches.openLast()
    expect(session?.notices).toEqual([])
    expect(session?.look).toEqual({ age: 34, skin: [210, 170, 150], beard: null })
    expect(session?.tolerance).toEqual({})
    expect(session?.document).toEqual({
      version: 1,
      id: 'sk-ann',
      name: 'Ann',
      tags: ['client', 'smile'],
      strokes: [
        { id: 'st-hair', part: 'hair', partIsChosen: false, widthPx: 3.5, usesPressure: true, points: [90, 80, 0.25, 256.125, 20, 0.75] },
        { id: 'st-jaw', part: 'jaw', partIsChosen: true, widthPx: 2, usesPressure: false, points: [110.5, 200, 0.5, 256, 430.25, 0.5] },
      ],
    })
    expect(await storage.settings.get('theme')).toBe('dark')
    await storage.sketches.restore('sk-gone')
    expect((await storage.sketches.list()).total).toBe(2)
  })
})

describe('the next schema version', () => {
  const addOrigin: Migration = {
    version: 2,
    async migrate(database, transaction) {
      ;(database as unknown as IDBPDatabase).createObjectStore('cases', { keyPath: 'id' })
      for (const row of await transaction.objectStore('sketches').getAll()) {
        await transaction.objectStore('sketches').put({ ...row, name: `${row.name} (moved)` })
      }
    },
  }

  it('is one more entry: only what is missing runs, rows included', async () => {
    const name = await restore('schema-v1.json')
    const database = await openIndexedDatabase(name, [...MIGRATIONS, addOrigin])
    const names = await database.read(['sketches'], async (rows) => (await rows.all('sketches')).map((row) => row.name))
    expect(names).toEqual(['Ann (moved)', 'Deleted (moved)'])
    database.close()
    const raw = await openDB(name)
    expect(raw.version).toBe(2)
    expect([...raw.objectStoreNames]).toContain('cases')
    raw.close()
  })

  it('runs every version on a new database', async () => {
    const name = freshDatabaseName()
    const database = await openIndexedDatabase(name, [...MIGRATIONS, addOrigin])
    database.close()
    const raw = await openDB<StudioSchema>(name)
    expect([...raw.objectStoreNames].sort()).toEqual(['cases', 'journal', 'settings', 'sketches', 'snapshots', 'thumbnails'])
    raw.close()
  })

  it('leaves everything as it was when it fails', async () => {
    const name = await restore('schema-v1.json')
    const failing: Migration = {
      version: 2,
      async migrate(_database, transaction) {
        await transaction.objectStore('sketches').clear()
        throw new Error('half way')
      },
    }
    await expect(openIndexedDatabase(name, [...MIGRATIONS, failing])).rejects.toMatchObject({
      code: 'storage-unavailable',
      message: expect.stringContaining('untouched'),
    })
    const storage = await openStorage({ databaseName: name, locks: lockTable(), now: () => 1763500100000 })
    expect((await storage.sketches.list()).items).toMatchObject([{ name: 'Ann' }])
  })

  it('tells an older studio to reload, which goes on in memory', async () => {
    const name = await restore('schema-v1.json')
    const database = await openIndexedDatabase(name, [...MIGRATIONS, addOrigin])
    const storage = await openStorage({ databaseName: name })
    expect(storage.kind).toBe('memory')
    expect(storage.warning?.message).toContain('Reload')
    database.close()
  })
})
