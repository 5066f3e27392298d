/** Runs in a page: a case of as many entries as asked for, written by the studio's own storage, and how long it takes to be open again. Bundled by the bench beside it. */

import { newVault, openVault } from '../src/cases/vault'
import type { Stroke } from '../src/editor/document'
import { mulberry32 } from '../src/shared/rng'
import { type CaseLibrary, openCases } from '../src/storage/cases'
import { type OpenCase, openCase, startCase } from '../src/storage/openCase'
import { caseFile } from '../src/storage/sealedRows'

const PHRASE = 'seven quiet herons'
const POINTS = 60
/** One of so many entries is a version with its files, a dial, or a picture that was shown; all others are strokes. */
const EVERY = { version: 250, setting: 25, shown: 50 }
const FILE_BYTES = { face: 90_000, request: 12_000, drawing: 60_000 }

export interface OpeningMs {
  /** The database and the list of cases. */
  readonly listMs: number
  /** PBKDF2 with 600,000 rounds; 0 without a pass phrase. */
  readonly keyMs: number
  /** From the press of a button to a case that can be drawn on. */
  readonly openMs: number
  /** Longest task of the page; 0 when none took 50 ms. */
  readonly longestMs: number
  readonly entries: number
}

export interface VerifiedMs {
  readonly verifyMs: number
  readonly isIntact: boolean
}

export interface CasesPage {
  /** @returns bytes of all entries' texts */
  fill(database: string, entries: number, isEncrypted: boolean): Promise<number>
  open(database: string): Promise<OpeningMs>
  /** The case that is open. */
  verify(): Promise<VerifiedMs>
  /** Until an entry is on the disk, one after another. */
  append(database: string, count: number): Promise<readonly number[]>
}

declare global {
  interface Window {
    casesPage: CasesPage
  }
}

let current: OpenCase | null = null

window.casesPage = {
  async fill(database, entries, isEncrypted) {
    const library = await openCases(database)
    const vault = isEncrypted ? await newVault(PHRASE) : null
    const open = await startCase({ library, id: 'case-1', vault })
    const random = mulberry32(7)
    void open.append('created', { case: 'case-1', fields: { number: '12/2026', title: 'Station', operator: 'Mara' } })
    void open.append('sessionStarted', { session: 's1', witness: 'w1', sketch: 'sk', settings: {} })
    for (let i = open.entries.length; i < entries; i++) {
      if (i % EVERY.version === 0) {
        const { drawing, face, request } = filesOf(i, random)
        const files = [drawing, face, request]
        const model = { id: 'live', weights: [face.digest], backend: 'wasm' }
        const version = {
          version: `v${i}`,
          parent: null,
          session: 's1',
          witness: 'w1',
          name: `Version ${i}`,
          strokes: i,
          model,
          pixels: face.digest,
        }
        void open.append('version', { ...version, drawing: drawing.digest, face: face.digest, request: request.digest }, files)
      } else if (i % EVERY.setting === 0)
        void open.append('setting', { name: 'look', value: { age: i % 80, hairColour: [i % 255, 40, 30] } })
      else if (i % EVERY.shown === 1) void open.append('shown', { what: 'blank', version: null, digest: null })
      else void open.append('change', { sketch: 'sk', start: i, deleted: 0, insert: [strokeOf(i, random)] })
      if (i % 500 === 0) await open.flush()
    }
    await open.close()
    library.close()
    return open.entries.reduce((sum, { text }) => sum + text.length, 0)
  },

  async open(database) {
    const start = performance.now()
    const library = await openCases(database)
    const [row] = await library.list()
    const listMs = performance.now() - start
    if (!row) throw new Error('There is no case.')
    const keyStart = performance.now()
    const vault = row.hint ? await openVault(PHRASE, row.hint) : null
    const keyMs = row.hint ? performance.now() - keyStart : 0
    const watch = watchTasks()
    const openStart = performance.now()
    const open = await openCase({ library, id: row.id, vault })
    const openMs = performance.now() - openStart
    const longestMs = watch()
    current = open
    return { listMs, keyMs, openMs, longestMs, entries: open.entries.length }
  },

  async verify() {
    if (!current) throw new Error('No case is open.')
    const start = performance.now()
    const report = await current.verify()
    const verifyMs = performance.now() - start
    await current.close()
    return { verifyMs, isIntact: report.log.intact && report.files.length === 0 }
  },

  async append(database, count) {
    const { library, open } = await opened(database)
    const random = mulberry32(9)
    const times: number[] = []
    for (let i = 0; i < count; i++) {
      const start = performance.now()
      await open.append('change', { sketch: 'sk', start: i, deleted: 0, insert: [strokeOf(i, random)] })
      times.push(performance.now() - start)
    }
    await open.close()
    library.close()
    return times
  },
}

async function opened(database: string) {
  const library: CaseLibrary = await openCases(database)
  const [row] = await library.list()
  if (!row) throw new Error('There is no case.')
  const vault = row.hint ? await openVault(PHRASE, row.hint) : null
  return { library, open: await openCase({ library, id: row.id, vault }) }
}

/** As the pen leaves it: hundredths of a pixel, thousandths of pressure. */
function strokeOf(nth: number, random: () => number): Stroke {
  const [x, y] = [60 + 300 * random(), 60 + 300 * random()]
  const points = Array.from({ length: POINTS }, (_, k) => [
    Math.round(100 * (x + 1.7 * k + random())) / 100,
    Math.round(100 * (y + 40 * Math.sin(k / 9) + random())) / 100,
    Math.round(1000 * (0.4 + 0.3 * random())) / 1000,
  ]).flat()
  return { id: `stroke-${nth}-${Math.floor(1e9 * random())}`, part: 'hair', partIsChosen: false, widthPx: 2.5, usesPressure: true, points }
}

/** Files as large as a version's, each another one. */
function filesOf(nth: number, random: () => number) {
  const made = (bytes: number) => caseFile(Uint8Array.from({ length: bytes }, (_, i) => (i === 0 ? nth : Math.floor(256 * random()))))
  return { face: made(FILE_BYTES.face), request: made(FILE_BYTES.request), drawing: made(FILE_BYTES.drawing) }
}

/** Longest task of the page, until it is called; 0 when none took 50 ms. */
function watchTasks(): () => number {
  let longest = 0
  const take = (list: readonly PerformanceEntry[]): void => {
    for (const { duration } of list) longest = Math.max(longest, duration)
  }
  const observer = new PerformanceObserver((list) => take(list.getEntries()))
  observer.observe({ type: 'longtask' })
  return () => {
    take(observer.takeRecords())
    observer.disconnect()
    return longest
  }
}
