import 'fake-indexeddb/auto'
import { openDB } from 'idb'
import { describe, expect, it } from 'vitest'
import { openStorage } from './storage'
import { documentOf, freshDatabaseName, lockTable, withStroke } from './testing'

const openTab = (databaseName: string) => openStorage({ databaseName, locks: lockTable(), now: () => Date.UTC(2026, 5, 1) })

/** Two sketches; something has been at a table since. */
async function damaged(table: string, key: string, change: (row: Record<string, unknown>) => unknown) {
  const databaseName = freshDatabaseName()
  const tab = await openTab(databaseName)
  const looks = { look: { age: 40 } }
  await (await tab.sketches.create({ ...documentOf('ann', ['a', 'b'], 'Ann'), tags: ['case 1'] }, looks)).close()
  await (await tab.sketches.create(documentOf('bob', ['c'], 'Bob'), looks)).close()
  await tab.close()
  const database = await openDB(databaseName)
  await database.put(table, change(await database.get(table, key)))
  database.close()
  return databaseName
}

async function aside(databaseName: string): Promise<Record<string, unknown>[]> {
  const database = await openDB(databaseName)
  const rows = await database.getAll('damaged')
  database.close()
  return rows
}

describe('a damaged entry of a sketch', () => {
  it.each<[string, (row: Record<string, unknown>) => unknown, object]>([
    ['tags that are a text', (row) => ({ ...row, tags: 'case 1' }), { name: 'Ann', tags: [] }],
    ['tags with a number among them', (row) => ({ ...row, tags: ['x', 7] }), { name: 'Ann', tags: [] }],
    ['no look', ({ look: _gone, ...row }) => row, { look: {}, tags: ['case 1'] }],
    ['a look that is null', (row) => ({ ...row, look: null }), { look: {}, name: 'Ann' }],
    ['a look of lists', (row) => ({ ...row, look: { age: [1] } }), { look: {} }],
    ['no name', ({ name: _gone, ...row }) => row, { name: '', strokeCount: 2 }],
    ['a name that is an object', (row) => ({ ...row, name: {} }), { name: '' }],
    ['times that are texts', (row) => ({ ...row, updatedAt: 'today', createdAt: null }), { updatedAt: Date.UTC(2026, 5, 1) }],
    ['no sequence number', ({ lastSeq: _gone, ...row }) => row, { strokeCount: 2 }],
    ['nothing but an id', ({ id }) => ({ id }), { name: '', strokeCount: 2 }],
  ])('%s: the rest is there, every stroke opens, and drawing goes on', async (_what, change, expected) => {
    const databaseName = await damaged('sketches', 'ann', change)
    const tab = await openTab(databaseName)
    expect(tab.kind).toBe('indexeddb')
    const { items } = await tab.sketches.list()
    expect(items).toHaveLength(2)
    expect(items.find(({ id }) => id === 'ann')).toMatchObject(expected)
    expect(tab.damaged).toHaveLength(1)
    const [row] = await aside(databaseName)
    expect(row).toMatchObject({ table: 'sketches', key: '"ann"', raw: change({ ...(row?.raw as object), id: 'ann' }) })

    const session = await tab.sketches.open('ann')
    expect(session.document.strokes.map(({ id }) => id)).toEqual(['a', 'b'])
    await session.record(withStroke(session.document, 'later'))
    expect(session.sketchId).toBe('ann')
    const again = await openTab(databaseName)
    expect(again.damaged).toEqual([])
    expect((await again.sketches.open('ann')).document.strokes).toHaveLength(3)
  })

  it('is searched, tagged and exported like any other', async () => {
    const tab = await openTab(await damaged('sketches', 'ann', ({ id }) => ({ id })))
    expect((await tab.sketches.list({ text: 'bob' })).total).toBe(1)
    expect(await tab.sketches.tags()).toEqual([])
    await tab.sketches.rename('ann', 'Found again')
    expect((await tab.sketches.read('ann'))?.document).toMatchObject({ name: 'Found again', strokes: [{ id: 'a' }, { id: 'b' }] })
  })
})

describe('other damaged rows', () => {
  it('a picture that is no picture is left out', async () => {
    const databaseName = freshDatabaseName()
    const tab = await openTab(databaseName)
    const session = await tab.sketches.create(documentOf('ann', ['a']))
    await session.saveThumbnails({ sketch: { mime: 'image/png', bytes: new Uint8Array(3) }, face: null })
    await tab.close()
    const database = await openDB(databaseName)
    await database.put('thumbnails', { sketchId: 'ann', sketch: 'gone', face: 7 })
    database.close()
    const again = await openTab(databaseName)
    expect((await again.sketches.list()).items[0]?.thumbnails).toEqual({ sketch: null, face: null })
  })

  it('strokes that cannot be read are set aside before the next write takes their place', async () => {
    const databaseName = await damaged('snapshots', 'ann', (row) => ({ ...row, document: { version: 1, strokes: [{ id: 'a' }, 'b'] } }))
    const tab = await openTab(databaseName)
    const session = await tab.sketches.open('ann')
    expect(session.notices).toMatchObject([{ kind: 'strokes-dropped', count: 2 }])
    expect(await aside(databaseName)).toEqual([])
    await session.record(withStroke(session.document, 'new'))
    expect(await aside(databaseName)).toMatchObject([
      { table: 'snapshots', raw: { sketchId: 'ann', document: { strokes: [{ id: 'a' }, 'b'] } } },
    ])
  })

  it('a snapshot that is nothing at all opens an empty page with a notice', async () => {
    const tab = await openTab(await damaged('snapshots', 'ann', ({ sketchId }) => ({ sketchId, seq: 'one' })))
    const session = await tab.sketches.open('ann')
    expect(session.document).toMatchObject({ name: 'Ann', strokes: [] })
    expect(session.notices).toMatchObject([{ kind: 'strokes-dropped' }])
  })
})
