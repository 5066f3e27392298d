import 'fake-indexeddb/auto'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { SketchDocument } from '../../editor/document'
import type { EditKind } from '../../editor/history'
import { createHistory, type History } from '../../editor/history'
import { openIndexedDatabase } from '../indexedDatabase'
import { openStorage } from '../storage'
import { documentOf, freshDatabaseName, lockTable, strokeOf, withStroke } from '../testing'
import type { SketchSession } from '../types'
import { HISTORY_LIMITS, planWrite } from './historyLog'
import { HISTORY_HEADS, HISTORY_STEPS } from './historyTables'

const MANY = 1_000

/** A page with a history, whose every change is recorded as the studio records it. */
async function openPage(databaseName: string, locks = lockTable(), id = 'sketch-1') {
  const storage = await openStorage({ databaseName, locks })
  const session = await storage.sketches.open(id).catch(() => storage.sketches.create(documentOf(id, [])))
  const history = createHistory(session.document, session.timeline)
  const record = (): void => void session.record(history.document, history.timeline(HISTORY_LIMITS.steps))
  return {
    storage,
    session,
    history,
    commit: (kind: EditKind, change: (document: SketchDocument) => SketchDocument) => {
      history.commit(kind, change(history.document))
      record()
    },
    undo: () => record1(history.undo(), record),
    redo: () => record1(history.redo(), record),
    reload: async () => {
      await storage.close()
      return await openPage(databaseName, lockTable(), session.sketchId)
    },
  }
}

function record1(kind: EditKind | null, record: () => void): EditKind | null {
  if (kind) record()
  return kind
}

const ids = ({ document }: History | SketchSession): string[] => document.strokes.map(({ id }) => id)
const without = (id: string) => (document: SketchDocument) => ({
  ...document,
  strokes: document.strokes.filter((stroke) => stroke.id !== id),
})

/** Everything that a person could go through with undo and redo, from the first document to the last. */
function walk(history: History): { strokes: unknown; name: string; leftOut: unknown; kind: EditKind | null }[] {
  while (history.undo()) {}
  const seen = []
  let kind: EditKind | null = null
  do {
    const { strokes, name, leftOut } = history.document
    seen.push({ strokes, name, leftOut, kind })
    kind = history.redo()
  } while (kind)
  return seen
}

afterEach(() => vi.restoreAllMocks())

