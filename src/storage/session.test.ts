import 'fake-indexeddb/auto'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { StudioError } from '../shared/errors'
import { openStorage } from './storage'
import { TURN } from './tables'
import { documentOf, freshDatabaseName, lockTable, withStroke } from './testing'

const EMPTY = documentOf('sketch-1', [])

function openTab(databaseName = freshDatabaseName(), locks = lockTable()) {
  return openStorage({ databaseName, locks })
}

/** The disk refuses every row from now on. */
function fillDisk() {
  return vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('no space left', 'QuotaExceededError')
  })
}

afterEach(() => vi.restoreAllMocks())

describe('record', () => {
  it('answers at once and writes in order, merging what piled up behind a slow disk', async () => {
    const name = freshDatabaseName()
    const session = await (await openTab(name)).sketches.create(EMPTY)
    let document = EMPTY
    const order: number[] = []
    const waits = Array.from({ length: 50 }, (_, i) => {
      document = withStroke(document, `s${i}`)
      return session.record(document).then(() => order.push(i))
    })
    expect(session.hasUnsaved).toBe(true)
    await session.flushed()
    expect(session.hasUnsaved).toBe(false)
    await Promise.all(waits)
    expect(order).toEqual(Array.from({ length: 50 }, (_, i) => i))
    expect((await (await openTab(name)).sketches.open('sketch-1')).document).toEqual(document)
  })

  it('asks for strict durability', async () => {
    const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction')
    const session = await (await openTab()).sketches.create(EMPTY)
    await session.record(withStroke(EMPTY, 'a'))
    // The filler of `newLog.ts` is nobody's.
    const writes = transaction.mock.calls.filter(([stores, mode]) => mode === 'readwrite' && String(stores) !== TURN.name)
    expect(writes.length).toBeGreaterThan(0)
    for (const call of writes) expect(call[2]).toEqual({ durability: 'strict' })
  })

  it('puts nothing into the database for an empty page', async () => {
    const tab = await openTab()
    const session = await tab.sketches.create(EMPTY)
    await session.record({ ...EMPTY })
    await session.recordLook({ age: 20 })
    await session.saveThumbnails({ sketch: { mime: 'image/png', bytes: new Uint8Array(3) } })
    expect((await tab.sketches.list()).total).toBe(0)
    await session.record(withStroke(EMPTY, 'a'))
    expect((await tab.sketches.list()).items).toMatchObject([{ id: 'sketch-1', strokeCount: 1, look: { age: 20 } }])
  })

  it('puts an empty page into the database when something else belongs to it', async () => {
    const name = freshDatabaseName()
    const tab = await openTab(name)
    const session = await tab.sketches.create(EMPTY)
    expect(session.isKept).toBe(false)
    await session.keep()
    await session.keep()
    expect(session.isKept).toBe(true)
    expect((await tab.sketches.list()).items).toMatchObject([{ id: 'sketch-1', strokeCount: 0 }])
    await session.close()
    expect((await (await openTab(name)).sketches.openLast())?.sketchId).toBe('sketch-1')
    await expect(session.keep()).rejects.toMatchObject({ code: 'bad-request' })
  })

  it('keeps what was chosen of the tolerance, and forgets it with the choice', async () => {
    const tab = await openTab()
    const session = await tab.sketches.create(documentOf('sketch-1', ['a'], 'One'), { tolerance: { jaw: 0.9 } })
    expect(session.tolerance).toEqual({ jaw: 0.9 })
    await session.recordTolerance({ jaw: 0.2, eyes: 0 })
    expect(await tab.sketches.read('sketch-1')).toMatchObject({ tolerance: { jaw: 0.2, eyes: 0 } })
    const copy = await tab.sketches.open(await tab.sketches.duplicate('sketch-1'))
    expect(copy.tolerance).toEqual({ jaw: 0.2, eyes: 0 })
    await session.close()
    const again = await tab.sketches.open('sketch-1')
    expect(again.tolerance).toEqual({ jaw: 0.2, eyes: 0 })
    await again.recordTolerance({})
    expect(await tab.sketches.read('sketch-1')).not.toHaveProperty('tolerance')
  })

  it('brings a sketch back that is deleted or purged elsewhere, with every stroke; a look alone does not', async () => {
    const name = freshDatabaseName()
    const tab = await openTab(name)
    const other = await openTab(name)
    const session = await tab.sketches.create(documentOf('sketch-1', ['a'], 'In work'))
    await other.sketches.delete('sketch-1')
    await session.recordLook({ age: 30 })
    expect((await other.sketches.list()).total).toBe(0)
    await session.record(withStroke(session.document, 'b'))
    expect((await other.sketches.list()).items).toMatchObject([{ id: 'sketch-1', name: 'In work', strokeCount: 2, look: { age: 30 } }])
    await other.sketches.delete('sketch-1')
    await other.sketches.purge()
    await session.record(withStroke(session.document, 'c'))
    expect((await (await openTab(name)).sketches.open('sketch-1')).document.strokes.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
  })

  it('does not undo a rename made in the list', async () => {
    const tab = await openTab()
    const session = await tab.sketches.create(documentOf('sketch-1', ['a'], 'Old'))
    await tab.sketches.rename('sketch-1', 'New')
    await tab.sketches.setTags('sketch-1', ['x', 'x', 'y'])
    await session.record(withStroke(session.document, 'b'))
    expect(await tab.sketches.get('sketch-1')).toMatchObject({ name: 'New', tags: ['x', 'y'], strokeCount: 2 })
  })

  it('is refused after closing', async () => {
    const session = await (await openTab()).sketches.create(EMPTY)
    await session.close()
    await expect(session.record(withStroke(EMPTY, 'a'))).rejects.toMatchObject({ code: 'bad-request' })
  })
})

describe('a full disk', () => {
  it('is told as storage-full with a way on, and all is written once there is space', async () => {
    const name = freshDatabaseName()
    const session = await (await openTab(name)).sketches.create(EMPTY)
    const states: (StudioError | null)[] = []
    session.onState((error) => states.push(error))
    await session.record(withStroke(EMPTY, 'a'))

    fillDisk()
    const second = withStroke(session.document, 'b')
    await expect(session.record(second)).rejects.toMatchObject({ code: 'storage-full', message: expect.stringContaining('export') })
    expect(states.map((error) => error?.code ?? null)).toEqual([null, 'storage-full'])
    expect(session.hasUnsaved).toBe(true)
    const late: (StudioError | null)[] = []
    session.onState((error) => late.push(error))
    expect(late).toHaveLength(1)
    await expect(session.flushed()).rejects.toMatchObject({ code: 'storage-full' })

    vi.restoreAllMocks()
    const third = withStroke(second, 'c')
    await session.record(third)
    expect(session.hasUnsaved).toBe(false)
    expect((await (await openTab(name)).sketches.open('sketch-1')).document).toEqual(third)
  })

  it('is told too when the browser only finds out while it commits', async () => {
    const session = await (await openTab()).sketches.create(EMPTY)
    const put = IDBObjectStore.prototype.put
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...args) {
      const request = put.apply(this, args)
      Object.defineProperty(this.transaction, 'error', { value: new DOMException('no space left', 'QuotaExceededError') })
      this.transaction.abort()
      return request
    })
    await expect(session.record(withStroke(EMPTY, 'a'))).rejects.toMatchObject({ code: 'storage-full' })
  })

  it('may be ignored by the caller: a failed record raises no unhandled rejection', async () => {
    const unhandled = vi.fn()
    process.on('unhandledRejection', unhandled)
    const session = await (await openTab()).sketches.create(EMPTY)
    fillDisk()
    void session.record(withStroke(EMPTY, 'a'))
    await expect(session.flushed()).rejects.toThrow()
    await new Promise((resolve) => setTimeout(resolve, 20))
    process.off('unhandledRejection', unhandled)
    expect(unhandled).not.toHaveBeenCalled()
  })

  it('loses nothing when the sketch is closed: it can be opened again, and is written once there is space', async () => {
    const [name, locks] = [freshDatabaseName(), lockTable()]
    const tab = await openTab(name, locks)
    const session = await tab.sketches.create(documentOf('sketch-1', ['a']))
    const drawn = withStroke(session.document, 'b')
    fillDisk()
    void session.record(drawn)
    await session.close()
    expect((await tab.sketches.open('sketch-1')).document).toEqual(drawn)
    await session.close()
    expect(await locks.acquire('sketch-1')).toBeNull()

    vi.restoreAllMocks()
    await tab.sketches.purge([])
    await vi.waitFor(async () => expect(await locks.acquire('sketch-1')).not.toBeNull())
    const second = await openTab(name)
    expect((await second.sketches.read('sketch-1'))?.document).toEqual(drawn)
  })
})

