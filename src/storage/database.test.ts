/** The database in IndexedDB and its double in memory do the same with the same declarations. */

import 'fake-indexeddb/auto'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { type Database, onlyTables } from './database'
import { openIndexedDatabase } from './indexedDatabase'
import { compareKeys, type Key } from './keys'
import { openMemoryDatabase } from './memoryDatabase'
import { openTables } from './openTables'
import { openStorage } from './storage'
import { declareTable } from './table'
import { JOURNAL, SETTINGS, SKETCHES } from './tables'
import { freshDatabaseName, lockTable } from './testing'

interface Step {
  readonly run: string
  readonly step: number
  readonly loss: number
  readonly tags: readonly string[]
}

const STEPS = declareTable<Step>({
  name: 'steps',
  key: ['run', 'step'],
  since: 1,
  indexes: { byLoss: { path: 'loss', since: 1 }, byTag: { path: 'tags', since: 1, multiple: true } },
  row: v.object({ run: v.string(), step: v.number(), loss: v.number(), tags: v.array(v.string()) }),
  mends: { tags: [] },
})

const ROWS: readonly Step[] = [
  { run: 'b', step: 10, loss: 0.5, tags: ['best'] },
  { run: 'a', step: 2, loss: 0.9, tags: [] },
  { run: 'a', step: 10, loss: 0.7, tags: ['best', 'kept'] },
  { run: 'a', step: 1, loss: 0.8, tags: ['kept'] },
  { run: 'ab', step: 1, loss: 0.6, tags: [] },
]

const kinds: [string, () => Promise<Database>][] = [
  ['IndexedDB', () => openIndexedDatabase(freshDatabaseName(), { tables: [STEPS, SETTINGS], migrations: [] })],
  ['memory', async () => openMemoryDatabase()],
]

describe.each(kinds)('the database in %s', (_kind, open) => {
  const filled = async (): Promise<Database> => {
    const database = await open()
    await database.write([STEPS], async (rows) => {
      for (const row of ROWS) await rows.put(STEPS, row)
    })
    return database
  }
  const names = (steps: readonly Step[]): string[] => steps.map(({ run, step }) => `${run}${step}`)

  it('orders by key, numbers as numbers', async () => {
    const database = await filled()
    expect(names(await database.read([STEPS], (rows) => rows.all(STEPS)))).toEqual(['a1', 'a2', 'a10', 'ab1', 'b10'])
  })

  it.each([
    [{ prefix: ['a'] }, ['a1', 'a2', 'a10']],
    [{ from: ['a', 2] }, ['a2', 'a10', 'ab1', 'b10']],
    [{ from: ['a', 2], to: ['ab', 1] }, ['a2', 'a10', 'ab1']],
    [{ to: ['a', 1] }, ['a1']],
    [{ index: 'byLoss', from: 0.6, to: 0.8 }, ['ab1', 'a10', 'a1']],
    [{ index: 'byTag', from: 'kept', to: 'kept' }, ['a1', 'a10']],
    [{ index: 'byTag' }, ['a10', 'b10', 'a1', 'a10']],
  ])('reads and counts the range %j', async (range, expected) => {
    const database = await filled()
    expect(names(await database.read([STEPS], (rows) => rows.all(STEPS, range)))).toEqual(expected)
    expect(await database.read([STEPS], (rows) => rows.count(STEPS, range))).toBe(expected.length)
  })

  it('removes one row, a range, everything', async () => {
    const database = await filled()
    const left = async (): Promise<string[]> => names(await database.read([STEPS], (rows) => rows.all(STEPS)))
    await database.write([STEPS], (rows) => rows.remove(STEPS, ['a', 1]))
    expect(await left()).toEqual(['a2', 'a10', 'ab1', 'b10'])
    await database.write([STEPS], (rows) => rows.remove(STEPS, { prefix: ['a'] }))
    expect(await left()).toEqual(['ab1', 'b10'])
    await database.write([STEPS], (rows) => rows.remove(STEPS, {}))
    expect(await left()).toEqual([])
  })

  it('keeps a row as it was written, whatever happens to the original', async () => {
    const database = await open()
    const tags = ['one']
    await database.write([STEPS], (rows) => rows.put(STEPS, { run: 'a', step: 1, loss: 1, tags }))
    tags.push('two')
    expect((await database.read([STEPS], (rows) => rows.get(STEPS, ['a', 1])))?.tags).toEqual(['one'])
  })

  it('writes all of a transaction or nothing', async () => {
    const database = await filled()
    const failing = database.write([STEPS], async (rows) => {
      await rows.remove(STEPS, {})
      throw new Error('half way')
    })
    await expect(failing).rejects.toThrow('half way')
    expect(await database.read([STEPS], (rows) => rows.count(STEPS))).toBe(ROWS.length)
  })

  it('reads what can be read of a damaged row', async () => {
    const database = await open()
    await database.write([STEPS], async (rows) => {
      await rows.put(STEPS, { run: 'a', step: 1, loss: 1, tags: 'best' } as unknown as Step)
      await rows.put(STEPS, { run: 'a', step: 2, loss: 'low', tags: [] } as unknown as Step)
    })
    await database.read([STEPS], async (rows) => {
      expect(await rows.all(STEPS)).toEqual([{ run: 'a', step: 1, loss: 1, tags: [] }])
      expect(await rows.get(STEPS, ['a', 2])).toBeUndefined()
      expect(await rows.raw(STEPS, { prefix: ['a'] })).toHaveLength(2)
    })
  })

  it('shows a worker only the tables that it asked for', async () => {
    const database = onlyTables(await filled(), [STEPS])
    expect(await database.read([STEPS], (rows) => rows.count(STEPS))).toBe(ROWS.length)
    await expect(database.read([SETTINGS], (rows) => rows.count(SETTINGS))).rejects.toThrow('settings')
    await expect(database.write([STEPS, SETTINGS], async () => undefined)).rejects.toThrow('settings')
  })
})

it('opens for a worker with the tables that it asks for, beside a page that has it open', async () => {
  const databaseName = freshDatabaseName()
  const page = await openStorage({ databaseName, locks: lockTable() })
  await page.settings.set('theme', 'dark')
  const worker = await openTables([SETTINGS], databaseName)
  expect((await worker.read([SETTINGS], (rows) => rows.get(SETTINGS, 'theme')))?.value).toBe('dark')
  await expect(worker.read([SKETCHES], (rows) => rows.count(SKETCHES))).rejects.toThrow('sketches')
  worker.close()
  await page.close()
})

it('lets one writer follow the other, whatever they write and through whatever connection', async () => {
  const name = freshDatabaseName()
  const page = await openIndexedDatabase(name)
  const worker = await openTables([JOURNAL], name)
  const order: string[] = []
  const writing = (database: Database, table: typeof SETTINGS | typeof JOURNAL, who: string): Promise<void> =>
    database.write<void>([table], async (rows) => {
      await rows.count(table)
      order.push(`${who} begins`)
      for (let i = 0; i < 5; i++) await rows.count(table)
      order.push(`${who} ends`)
    })
  await Promise.all([writing(page, SETTINGS, 'a'), writing(worker, JOURNAL, 'b'), writing(page, JOURNAL, 'c')])
  expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends'])
  page.close()
  worker.close()
})

it('orders keys as IndexedDB does', () => {
  const keys: Key[] = [3, -1, 'a', 'B', '', ['a'], ['a', 2], ['a', 10], ['a', 'x'], [], [1], 0.5]
  for (const a of keys) for (const b of keys) expect(Math.sign(compareKeys(a, b)), JSON.stringify([a, b])).toBe(indexedDB.cmp(a, b))
})
