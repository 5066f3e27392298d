import 'fake-indexeddb/auto'
import { readFileSync } from 'node:fs'
import { openDB } from 'idb'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { openIndexedDatabase } from './indexedDatabase'
import { latestVersion, type Migration, SCHEMA, type Schema } from './schema'
import { openStorage } from './storage'
import { declareTable } from './table'
import { SKETCHES, TABLES } from './tables'
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
  const NEXT_VERSION = latestVersion(SCHEMA) + 1
  const ALBUMS = declareTable({
    name: 'albums',
    key: 'id',
    since: NEXT_VERSION,
    indexes: { byOpened: { path: 'openedAt', since: NEXT_VERSION }, byTag: { path: 'tags', since: NEXT_VERSION + 1, multiple: true } },
    row: v.object({ id: v.string(), openedAt: v.number(), tags: v.array(v.string()) }),
  })
  const addOrigin: Migration = {
    version: NEXT_VERSION,
    async migrate(transaction) {
      for (const row of await transaction.objectStore('sketches').getAll()) {
        await transaction.objectStore('sketches').put({ ...row, name: `${row.name} (moved)` })
      }
    },
  }
  const NEXT: Schema = { tables: [...TABLES, ALBUMS], migrations: [addOrigin] }

  it('is one more table and one more migration: only what is missing runs, rows included', async () => {
    const name = await restore('schema-v1.json')
    const database = await openIndexedDatabase(name, NEXT)
    const names = await database.read([SKETCHES], async (rows) => (await rows.all(SKETCHES)).map((row) => row.name))
    expect(names).toEqual(['Ann (moved)', 'Deleted (moved)'])
    database.close()
    const raw = await openDB(name)
    expect(raw.version).toBe(NEXT_VERSION + 1)
    expect([...raw.objectStoreNames]).toEqual(expect.arrayContaining(['albums', 'damaged']))
    expect([...raw.transaction('albums').store.indexNames]).toEqual(['byOpened', 'byTag'])
    raw.close()
  })

  it('brings an index to a table that is there already', async () => {
    const name = freshDatabaseName()
    const { byOpened } = ALBUMS.indexes
    if (!byOpened) throw new Error('expected an index')
    const before: Schema = { tables: [{ ...ALBUMS, indexes: { byOpened } }], migrations: [] }
    const old = await openIndexedDatabase(name, before)
    await old.write([ALBUMS], (rows) => rows.put(ALBUMS, { id: 'a', openedAt: 1, tags: ['x', 'y'] }))
    old.close()
    const database = await openIndexedDatabase(name, NEXT)
    expect(await database.read([ALBUMS], (rows) => rows.count(ALBUMS, { index: 'byTag', from: 'y' }))).toBe(1)
    database.close()
  })

  it('runs every version on a new database', async () => {
    const name = freshDatabaseName()
    const database = await openIndexedDatabase(name, NEXT)
    database.close()
    const raw = await openDB(name)
    expect([...raw.objectStoreNames].sort()).toEqual(NEXT.tables.map((table) => table.name).sort())
    raw.close()
  })

  it('leaves everything as it was when it fails', async () => {
    const name = await restore('schema-v1.json')
    const failing: Migration = {
      version: 2,
      async migrate(transaction) {
        await transaction.objectStore('sketches').clear()
        throw new Error('half way')
      },
    }
    await expect(openIndexedDatabase(name, { tables: TABLES, migrations: [failing] })).rejects.toMatchObject({
      code: 'storage-unavailable',
      message: expect.stringContaining('untouched'),
    })
    const storage = await openStorage({ databaseName: name, locks: lockTable(), now: () => 1763500100000 })
    expect((await storage.sketches.list()).items).toMatchObject([{ name: 'Ann' }])
  })

  it('tells an older studio to reload, which goes on in memory', async () => {
    const name = await restore('schema-v1.json')
    const database = await openIndexedDatabase(name, NEXT)
    const storage = await openStorage({ databaseName: name })
    expect(storage.kind).toBe('memory')
    expect(storage.warning?.message).toContain('Reload')
    database.close()
  })
})

describe('what was released', () => {
  it('never changes: the tables of version 1 are made as they were', () => {
    const { stores } = JSON.parse(readFileSync(new URL('fixtures/schema-v1.json', import.meta.url), 'utf8')) as DatabaseFixture
    const first = TABLES.filter(({ since }) => since === 1).map(({ name, key }) => [name, { keyPath: key }] as const)
    expect(Object.fromEntries(first)).toEqual(stores)
    expect(latestVersion(SCHEMA)).toBe(10)
  })
})
