import 'fake-indexeddb/auto'
import { forceCloseDatabase } from 'fake-indexeddb'
import { openDB } from 'idb'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { SketchDocument } from '../editor/document'
import { COMPACTION } from './journalWrite'
import type { JournalRow } from './rows'
import { openStorage } from './storage'
import { documentOf, freshDatabaseName, lockTable, strokeOf, withStroke } from './testing'
import type { SketchSession, StudioStorage } from './types'

const EMPTY = documentOf('sketch-1', [])

/** A browser in which tabs are opened and killed: the database stays, locks are freed by the kill. */
function browser() {
  const databaseName = freshDatabaseName()
  return { databaseName, openTab: (locks = lockTable()) => openStorage({ databaseName, locks }) }
}

async function drawStrokes(session: SketchSession, count: number): Promise<SketchDocument> {
  let document = session.document
  for (let i = 0; i < count; i++) {
    document = withStroke(document, `s${document.strokes.length}`)
    await session.record(document)
  }
  return document
}

async function reopen(tab: StudioStorage, id = 'sketch-1') {
  const session = await tab.sketches.open(id)
  return { session, document: session.document, notices: session.notices }
}

async function journalOf(databaseName: string) {
  const database = await openDB(databaseName)
  const entries: JournalRow[] = await database.getAll('journal')
  database.close()
  return entries
}

async function changeJournal(databaseName: string, index: number, change: (entry: JournalRow) => unknown) {
  const database = await openDB(databaseName)
  const entry: JournalRow = (await database.getAll('journal'))[index]
  const changed = change(entry)
  if (changed === undefined) await database.delete('journal', [entry.sketchId, entry.seq])
  else await database.put('journal', changed)
  database.close()
}

afterEach(() => vi.restoreAllMocks())

describe('after the page was killed', () => {
  it('has every stroke whose promise resolved, and is what opens first', async () => {
    const { openTab } = browser()
    const session = await (await openTab()).sketches.create(EMPTY, { look: { age: 40 } })
    const drawn = await drawStrokes(session, 7)
    const again = await (await openTab()).sketches.openLast()
    expect(again?.document).toEqual(drawn)
    expect(again?.look).toEqual({ age: 40 })
    expect(again?.notices).toEqual([])
  })

  it('loses only the stroke that was being written', async () => {
    const { openTab } = browser()
    const session = await (await openTab()).sketches.create(EMPTY)
    const drawn = await drawStrokes(session, 3)
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore) {
      this.transaction.abort()
      throw new DOMException('the page is gone', 'UnknownError')
    })
    await expect(session.record(withStroke(drawn, 'under the pen'))).rejects.toMatchObject({ code: 'storage-unavailable' })
    vi.restoreAllMocks()
    expect((await reopen(await openTab())).document).toEqual(drawn)
  })

  it('has changes and removals too, and goes on from there', async () => {
    const { openTab } = browser()
    const session = await (await openTab()).sketches.create(EMPTY)
    const drawn = await drawStrokes(session, 4)
    const [a, b, , d] = drawn.strokes
    if (!a || !b || !d) throw new Error('expected four strokes')
    const edited = { ...drawn, name: 'Renamed', tags: ['new'], strokes: [d, strokeOf('s0', { widthPx: 5 }), b] }
    await session.record(edited)
    const second = await reopen(await openTab())
    expect(second.document).toEqual(edited)
    const drawnOn = withStroke(edited, 'later')
    await second.session.record(drawnOn)
    expect((await reopen(await openTab())).document).toEqual(drawnOn)
  })

  it('recovers across compaction, whose snapshot empties the journal', async () => {
    const { openTab, databaseName } = browser()
    const session = await (await openTab()).sketches.create(EMPTY)
    const drawn = await drawStrokes(session, COMPACTION.entries + 5)
    expect((await journalOf(databaseName)).length).toBeLessThan(COMPACTION.entries)
    expect((await reopen(await openTab())).document).toEqual(drawn)
  })

  it('compacts by weight as well, when one stroke is dragged over and over', async () => {
    const { openTab, databaseName } = browser()
    const session = await (await openTab()).sketches.create(EMPTY)
    const points = Array.from({ length: 3000 }, (_, i) => i / 10)
    let document = EMPTY
    for (let i = 0; i < 30; i++) {
      document = { ...document, strokes: [strokeOf('dragged', { points: points.map((value) => value + i) })] }
      await session.record(document)
    }
    expect((await journalOf(databaseName)).length).toBeLessThan(20)
    expect((await reopen(await openTab())).document).toEqual(document)
  })
})

