import 'fake-indexeddb/auto'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { SketchDocument, Stroke } from '../../editor/document'
import { drawnContour } from '../../faces/testStrokes'
import { mulberry32 } from '../../shared/rng'
import { openStorage } from '../storage'
import { aheadDisk, documentOf, freshDatabaseName, lockTable, strokeOf, withStroke } from '../testing'
import type { StudioStorage } from '../types'
import { aheadRecord, readRecords } from './aheadRecord'

const EMPTY = documentOf('sketch-1', [])

/** A browser whose pages are killed; the database's answers can be held up. */
function browser() {
  const databaseName = freshDatabaseName()
  const disk = aheadDisk()
  const openTab = (): Promise<StudioStorage> => openStorage({ databaseName, locks: lockTable(), ahead: disk.openLog() })
  const restart = async (): Promise<StudioStorage> => {
    disk.killAll()
    vi.restoreAllMocks()
    return await openTab()
  }
  return { disk, openTab, restart }
}

/** From now on no write reaches the database, as if each had been cut off by the kill. */
function cutOffWrites(): void {
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore) {
    this.transaction.abort()
    throw new DOMException('the page is gone', 'UnknownError')
  })
}

afterEach(() => vi.restoreAllMocks())

describe('a browser that is killed before the database has answered', () => {
  it('has the first stroke of a new sketch, with look, name and tags, and opens it first', async () => {
    const { openTab, restart } = browser()
    const session = await (await openTab()).sketches.create(EMPTY, { look: { age: 40 } })
    cutOffWrites()
    const drawn = { ...withStroke(EMPTY, 'a'), name: 'Łukasz', tags: ['x'] }
    session.record(drawn).catch(() => undefined)
    const again = await (await restart()).sketches.openLast()
    expect(again?.document).toEqual(drawn)
    expect(again?.look).toEqual({ age: 40 })
    expect(again?.notices).toEqual([])
  })

  it('has strokes, changes, removals and order after what the database knew', async () => {
    const { openTab, restart } = browser()
    const session = await (await openTab()).sketches.create(documentOf('sketch-1', ['a', 'b', 'c', 'd']))
    await session.flushed()
    cutOffWrites()
    const [a, , c, d] = session.document.strokes
    if (!a || !c || !d) throw new Error('expected strokes')
    const edited: SketchDocument = { ...session.document, leftOut: ['nose'], strokes: [d, { ...a, widthPx: 7 }, strokeOf('new'), c] }
    session.record(edited).catch(() => undefined)
    session.recordTolerance({ jaw: 0.25 }).catch(() => undefined)
    const again = await (await restart()).sketches.open('sketch-1')
    expect(again.document).toEqual(edited)
    expect(again.tolerance).toEqual({ jaw: 0.25 })
  })

  it('has what stood under the pen after all that was recorded, with its part as the pen-up would have told it', async () => {
    const { openTab, restart } = browser()
    const session = await (await openTab()).sketches.create(documentOf('sketch-1', ['a']))
    await session.flushed()
    cutOffWrites()
    session.record(withStroke(session.document, 'b')).catch(() => undefined)
    const { points } = drawnContour('leftBrow')
    session.underPen([strokeOf('c', { part: 'other', points }), strokeOf('d', { part: 'nose', partIsChosen: true })])
    const again = await (await restart()).sketches.open('sketch-1')
    expect(again.document.strokes.map(({ id, part }) => [id, part])).toEqual([
      ['a', 'mouth'],
      ['b', 'mouth'],
      ['c', 'leftBrow'],
      ['d', 'nose'],
    ])
    expect(again.document.strokes[2]?.points).toEqual(points)
  })

  it('names no stroke that the database has as it is, and has the page whole after undone, changed and added ones', async () => {
    const { openTab, restart } = browser()
    const ids = Array.from({ length: 200 }, (_, i) => `s${i}`)
    const session = await (await openTab()).sketches.create(documentOf('sketch-1', ids))
    session.record(session.document).catch(() => undefined)
    await session.flushed()
    const state = { document: session.document, look: {}, tolerance: {} }
    const more = withStroke(session.document, 'new')
    const record = aheadRecord('sketch-1', { ...state, document: more }, [{ state, seq: 1 }], 0, [strokeOf('pen')])
    expect(record).toMatchObject({ keeps: 200, order: ['new', 'pen'] })
    expect(record.strokes.map(({ id }) => id)).toEqual(['new', 'pen'])

    cutOffWrites()
    const [first, , ...others] = session.document.strokes
    session.record({ ...session.document, strokes: [...(first ? [first] : []), ...others.slice(0, -1)] }).catch(() => undefined)
    session.underPen([strokeOf('pen')])
    const again = await (await restart()).sketches.open('sketch-1')
    expect(again.document.strokes.map(({ id }) => id)).toEqual(['s0', ...ids.slice(2, -1), 'pen'])
  })

  it('has the first stroke of all though the pen was never lifted, and none that was dropped, recorded or left', async () => {
    const { openTab, restart, disk } = browser()
    const session = await (await openTab()).sketches.create(EMPTY)
    session.underPen([strokeOf('a')])
    expect(session.hasUnsaved).toBe(false)
    session.underPen([])
    expect(disk.pending()).toBe(0)
    session.underPen([strokeOf('b')])
    const again = await (await restart()).sketches.openLast()
    expect(again?.document.strokes.map(({ id }) => id)).toEqual(['b'])

    again?.underPen([strokeOf('c')])
    await again?.record(withStroke(again.document, 'c'))
    expect(disk.pending()).toBe(0)
    again?.underPen([strokeOf('d')])
    await again?.close()
    expect(disk.pending()).toBe(0)
    expect((await (await restart()).sketches.openLast())?.document.strokes.map(({ id }) => id)).toEqual(['b', 'c'])
  })

  it('keeps what is under the pen while the database confirms what came before it', async () => {
    const { openTab, restart } = browser()
    const session = await (await openTab()).sketches.create(EMPTY)
    const written = session.record(withStroke(EMPTY, 'a'))
    session.underPen([strokeOf('b')])
    await written
    const again = await (await restart()).sketches.openLast()
    expect(again?.document.strokes.map(({ id }) => id)).toEqual(['a', 'b'])
  })

  it('has a drawing that was to be taken where it lies, or no longer', async () => {
    const { openTab, restart } = browser()
    const session = await (await openTab()).sketches.create(documentOf('sketch-1', ['a']))
    await session.flushed()
    cutOffWrites()
    session.record({ ...session.document, unplaced: true }).catch(() => undefined)
    const again = await (await restart()).sketches.open('sketch-1')
    expect(again.document.unplaced).toBe(true)
    const { unplaced: _, ...placed } = again.document
    cutOffWrites()
    again.record(placed).catch(() => undefined)
    expect((await (await restart()).sketches.open('sketch-1')).document).not.toHaveProperty('unplaced')
  })

  it('leaves nothing behind once the database has everything', async () => {
    const { disk, openTab, restart } = browser()
    const session = await (await openTab()).sketches.create(EMPTY)
    await session.record(withStroke(EMPTY, 'a'))
    expect(disk.pending()).toBe(0)
    cutOffWrites()
    session.record(withStroke(session.document, 'b')).catch(() => undefined)
    expect(disk.pending()).toBe(1)
    await restart()
    expect(disk.pending()).toBe(0)
  })

  it('passes over a record that the database is ahead of', async () => {
    const { openTab, restart, disk } = browser()
    const tab = await openTab()
    const session = await tab.sketches.create(documentOf('sketch-1', ['a']))
    await session.flushed()
    // As if the page had been killed between the database's answer and the clearing of the log.
    const stale = disk.openLog()
    const record = { sketchId: 'sketch-1', at: 1, follows: [0], order: ['x'], strokes: [strokeOf('x')], version: EMPTY.version }
    await stale.put(record)
    const again = await (await restart()).sketches.open('sketch-1')
    expect(again.document.strokes.map(({ id }) => id)).toEqual(['a'])
  })

  it('keeps the log when it cannot be written, for the next start', async () => {
    const { openTab, restart, disk } = browser()
    const session = await (await openTab()).sketches.create(documentOf('sketch-1', ['a']))
    await session.flushed()
    cutOffWrites()
    session.record(withStroke(session.document, 'b')).catch(() => undefined)
    disk.killAll()
    expect((await (await openTab()).sketches.open('sketch-1')).document.strokes).toHaveLength(1)
    expect((await (await restart()).sketches.open('sketch-1')).document.strokes).toHaveLength(2)
  })

  it('says safe only when the record is on the disk, and failed though it is', async () => {
    const { openTab } = browser()
    const session = await (await openTab()).sketches.create(EMPTY)
    const states: (string | null)[] = []
    session.onState((error) => states.push(error?.code ?? null))
    cutOffWrites()
    const recorded = session.record(withStroke(EMPTY, 'a')).catch(() => undefined)
    expect(session.isSafe).toBe(false)
    await vi.waitFor(() => expect(session.isSafe).toBe(true))
    await recorded
    expect(session.hasUnsaved).toBe(true)
    expect(states.at(-1)).toBe('storage-unavailable')
  })
})

