/**
 * The history of one open sketch on its way to the database: timelines in, rows out. Written behind the drawing, when the page has a moment; the newest timeline is compared with what is
 * known to lie there, so that a write that failed or never came is made good by the next one. Nothing waits for it, and its failure costs undo after the next
 * start, never a stroke.
 */

import type { SketchDocument } from '../../editor/document'
import type { Timeline } from '../../editor/history'
import type { Database, RowWriter } from '../database'
import { SKETCHES } from '../tables'
import { stepBytes, stepOf } from './historyStep'
import { HISTORY_HEADS, HISTORY_STEPS, HISTORY_VERSION, type HistoryStepRow } from './historyTables'
import type { KeptHistory } from './readHistory'

/** What is kept of one sketch: this many edits, or this much space. */
export const HISTORY_LIMITS = { steps: 500, bytes: 4 * 1024 * 1024 }

/** Edits in a row are written together. */
const REST_MS = 400
/** A page that is never idle is written too. */
const LONGEST_WAIT_MS = 2_000

type Written = KeptHistory['written']

interface Plan {
  readonly next: Written
  readonly position: number
  readonly put: readonly HistoryStepRow[]
  /** Rows that go: those below the first place, and those from here on. */
  readonly keptUpTo: number
}

export class HistoryLog {
  #sketchId: string
  #written: Written | null
  #latest: Timeline | null
  #isDue = false
  #writing: Promise<void> | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  readonly #database: Database

  /** @param kept `null` where nothing usable is in the database */
  constructor(database: Database, sketchId: string, kept: KeptHistory | null, isStored: boolean) {
    this.#database = database
    this.#sketchId = sketchId
    this.#latest = kept?.timeline ?? null
    this.#written = isStored && kept ? kept.written : null
  }

  get timeline(): Timeline | null {
    return this.#latest
  }

  record(timeline: Timeline): void {
    this.#latest = timeline
    this.#isDue = true
    this.#timer ??= setTimeout(() => whenIdle(() => void this.flushed()), REST_MS)
  }

  /** From now on of another sketch: its whole history is written there. */
  moveTo(sketchId: string): void {
    this.#sketchId = sketchId
    this.#written = null
    if (this.#latest) this.record(this.#latest)
  }

  /** Never rejects. */
  async flushed(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    while (this.#isDue || this.#writing) {
      this.#writing ??= this.#write().finally(() => {
        this.#writing = null
      })
      await this.#writing
    }
  }

  async #write(): Promise<void> {
    this.#isDue = false
    const timeline = this.#latest
    if (!timeline) return
    const sketchId = this.#sketchId
    const plan = planWrite(sketchId, this.#written, timeline)
    try {
      const isKept = await this.#database.write([SKETCHES, HISTORY_STEPS, HISTORY_HEADS], (rows) => writePlan(rows, sketchId, plan))
      if (this.#sketchId === sketchId) this.#written = isKept ? plan.next : null
    } catch {
      // What lies there is not known any more: the next write puts everything anew.
      if (this.#sketchId === sketchId) this.#written = null
    }
  }
}

/** @returns false for a sketch that is not in the database: nobody would ever purge its history */
async function writePlan(rows: RowWriter, sketchId: string, { next, position, put, keptUpTo }: Plan): Promise<boolean> {
  if (!(await rows.get(SKETCHES, sketchId))) return false
  if (next.first > 0) await rows.remove(HISTORY_STEPS, { from: [sketchId, 0], to: [sketchId, next.first - 1] })
  await rows.remove(HISTORY_STEPS, { from: [sketchId, keptUpTo], to: [sketchId, Number.MAX_SAFE_INTEGER] })
  for (const row of put) await rows.put(HISTORY_STEPS, row)
  await rows.put(HISTORY_HEADS, { sketchId, version: HISTORY_VERSION, position })
  return true
}

/** What of a timeline lies there already, what has to be put, and what is too old or too much to be kept. */
export function planWrite(sketchId: string, written: Written | null, timeline: Timeline): Plan {
  const { documents, kinds, position } = timeline
  const known = written ?? { documents: [], first: 0, bytes: [] }
  const [oldest] = documents
  const offset = oldest ? known.documents.indexOf(oldest) : -1
  const isNew = offset < 0
  const before = isNew ? [] : known.documents.slice(offset)
  const same = commonRun(before, documents)
  const base = isNew ? 0 : known.first + offset
  const keptSteps = Math.max(0, same - 1)
  const rows = kinds.slice(keptSteps).flatMap((kind, i) => {
    const [from, to] = [documents[keptSteps + i], documents[keptSteps + i + 1]]
    return from && to ? [stepOf(sketchId, base + keptSteps + i, kind, from, to)] : []
  })
  const bytes = [...known.bytes.slice(Math.max(0, offset), Math.max(0, offset) + keptSteps), ...rows.map(stepBytes)]
  const { from, to } = withinLimits(bytes, position)
  return {
    next: { documents: documents.slice(from, to + 1), first: base + from, bytes: bytes.slice(from, to) },
    position: base + position,
    put: rows.filter(({ n }) => n >= base + from && n < base + to),
    keptUpTo: base + Math.min(keptSteps, to),
  }
}

function commonRun(a: readonly SketchDocument[], b: readonly SketchDocument[]): number {
  let same = 0
  while (same < a.length && same < b.length && a[same] === b[same]) same++
  return same
}

/** The steps round the page's place that may stay: as many of the past as there is room for, then of what can be done again. */
function withinLimits(bytes: readonly number[], position: number): { from: number; to: number } {
  let room = HISTORY_LIMITS.bytes
  let [from, to] = [position, position]
  while (from > 0 && position - from < HISTORY_LIMITS.steps && (bytes[from - 1] ?? 0) <= room) room -= bytes[--from] ?? 0
  while (to < bytes.length && to - position < HISTORY_LIMITS.steps && (bytes[to] ?? 0) <= room) room -= bytes[to++] ?? 0
  return { from, to }
}

function whenIdle(work: () => void): void {
  if (typeof requestIdleCallback === 'function') requestIdleCallback(work, { timeout: LONGEST_WAIT_MS })
  else work()
}