describe('two tabs', () => {
  it('gives the second a copy with a notice, and neither overwrites the other', async () => {
    const [name, locks] = [freshDatabaseName(), lockTable()]
    const [first, second] = [await openTab(name, locks), await openTab(name, locks)]
    const original = await first.sketches.create(documentOf('sketch-1', ['a'], 'Ann'))
    const copy = await second.sketches.openLast()
    if (!copy) throw new Error('expected the last sketch')
    expect(copy.notices).toMatchObject([{ kind: 'opened-as-copy', originalId: 'sketch-1' }])
    expect(copy.document).toMatchObject({ name: 'Ann (copy)', strokes: original.document.strokes })
    expect((await second.sketches.list()).total).toBe(1)

    await copy.record(withStroke(copy.document, 'mine'))
    await original.record(withStroke(original.document, 'theirs'))
    const ids = async (id: string) => (await first.sketches.read(id))?.document.strokes.map((stroke) => stroke.id)
    expect(await ids('sketch-1')).toEqual(['a', 'theirs'])
    expect(await ids(copy.sketchId)).toEqual(['a', 'mine'])
  })

  it('lets the second in when the first has closed', async () => {
    const [name, locks] = [freshDatabaseName(), lockTable()]
    const [first, second] = [await openTab(name, locks), await openTab(name, locks)]
    await (await first.sketches.create(documentOf('sketch-1', ['a']))).close()
    expect((await second.sketches.open('sketch-1')).notices).toEqual([])
  })

  it('without locks, goes on as a copy when the other tab wrote first', async () => {
    const name = freshDatabaseName()
    const [first, second] = [await openTab(name, lockTable()), await openTab(name, lockTable())]
    const one = await first.sketches.create(documentOf('sketch-1', ['a']))
    const two = await second.sketches.open('sketch-1')
    await one.record(withStroke(one.document, 'one'))
    await two.record(withStroke(two.document, 'two'))
    expect(two.sketchId).not.toBe('sketch-1')
    expect(two.notices).toMatchObject([{ kind: 'opened-as-copy', originalId: 'sketch-1' }])
    expect((await first.sketches.read('sketch-1'))?.document.strokes.map(({ id }) => id)).toEqual(['a', 'one'])
    expect((await first.sketches.read(two.sketchId))?.document.strokes.map(({ id }) => id)).toEqual(['a', 'two'])
  })

  it('tells the other tab that the list has changed', async () => {
    const name = freshDatabaseName()
    const [first, second] = [await openTab(name), await openTab(name)]
    const told = new Promise<void>((resolve) => second.sketches.onChange(resolve))
    await first.sketches.create(documentOf('sketch-1', ['a']))
    await told
    await Promise.all([first.close(), second.close()])
  })
})

