/** The sketches open in this tab: opening, creating and sharing sessions, behind locks that keep other tabs from writing to them. */

import type { SketchDocument } from '../editor/document'
import type { Look } from '../faces/look'
import { readToleranceChoice, type ToleranceChoice } from '../faces/toleranceChoice'
import { StudioError } from '../shared/errors'
import { newId } from '../shared/ids'
import type { AheadLog } from './ahead/aheadLog'
import type { Database } from './database'
import { deltaBytes } from './delta'
import { HISTORY_TABLES } from './history/historyTables'
import { loadHistory, readHistory, type StoredHistory } from './history/readHistory'
import type { JournalPosition } from './journalWrite'
import type { Recovered } from './recovery'
import type { SketchRow } from './rows'
import { LAST_OPEN_KEY, loadSketch, SKETCH_TABLES } from './sketchRows'
import { OpenSession, type SessionContext, type SessionStart } from './sketchSession'
import { SETTINGS, SKETCHES } from './tables'
import type { OpenNotice, SketchLocks, SketchSession } from './types'

export interface OpenSessionsOptions {
  readonly database: Database
  readonly ahead: AheadLog
  readonly locks: SketchLocks
  readonly now: () => number
  readonly onWritten: () => void
}

export class OpenSessions {
  readonly #options: OpenSessionsOptions
  readonly #context: SessionContext
  readonly #opening = new Map<string, { session: Promise<OpenSession>; others: number }>()
  readonly #live = new Set<OpenSession>()

  constructor(options: OpenSessionsOptions) {
    const { database, ahead, now, onWritten } = options
    this.#options = options
    this.#context = {
      database,
      ahead,
      now,
      onWritten,
      onCreate: (rows, id) => rows.put(SETTINGS, { key: LAST_OPEN_KEY, value: id }),
      onEnded: (session) => this.#live.delete(session),
    }
  }

  /** The same session for everyone who opens the sketch here; it ends with the last of them. */
  async open(id: string): Promise<SketchSession> {
    const known = this.#find(id)
    if (known) {
      known.retain()
      await this.#remember(id)
      return known
    }
    const pending = this.#opening.get(id)
    if (pending) {
      pending.others++
      return await pending.session
    }
    const entry = { session: this.#openStored(id), others: 0 }
    this.#opening.set(id, entry)
    try {
      const session = await entry.session
      for (let i = 0; i < entry.others; i++) session.retain()
      return session
    } finally {
      this.#opening.delete(id)
    }
  }

  async create(document: SketchDocument, look: Look, tolerance: ToleranceChoice): Promise<SketchSession> {
    const { database, locks } = this.#options
    const isTaken = await database.read([SKETCHES], async (rows) => (await rows.get(SKETCHES, document.id)) !== undefined)
    const id = isTaken || document.id === '' ? newId() : document.id
    const release = (await locks.acquire(id)) ?? (() => undefined)
    const state = { document: { ...document, id, strokes: [] }, look, tolerance }
    const session = this.#start({ sketchId: id, state, stored: null, notices: [], history: null, release })
    if (document.strokes.length > 0) await session.record({ ...document, id }).catch(() => undefined)
    else await this.#remember(null)
    return session
  }

  /** The session in which a sketch is being drawn here. */
  find(id: string): SketchSession | undefined {
    return this.#find(id)
  }

  all(): readonly SketchSession[] {
    return [...this.#live]
  }

  /** There is more space now: write what could not be written. */
  retry(): void {
    for (const session of this.#live) session.flushed().catch(() => undefined)
  }

  async endAll(): Promise<void> {
    await Promise.all([...this.#live].map((session) => session.end()))
  }

  #find(id: string): OpenSession | undefined {
    return [...this.#live].find(({ sketchId }) => sketchId === id)
  }

  #start(start: SessionStart): OpenSession {
    const session = new OpenSession(start, this.#context)
    this.#live.add(session)
    return session
  }

  /** What opens first next time; failing costs no drawing. */
  async #remember(id: string | null): Promise<void> {
    const { database } = this.#options
    await database.write([SETTINGS], (rows) => rows.put(SETTINGS, { key: LAST_OPEN_KEY, value: id })).catch(() => undefined)
  }

  async #openStored(id: string): Promise<OpenSession> {
    const { database, locks } = this.#options
    const release = await locks.acquire(id)
    try {
      const { sketch, history } = await database.read([...SKETCH_TABLES, ...HISTORY_TABLES], async (rows) => ({
        sketch: await loadSketch(rows, id),
        history: await loadHistory(rows, id),
      }))
      if (!sketch || sketch.row.deletedAt !== null) throw isGone()
      if (!release) return this.#start(await copyStart(sketch.row, sketch.recovered, history, locks))
      await this.#remember(id)
      return this.#start({ ...storedStart(sketch.row, sketch.recovered, history), release })
    } catch (error) {
      release?.()
      throw error
    }
  }
}

const isGone = (): StudioError =>
  new StudioError('bad-request', 'This sketch is not in the database any more. Restore it if you deleted it, or choose another.')

function storedStart(row: SketchRow, { document, notices, entries }: Recovered, kept: StoredHistory): Omit<SessionStart, 'release'> {
  const state = { document, look: row.look, tolerance: readToleranceChoice(row.tolerance) }
  const bytes = entries.reduce((sum, entry) => sum + deltaBytes(entry.delta), 0)
  const stored: JournalPosition = { state, seq: row.lastSeq, entries: entries.length, bytes, damaged: notices.length > 0 }
  return { sketchId: row.id, state, stored, notices, history: readHistory(document, kept) }
}

/** Another tab holds the sketch: a copy of it, which enters the database with its first change. */
async function copyStart(row: SketchRow, recovered: Recovered, kept: StoredHistory, locks: SketchLocks): Promise<SessionStart> {
  const id = newId()
  const release = (await locks.acquire(id)) ?? (() => undefined)
  const message = 'This sketch is open in another tab. You are drawing on a copy of it, which is kept in the sketch database beside it.'
  const notice: OpenNotice = { kind: 'opened-as-copy', originalId: row.id, message }
  const document = { ...recovered.document, id, name: copyName(row.name) }
  return {
    sketchId: id,
    state: { document, look: row.look, tolerance: readToleranceChoice(row.tolerance) },
    stored: null,
    notices: [...recovered.notices, notice],
    history: readHistory(document, kept),
    release,
  }
}

export const copyName = (name: string): string => `${name} (copy)`.trim()