describe('kills at any moment', () => {
  /** Draws, erases, changes, reorders, clears. */
  function edit(document: SketchDocument, step: number, random: () => number): SketchDocument {
    const strokes: readonly Stroke[] = document.strokes
    const at = Math.floor(random() * strokes.length)
    const kind = random()
    if (kind < 0.5 || strokes.length === 0)
      return { ...document, strokes: [...strokes, strokeOf(`s${step}`, { widthPx: 1 + random() * 5 })] }
    if (kind < 0.65) return { ...document, strokes: strokes.filter((_, i) => i !== at) }
    if (kind < 0.8) return { ...document, strokes: strokes.map((stroke, i) => (i === at ? { ...stroke, widthPx: step + 1 } : stroke)) }
    if (kind < 0.9) return { ...document, strokes: [...strokes.slice(at), ...strokes.slice(0, at)] }
    return kind < 0.97 ? { ...document, name: `Name ${step}` } : { ...document, strokes: [] }
  }

  it.each([1, 2, 3, 4, 5, 6])('lose nothing that was recorded, whatever reached the database (seed %i)', async (seed) => {
    const random = mulberry32(seed)
    const { openTab, restart } = browser()
    let session = await (await openTab()).sketches.create(documentOf('d', ['first']))
    let document = session.document
    for (let step = 0; step < 120; step++) {
      document = edit(document, step, random)
      const durable = session.record(document)
      durable.catch(() => undefined)
      const luck = random()
      if (luck < 0.3) await durable
      else if (luck < 0.5) await new Promise((resolve) => setTimeout(resolve, random() * 3))
      if (random() > 0.15) continue
      session = await (await restart()).sketches.open('d')
      expect(session.document, `step ${step}`).toEqual(document)
    }
  })
})

describe('readRecords', () => {
  const record = { sketchId: 's', at: 1, follows: [null], order: ['a'], strokes: [strokeOf('a')], version: EMPTY.version }

  it('reads what was written, and of a list only what is whole', () => {
    expect(readRecords(JSON.stringify([record]))).toEqual([record])
    const broken = [{ ...record, strokes: [{ id: 'a' }] }, { ...record, order: 'a' }, { ...record, version: 99 }, null, 7]
    expect(readRecords(JSON.stringify([...broken, record]))).toEqual([record])
  })

  it.each(['', '{', '{}', 'null', '[[]]'])('takes %j for nothing', (text) => {
    expect(readRecords(text)).toEqual([])
  })
})
