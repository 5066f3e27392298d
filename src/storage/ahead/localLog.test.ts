import 'fake-indexeddb/auto'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { openStorage } from '../storage'
import { documentOf, freshDatabaseName, lockTable, strokeOf, withStroke } from '../testing'
import type { StudioStorage } from '../types'
import type { AheadLog } from './aheadLog'
import { openLocalLog, type PageChannel, type TextStore } from './localLog'

/** One browser on plain http: text that all pages share, and a channel between those that live. */
function browser() {
  const databaseName = freshDatabaseName()
  const texts = new Map<string, string>()
  const pages = new Set<(data: unknown) => void>()
  let room = Number.POSITIVE_INFINITY
  const store: TextStore = {
    get length() {
      return texts.size
    },
    key: (i) => [...texts.keys()][i] ?? null,
    getItem: (key) => texts.get(key) ?? null,
    setItem: (key, text) => {
      if (text.length > room) throw new DOMException('full', 'QuotaExceededError')
      texts.set(key, text)
    },
    removeItem: (key) => void texts.delete(key),
  }
  const openLog = (): AheadLog => {
    let listen: (event: { readonly data: unknown }) => void = () => undefined
    const hear = (data: unknown): void => listen({ data })
    const channel: PageChannel = {
      addEventListener: (_type, listener) => {
        listen = listener
      },
      postMessage: (data) => {
        for (const other of pages) if (other !== hear) queueMicrotask(() => pages.has(other) && other(data))
      },
      close: () => void pages.delete(hear),
    }
    pages.add(hear)
    return openLocalLog(databaseName, { store, channel, answerMs: 30 })
  }
  const openTab = (): Promise<StudioStorage> => openStorage({ databaseName, locks: lockTable(), ahead: openLog() })
  const restart = async (): Promise<StudioStorage> => {
    pages.clear()
    vi.restoreAllMocks()
    return await openTab()
  }
  return { databaseName, texts, openTab, restart, fill: () => (room = 10) }
}

function cutOffWrites(): void {
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore) {
    this.transaction.abort()
    throw new DOMException('the page is gone', 'UnknownError')
  })
}

afterEach(() => vi.restoreAllMocks())

describe('a log in localStorage', () => {
  it('brings back what the database had not confirmed when the page was killed', async () => {
    const { openTab, restart, texts } = browser()
    const session = await (await openTab()).sketches.create(documentOf('sketch-1', ['a']))
    await session.flushed()
    cutOffWrites()
    const drawn = withStroke(session.document, 'b')
    session.record(drawn).catch(() => undefined)
    // In the same task as the pen-up: nothing was waited for.
    expect(texts.size).toBe(1)
    expect((await (await restart()).sketches.open('sketch-1')).document).toEqual(drawn)
    expect(texts.size).toBe(0)
  })

  it('is empty once the database has everything, and never says safe before', async () => {
    const { openTab, texts } = browser()
    const session = await (await openTab()).sketches.create(documentOf('sketch-1', []))
    const recorded = session.record(withStroke(session.document, 'a'))
    expect(texts.size).toBe(1)
    expect(session.isSafe).toBe(false)
    await recorded
    expect(session.isSafe).toBe(true)
    expect(texts.size).toBe(0)
  })

  it('leaves what a page wrote that lives', async () => {
    const { openTab, texts } = browser()
    const session = await (await openTab()).sketches.create(documentOf('sketch-1', ['a']))
    await session.flushed()
    cutOffWrites()
    await session.record(withStroke(session.document, 'b')).catch(() => undefined)
    vi.restoreAllMocks()
    const other = await openTab()
    expect(texts.size).toBe(1)
    expect((await other.sketches.open('sketch-1')).document.strokes).toHaveLength(1)
  })

  it('does without when it is full: the last record that went in still stands', async () => {
    const { openTab, restart, fill } = browser()
    const session = await (await openTab()).sketches.create(documentOf('sketch-1', []))
    await session.flushed()
    cutOffWrites()
    await session.record(withStroke(session.document, 'a')).catch(() => undefined)
    fill()
    await session.record({ ...session.document, strokes: [strokeOf('a'), strokeOf('b')] }).catch(() => undefined)
    const again = await (await restart()).sketches.open('sketch-1')
    expect(again.document.strokes.map(({ id }) => id)).toEqual(['a'])
  })

  it('touches nothing of others, and takes a damaged record for none', async () => {
    const { openTab, restart, texts, databaseName } = browser()
    await (await (await openTab()).sketches.create(documentOf('sketch-1', ['a']))).flushed()
    texts.set('of another program', '{')
    texts.set(`${databaseName}-ahead/gone`, '[{"sketchId":7')
    expect((await (await restart()).sketches.open('sketch-1')).document.strokes).toHaveLength(1)
    expect([...texts.keys()]).toEqual(['of another program'])
  })
})
