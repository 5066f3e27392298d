import 'fake-indexeddb/auto'
import { describe, expect, it, vi } from 'vitest'
import type { SketchDocument } from '../editor/document'
import { openStorage } from './storage'
import { documentOf, freshDatabaseName, lockTable, strokeOf } from './testing'
import type { OpenStorageOptions, StudioStorage, Thumbnail } from './types'

/** A storage whose clock ticks a second with every look at it. */
async function openTicking(options: OpenStorageOptions) {
  let time = Date.UTC(2026, 10, 20)
  const clock = {
    now: () => {
      time += 1000
      return time
    },
    pass: (ms: number) => {
      time += ms
    },
  }
  const reopen = () => openStorage({ locks: lockTable(), ...options, now: clock.now })
  return { storage: await reopen(), clock, reopen }
}

async function keep(storage: StudioStorage, id: string, name: string, tags: readonly string[] = []): Promise<SketchDocument> {
  const document = { ...documentOf(id, ['a', 'b'], name), tags }
  await (await storage.sketches.create(document)).close()
  return document
}

const namesOf = async (storage: StudioStorage, query?: Parameters<StudioStorage['sketches']['list']>[0]) =>
  (await storage.sketches.list(query)).items.map(({ name }) => name)

describe.each<[string, () => OpenStorageOptions]>([
  ['indexeddb', () => ({ databaseName: freshDatabaseName() })],
  ['memory', () => ({ inMemory: true })],
])('the sketch database in %s', (kind, options) => {
  it('says where it keeps things', async () => {
    const { storage } = await openTicking(options())
    expect(storage.kind).toBe(kind)
    expect(storage.warning).toBeNull()
  })

  it('lists the newest change first, in pages', async () => {
    const { storage } = await openTicking(options())
    for (const name of ['one', 'two', 'three', 'four']) await keep(storage, name, name)
    const first = await storage.sketches.open('one')
    await first.record({ ...first.document, strokes: [strokeOf('z')] })
    expect(await namesOf(storage)).toEqual(['one', 'four', 'three', 'two'])
    const page = await storage.sketches.list({ offset: 1, limit: 2 })
    expect(page.items.map(({ name }) => name)).toEqual(['four', 'three'])
    expect(page.total).toBe(4)
  })

  it('finds names and tags by words, whatever their case and accents', async () => {
    const { storage } = await openTicking(options())
    await keep(storage, '1', 'Zoë smiling', ['client', 'beard'])
    await keep(storage, '2', 'Old man', ['beard'])
    await keep(storage, '3', '李雷', ['草图'])
    expect(await namesOf(storage, { text: 'ZOE' })).toEqual(['Zoë smiling'])
    expect(await namesOf(storage, { text: ' bea  man ' })).toEqual(['Old man'])
    expect(await namesOf(storage, { text: '草' })).toEqual(['李雷'])
    expect(await namesOf(storage, { tags: ['beard', 'client'] })).toEqual(['Zoë smiling'])
    expect(await namesOf(storage, { text: 'nobody' })).toEqual([])
    expect(await storage.sketches.tags()).toEqual([
      { tag: 'beard', count: 2 },
      { tag: 'client', count: 1 },
      { tag: '草图', count: 1 },
    ])
  })

  it('renames, tags, and says so to whoever listens', async () => {
    const { storage } = await openTicking(options())
    await keep(storage, '1', 'Old')
    const told = vi.fn()
    const stop = storage.sketches.onChange(told)
    await storage.sketches.rename('1', 'New')
    await storage.sketches.setTags('1', ['x'])
    expect(told).toHaveBeenCalledTimes(2)
    stop()
    expect((await storage.sketches.open('1')).document).toMatchObject({ name: 'New', tags: ['x'] })
    await expect(storage.sketches.rename('none', 'x')).rejects.toMatchObject({ code: 'bad-request' })
  })

  it('duplicates with everything, and the two then go their own ways', async () => {
    const { storage } = await openTicking(options())
    const document = await keep(storage, '1', 'Ann', ['t'])
    const picture: Thumbnail = { mime: 'image/png', bytes: Uint8Array.of(1, 2, 3) }
    const session = await storage.sketches.open('1')
    await session.saveThumbnails({ sketch: picture })
    const copyId = await storage.sketches.duplicate('1')
    const copy = await storage.sketches.open(copyId)
    expect(copy.document).toEqual({ ...document, id: copyId, name: 'Ann (copy)' })
    expect((await storage.sketches.get(copyId))?.thumbnails).toEqual({ sketch: picture, face: null })
    await copy.record({ ...copy.document, strokes: [] })
    expect((await storage.sketches.read('1'))?.document).toEqual(document)
    expect(await storage.sketches.get(await storage.sketches.duplicate('1', '安（副本）'))).toMatchObject({ name: '安（副本）' })
  })

  it('keeps one thumbnail when the other is renewed', async () => {
    const { storage } = await openTicking(options())
    await keep(storage, '1', 'Ann')
    const session = await storage.sketches.open('1')
    const thumbnail = (byte: number): Thumbnail => ({ mime: 'image/webp', bytes: Uint8Array.of(byte) })
    await session.saveThumbnails({ sketch: thumbnail(1), face: thumbnail(2) })
    await session.saveThumbnails({ face: thumbnail(3) })
    expect((await storage.sketches.list()).items[0]?.thumbnails).toEqual({ sketch: thumbnail(1), face: thumbnail(3) })
  })

  it('deletes with undo, and for good', async () => {
    const { storage } = await openTicking(options())
    const document = await keep(storage, '1', 'Ann')
    await keep(storage, '2', 'Bob')
    await storage.sketches.delete('1')
    expect(await namesOf(storage)).toEqual(['Bob'])
    expect(await namesOf(storage, { deleted: true })).toEqual(['Ann'])
    await expect(storage.sketches.open('1')).rejects.toMatchObject({ code: 'bad-request' })
    await storage.sketches.restore('1')
    expect((await storage.sketches.read('1'))?.document).toEqual(document)
    await storage.sketches.delete('1')
    await storage.sketches.purge()
    expect(await storage.sketches.get('1')).toBeNull()
    expect(await storage.sketches.read('1')).toBeNull()
    expect(await namesOf(storage)).toEqual(['Bob'])
    await storage.sketches.purge(['2'])
    expect((await storage.sketches.list()).total).toBe(0)
  })

  it('remembers what was open last, until an empty page is started or it is gone', async () => {
    const { storage } = await openTicking(options())
    expect(await storage.sketches.openLast()).toBeNull()
    await keep(storage, '1', 'Ann')
    await keep(storage, '2', 'Bob')
    await (await storage.sketches.open('1')).close()
    const last = await storage.sketches.openLast()
    expect(last?.sketchId).toBe('1')
    await last?.close()
    await storage.sketches.create(documentOf('3', []))
    expect(await storage.sketches.openLast()).toBeNull()
    await (await storage.sketches.open('2')).close()
    await storage.sketches.delete('2')
    expect(await storage.sketches.openLast()).toBeNull()
  })

  it('gives a new id to a document whose id is taken', async () => {
    const { storage } = await openTicking(options())
    const document = await keep(storage, '1', 'Ann')
    const other = await storage.sketches.create(documentOf('1', ['x']))
    expect(other.sketchId).not.toBe('1')
    expect(other.document.id).toBe(other.sketchId)
    expect((await storage.sketches.read('1'))?.document).toEqual(document)
  })

  it('reads what is being drawn, not only what is stored', async () => {
    const { storage } = await openTicking(options())
    const session = await storage.sketches.create(documentOf('1', []))
    void session.record(documentOf('1', ['fresh']))
    expect((await storage.sketches.read('1'))?.document.strokes).toHaveLength(1)
  })

  it('keeps settings as plain values', async () => {
    const { storage } = await openTicking(options())
    expect(await storage.settings.get('pen')).toBeUndefined()
    await storage.settings.set('pen', { widthPx: 3 })
    await storage.settings.set('theme', 'dark')
    await keep(storage, '1', 'Ann')
    expect(await storage.settings.get('pen')).toEqual({ widthPx: 3 })
    expect(await storage.settings.getAll()).toEqual({ pen: { widthPx: 3 }, theme: 'dark' })
    await expect(storage.settings.set('bad', () => undefined)).rejects.toMatchObject({ code: 'bad-request' })
  })

  it('merges sketches without overwriting', async () => {
    const { storage } = await openTicking(options())
    const same = await keep(storage, '1', 'Same')
    const mine = await keep(storage, '2', 'Mine')
    const theirs = documentOf('2', ['q'], 'Theirs')
    const fresh = documentOf('3', ['a'], 'Fresh')
    const report = await storage.sketches.merge([
      { document: same, look: {} },
      { document: theirs, look: { age: 30 }, createdAt: 5, updatedAt: 6 },
      { document: fresh, look: {} },
    ])
    expect(report).toEqual({ added: 2, alreadyThere: 1, renumbered: 1 })
    expect((await storage.sketches.read('2'))?.document).toEqual(mine)
    const listed = (await storage.sketches.list()).items
    expect(listed.map(({ name }) => name).sort()).toEqual(['Fresh', 'Mine', 'Same', 'Theirs'])
    const added = listed.find(({ name }) => name === 'Theirs')
    expect(added).toMatchObject({ createdAt: 5, updatedAt: 6, look: { age: 30 }, strokeCount: 1 })
    expect((await storage.sketches.open(added?.id ?? '')).document.strokes).toEqual(theirs.strokes)
  })
})