describe('a damaged journal', () => {
  it.each<[string, (entry: JournalRow) => unknown]>([
    ['loses its last entry when that has no delta', (entry) => ({ sketchId: entry.sketchId, seq: entry.seq })],
    ['loses it when its checksum is wrong', (entry) => ({ ...entry, checksum: entry.checksum ^ 1 })],
    ['loses it when its delta belongs elsewhere', (entry) => ({ ...entry, delta: { ...entry.delta, beforeCount: 99 } })],
  ])('%s, with a notice, and is whole again after the next stroke', async (_what, damage) => {
    const { openTab, databaseName } = browser()
    const session = await (await openTab()).sketches.create(EMPTY)
    const drawn = await drawStrokes(session, 4)
    await changeJournal(databaseName, -1 + (await journalOf(databaseName)).length, damage)

    const recovered = await reopen(await openTab())
    const before = { ...drawn, strokes: drawn.strokes.slice(0, 3) }
    expect(recovered.document).toEqual(before)
    expect(recovered.notices).toMatchObject([{ kind: 'changes-dropped', count: 1 }])

    const drawnOn = withStroke(before, 'later')
    await recovered.session.record(drawnOn)
    const whole = await reopen(await openTab())
    expect(whole.document).toEqual(drawnOn)
    expect(whole.notices).toEqual([])
  })

  it('keeps what was before a missing entry in the middle', async () => {
    const { openTab, databaseName } = browser()
    const drawn = await drawStrokes(await (await openTab()).sketches.create(EMPTY), 5)
    await changeJournal(databaseName, 1, () => undefined)
    const recovered = await reopen(await openTab())
    expect(recovered.document.strokes).toEqual(drawn.strokes.slice(0, 2))
    expect(recovered.notices).toMatchObject([{ kind: 'changes-dropped', count: 2 }])
  })

  it('keeps the readable strokes of a damaged snapshot', async () => {
    const { openTab, databaseName } = browser()
    const tab = await openTab()
    await tab.sketches.create(documentOf('sketch-1', ['a', 'b', 'c']))
    const database = await openDB(databaseName)
    const snapshot = await database.get('snapshots', 'sketch-1')
    snapshot.document.strokes[1].points = 'gone'
    await database.put('snapshots', snapshot)
    database.close()
    const recovered = await reopen(await openTab())
    expect(recovered.document.strokes.map(({ id }) => id)).toEqual(['a', 'c'])
    expect(recovered.notices).toMatchObject([{ kind: 'strokes-dropped', count: 1 }])
  })

  it('refuses a sketch of a newer version instead of damaging it', async () => {
    const { openTab, databaseName } = browser()
    const tab = await openTab()
    await tab.sketches.create(documentOf('sketch-1', ['a']))
    const database = await openDB(databaseName)
    const snapshot = await database.get('snapshots', 'sketch-1')
    snapshot.document.version = 99
    await database.put('snapshots', snapshot)
    database.close()
    await expect(reopen(await openTab())).rejects.toMatchObject({
      code: 'bad-project',
      message: expect.stringContaining('newer Face Studio'),
    })
  })
})

describe('a connection that the browser drops', () => {
  it('is opened again, and what was drawn meanwhile is written', async () => {
    const { openTab } = browser()
    const session = await (await openTab()).sketches.create(EMPTY)
    const connections = new Set<IDBDatabase>()
    const transaction = IDBDatabase.prototype.transaction
    vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (this: IDBDatabase, ...args) {
      connections.add(this)
      return transaction.apply(this, args)
    })
    let drawn = await drawStrokes(session, 2)
    for (const connection of connections) forceCloseDatabase(connection as never)
    drawn = await drawStrokes(session, 2)
    expect(connections.size).toBe(2)
    expect((await reopen(await openTab())).document).toEqual(drawn)
  })

  it('is given up for a newer studio in another tab, which is told plainly', async () => {
    const { openTab, databaseName } = browser()
    const session = await (await openTab()).sketches.create(EMPTY)
    await drawStrokes(session, 1)
    const newer = await openDB(databaseName, 99)
    await expect(session.record(withStroke(session.document, 'x'))).rejects.toMatchObject({
      code: 'storage-unavailable',
      message: expect.stringContaining('newer Face Studio'),
    })
    newer.close()
  })
})