describe('history over a reload', () => {
  it('undoes and redoes every kind of change as before', async () => {
    const page = await openPage(freshDatabaseName())
    page.commit('draw', (document) => withStroke(document, 'a'))
    page.commit('draw', (document) => withStroke(document, 'b'))
    page.commit('move', (document) => ({ ...document, strokes: [strokeOf('a', { points: [1, 2, 0.5] }), ...document.strokes.slice(1)] }))
    page.commit('rename', (document) => ({ ...document, name: 'Renamed' }))
    page.commit('setStandIns', (document) => ({ ...document, leftOut: ['nose'] }))
    page.commit('insert', (document) => ({ ...document, strokes: [...document.strokes].reverse() }))
    page.commit('erase', without('a'))
    page.undo()
    page.undo()
    const again = await page.reload()
    expect(ids(again.history)).toEqual(['a', 'b'])
    expect([again.history.undoKind, again.history.redoKind]).toEqual(['setStandIns', 'insert'])
    expect(walk(again.history)).toEqual(walk(page.history))
  })

  it('goes on from there, and forgets what was undone with the next change', async () => {
    const page = await openPage(freshDatabaseName())
    for (const id of ['a', 'b', 'c']) page.commit('draw', (document) => withStroke(document, id))
    page.undo()
    page.undo()
    const second = await page.reload()
    second.commit('draw', (document) => withStroke(document, 'd'))
    const third = await second.reload()
    expect(ids(third.history)).toEqual(['a', 'd'])
    expect(third.history.redoKind).toBeNull()
    expect(third.undo()).toBe('draw')
    expect(third.undo()).toBe('draw')
    expect(third.undo()).toBeNull()
    const fourth = await third.reload()
    expect(ids(fourth.history)).toEqual([])
    expect([fourth.redo(), fourth.redo()]).toEqual(['draw', 'draw'])
    expect(ids(fourth.history)).toEqual(['a', 'd'])
  })

  it('shares strokes with the drawing, as a history does', async () => {
    const page = await openPage(freshDatabaseName())
    for (const id of ['a', 'b']) page.commit('draw', (document) => withStroke(document, id))
    const again = await page.reload()
    const [first] = again.session.document.strokes
    again.history.undo()
    expect(again.history.document.strokes[0]).toBe(first)
  })

  it('writes only what is new', async () => {
    const page = await openPage(freshDatabaseName())
    for (let i = 0; i < 20; i++) page.commit('draw', (document) => withStroke(document, `s${i}`))
    const again = await page.reload()
    const put = vi.spyOn(IDBObjectStore.prototype, 'put')
    again.commit('draw', (document) => withStroke(document, 'new'))
    await again.session.flushed()
    const stores = put.mock.contexts.map((store) => (store as IDBObjectStore).name)
    expect(stores.filter((name) => name === 'historySteps')).toHaveLength(1)
  })

  it('is kept of the newest edits only, in steps and in bytes', async () => {
    const large = Array.from({ length: 9_000 }, (_, i) => i % 500)
    let document = documentOf('sketch-1', [])
    const history = createHistory(document)
    const commit = (points: readonly number[], i: number): void => {
      document = { ...document, strokes: [strokeOf(`s${i}`, { points })] }
      history.commit('draw', document)
    }
    for (let i = 0; i < MANY; i++) commit([i, 0, 0.5], i)
    const few = planWrite('sketch-1', null, history.timeline(MANY))
    expect(few.put).toHaveLength(HISTORY_LIMITS.steps)
    expect(few.put.at(-1)?.n).toBe(few.position - 1)
    for (let i = 0; i < 100; i++) commit(large, MANY + i)
    const heavy = planWrite('sketch-1', few.next, history.timeline(MANY))
    expect(heavy.next.bytes.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThanOrEqual(HISTORY_LIMITS.bytes)
    expect(heavy.next.bytes.length).toBeGreaterThan(20)
    expect(heavy.next.documents.at(-1)).toBe(document)
  })

  it('goes with a sketch that is purged', async () => {
    const name = freshDatabaseName()
    const page = await openPage(name)
    page.commit('draw', (document) => withStroke(document, 'a'))
    await page.session.close()
    await page.storage.sketches.delete('sketch-1')
    await page.storage.sketches.purge()
    await page.storage.close()
    const database = await openIndexedDatabase(name)
    const left = await database.read([HISTORY_STEPS, HISTORY_HEADS], async (rows) => [
      await rows.count(HISTORY_STEPS),
      await rows.count(HISTORY_HEADS),
    ])
    expect(left).toEqual([0, 0])
  })
})

describe('a history that does not fit', () => {
  async function spoiled(spoil: (row: Record<string, unknown>) => unknown) {
    const name = freshDatabaseName()
    const page = await openPage(name)
    for (const id of ['a', 'b', 'c', 'd']) page.commit('draw', (document) => withStroke(document, id))
    page.undo()
    await page.storage.close()
    const database = await openIndexedDatabase(name)
    await database.write([HISTORY_STEPS], async (rows) => {
      for (const row of await rows.all(HISTORY_STEPS)) {
        if (row.n === 1) await rows.put(HISTORY_STEPS, spoil(structuredClone(row) as unknown as Record<string, unknown>) as typeof row)
      }
    })
    database.close()
    const again = await openPage(name)
    expect(ids(again.session)).toEqual(['a', 'b', 'c'])
    expect(again.session.notices).toEqual([])
    return again
  }

  const damages: [string, (row: Record<string, unknown>) => unknown][] = [
    ['of another version', (row) => ({ ...row, version: 99 })],
    ['of an unknown kind', (row) => ({ ...row, kind: 'sorcery' })],
    ['with a broken delta', (row) => ({ ...row, backward: { beforeCount: 2, start: 1, deleteCount: 7, insert: [] } })],
    ['with other strokes', (row) => ({ ...row, before: 5 })],
  ]
  it.each(damages)('is followed up to a step %s, without a word', async (_, spoil) => {
    const again = await spoiled(spoil)
    expect(again.undo()).toBe('draw')
    expect(ids(again.history)).toEqual(['a', 'b'])
    expect(again.undo()).toBeNull()
    expect([again.redo(), again.redo()]).toEqual(['draw', 'draw'])
    // What it is worth is kept anew.
    const third = await again.reload()
    expect(ids(third.history)).toEqual(['a', 'b', 'c', 'd'])
    expect([third.undo(), third.undo(), third.undo()]).toEqual(['draw', 'draw', null])
  })

  it('is left out where the drawing is another one', async () => {
    const name = freshDatabaseName()
    const page = await openPage(name)
    page.commit('draw', (document) => withStroke(document, 'a'))
    await page.session.flushed()
    // A studio that knows no history draws on.
    await page.session.record({ ...page.history.document, strokes: [strokeOf('other')] })
    await page.storage.close()
    const again = await openPage(name)
    expect(ids(again.session)).toEqual(['other'])
    expect(again.session.timeline).toBeNull()
    again.commit('draw', (document) => withStroke(document, 'b'))
    const third = await again.reload()
    expect([third.undo(), third.undo()]).toEqual(['draw', null])
  })

  it('takes strokes that came after it as drawn, one by one: a killed page wrote them ahead', async () => {
    const name = freshDatabaseName()
    const page = await openPage(name)
    page.commit('draw', (document) => withStroke(document, 'a'))
    await page.session.flushed()
    for (const id of ['b', 'c']) await page.session.record(withStroke(page.session.document, id))
    await page.storage.close()
    const again = await openPage(name)
    expect(ids(again.session)).toEqual(['a', 'b', 'c'])
    expect(again.undo()).toBe('draw')
    expect(ids(again.history)).toEqual(['a', 'b'])
    expect([again.undo(), again.undo(), again.undo()]).toEqual(['draw', 'draw', null])
    const third = await again.reload()
    expect([third.redo(), third.redo(), third.redo()]).toEqual(['draw', 'draw', 'draw'])
  })

  it('never costs a stroke: a disk that takes the drawing alone keeps the drawing', async () => {
    const name = freshDatabaseName()
    const page = await openPage(name)
    const put = IDBObjectStore.prototype.put
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...row) {
      if (this.name.startsWith('history')) throw new DOMException('no space left', 'QuotaExceededError')
      return put.apply(this, row)
    })
    page.commit('draw', (document) => withStroke(document, 'a'))
    await page.session.flushed()
    expect(page.session.hasUnsaved).toBe(false)
    vi.restoreAllMocks()
    page.commit('draw', (document) => withStroke(document, 'b'))
    const again = await page.reload()
    expect([again.undo(), again.undo(), again.undo()]).toEqual(['draw', 'draw', null])
  })
})

describe('a second tab', () => {
  it('has the history in its copy, and keeps it there', async () => {
    const name = freshDatabaseName()
    const locks = lockTable()
    const page = await openPage(name, locks)
    for (const id of ['a', 'b']) page.commit('draw', (document) => withStroke(document, id))
    await page.session.flushed()
    const copy = await openPage(name, locks)
    expect(copy.session.sketchId).not.toBe('sketch-1')
    expect(copy.undo()).toBe('draw')
    copy.commit('draw', (document) => withStroke(document, 'c'))
    const later = await copy.reload()
    expect(ids(later.history)).toEqual(['a', 'c'])
    expect([later.undo(), later.undo(), later.undo()]).toEqual(['draw', 'draw', null])
    // The first tab's own is as it was.
    const first = await page.reload()
    expect(ids(first.history)).toEqual(['a', 'b'])
    expect([first.undo(), first.undo(), first.undo()]).toEqual(['draw', 'draw', null])
  })
})
