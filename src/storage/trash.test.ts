import 'fake-indexeddb/auto'
import { describe, expect, it } from 'vitest'
import { openIndexedDatabase } from './indexedDatabase'
import { openStorage } from './storage'
import { SKETCHES } from './tables'
import { documentOf, freshDatabaseName, lockTable } from './testing'
import { purgeExpired } from './trash'

const DAY_MS = 24 * 3600 * 1000
const START = Date.UTC(2026, 0, 1)

/** A trash with one sketch, looked at on days after its deletion. */
async function trash() {
  const databaseName = freshDatabaseName()
  const storage = await openStorage({ databaseName, locks: lockTable(), now: () => START })
  await (await storage.sketches.create(documentOf('gone', ['a'], 'Gone'))).close()
  await storage.sketches.delete('gone')
  await storage.close()
  const database = await openIndexedDatabase(databaseName)
  const look = async (day: number): Promise<boolean> => {
    await purgeExpired(database, START + day * DAY_MS)
    return (await database.read([SKETCHES], (rows) => rows.count(SKETCHES))) === 1
  }
  return { look, storage: () => openStorage({ databaseName, locks: lockTable(), now: () => START }) }
}

describe('the trash', () => {
  it('keeps a sketch a month, and purges it when two days agree', async () => {
    const { look } = await trash()
    expect(await look(29)).toBe(true)
    expect(await look(31)).toBe(true)
    expect(await look(31.5)).toBe(true)
    expect(await look(32.1)).toBe(false)
  })

  it('believes no clock that jumps ahead and back', async () => {
    const { look } = await trash()
    expect(await look(4000)).toBe(true)
    expect(await look(2)).toBe(true)
    expect(await look(4001)).toBe(true)
    expect(await look(3)).toBe(true)
  })

  it('does not count a mark of the wrong clock against the right one', async () => {
    const { look } = await trash()
    expect(await look(4000)).toBe(true)
    expect(await look(31)).toBe(true)
    expect(await look(32.5)).toBe(false)
  })

  it('never purges under a clock that has gone back', async () => {
    const { look } = await trash()
    expect(await look(-400)).toBe(true)
    expect(await look(-300)).toBe(true)
  })

  it('forgets its marks when a sketch is brought back', async () => {
    const { look, storage } = await trash()
    expect(await look(40)).toBe(true)
    const tab = await storage()
    await tab.sketches.restore('gone')
    await tab.close()
    await look(42)
    const again = await storage()
    expect((await again.sketches.list()).total).toBe(1)
  })
})