describe('in IndexedDB', () => {
  it('adds nothing of a merge that fails half way', async () => {
    const { storage } = await openTicking({ databaseName: freshDatabaseName() })
    await keep(storage, '1', 'Ann')
    const before = await storage.sketches.list()
    const put = IDBObjectStore.prototype.put
    let calls = 0
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...args) {
      if (++calls > 3) throw new DOMException('no space left', 'QuotaExceededError')
      return put.apply(this, args)
    })
    const projects = ['x', 'y', 'z'].map((id) => ({ document: documentOf(id, ['a']), look: {} }))
    await expect(storage.sketches.merge(projects)).rejects.toMatchObject({ code: 'storage-full' })
    vi.restoreAllMocks()
    expect(await storage.sketches.list()).toEqual(before)
  })
})

describe('openStorage', () => {
  it('goes on in memory with a warning when IndexedDB is forbidden', async () => {
    vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('not in private mode', 'SecurityError')
    })
    const storage = await openStorage({ databaseName: freshDatabaseName() })
    vi.restoreAllMocks()
    expect(storage.kind).toBe('memory')
    expect(storage.warning).toMatchObject({ code: 'storage-unavailable', message: expect.stringContaining('export') })
    const session = await storage.sketches.create(documentOf('1', []))
    await session.record(documentOf('1', ['a']))
    expect((await storage.sketches.list()).total).toBe(1)
  })

  it('goes on in memory when there is no IndexedDB at all', async () => {
    vi.stubGlobal('indexedDB', undefined)
    const storage = await openStorage()
    vi.unstubAllGlobals()
    expect(storage.warning?.code).toBe('storage-unavailable')
  })

  it('asks only once to be kept, and reports from then on', async () => {
    const manager = {
      persisted: vi.fn(async () => false),
      persist: vi.fn(async () => false),
      estimate: async () => ({ usage: 5, quota: 10 }),
    }
    vi.stubGlobal('navigator', { storage: manager })
    const storage = await openStorage({ databaseName: freshDatabaseName(), locks: lockTable() })
    expect(await storage.requestPersistence()).toBe('denied')
    expect(await storage.requestPersistence()).toBe('denied')
    expect(manager.persist).toHaveBeenCalledTimes(1)
    manager.persisted.mockResolvedValue(true)
    expect(await storage.requestPersistence()).toBe('granted')
    expect(await storage.usage()).toEqual({ usedBytes: 5, quotaBytes: 10 })
    vi.unstubAllGlobals()
  })

  it('says unsupported and null where the browser has no storage manager', async () => {
    vi.stubGlobal('navigator', {})
    const storage = await openStorage({ inMemory: true })
    expect(await storage.requestPersistence()).toBe('unsupported')
    expect(await storage.usage()).toBeNull()
    vi.unstubAllGlobals()
  })
})