describe('one tab', () => {
  it('gives the same session for a new sketch that is still being drawn', async () => {
    const tab = await openTab()
    const session = await tab.sketches.create(documentOf('sketch-1', ['a']))
    expect(await tab.sketches.open('sketch-1')).toBe(session)
    await session.close()
    await session.record(withStroke(session.document, 'b'))
    expect((await tab.sketches.get('sketch-1'))?.strokeCount).toBe(2)
  })

  it('shares the session of a sketch that is opened twice, until both have closed it', async () => {
    const tab = await openTab()
    await (await tab.sketches.create(documentOf('sketch-1', ['a']))).close()
    const [one, two] = await Promise.all([tab.sketches.open('sketch-1'), tab.sketches.open('sketch-1')])
    expect(two).toBe(one)
    await one.close()
    await two.record(withStroke(two.document, 'b'))
    await two.close()
    await expect(two.record(withStroke(two.document, 'c'))).rejects.toMatchObject({ code: 'bad-request' })
    expect((await tab.sketches.open('sketch-1')).document.strokes).toHaveLength(2)
  })

  it('brings a drawing back that was deleted for good while it was open', async () => {
    const tab = await openTab()
    const session = await tab.sketches.create(documentOf('sketch-1', ['a']))
    await tab.sketches.purge(['sketch-1'])
    const drawn = withStroke(session.document, 'b')
    await session.record(drawn)
    await session.close()
    expect((await tab.sketches.open('sketch-1')).document).toEqual(drawn)
  })
})
