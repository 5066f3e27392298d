/** The sketches open in this tab: opening, creating and sharing sessions, behind locks that keep other tabs from writing to them. */

import type { SketchDocument } from '../editor/document'
import type { Look } from '../faces/look'
import { readToleranceChoice, type ToleranceChoice } from '../faces/toleranceChoice'
import { StudioError } from '../shared/errors'
import { newId } from '../shared/ids'
import { deltaBytes } from './delta'
import type { JournalPosition } from './journal'
import { type Recovered, recover } from './recovery'
import type { Database, RowReader, SketchRow, StoreName } from './rows'
import { type OpenedSession, openSession, type SessionContext, type SessionStart } from './sketchSession'
import type { OpenNotice, SketchLocks, SketchSession } from './types'

export const LAST_OPEN_KEY = '$lastOpenSketchId'

const SKETCH_STORES: readonly StoreName[] = ['sketches', 'snapshots', 'journal']

export interface OpenSessions {
  open(id: string): Promise<SketchSession>
  create(document: SketchDocument, look: Look, tolerance: ToleranceChoice): Promise<SketchSession>
  /** The session in which a sketch is being drawn here. */
  find(id: string): SketchSession | undefined
  all(): readonly SketchSession[]
  /** There is more space now: write what could not be written. */
  retry(): void
  endAll(): Promise<void>
}

export interface OpenSessionsOptions {
  readonly database: Database
  readonly locks: SketchLocks
  readonly now: () => number
  readonly onWritten: () => void
}

/** Row and recovered document of a sketch; `null` when there is none. */
export async function loadSketch(rows: RowReader, id: string): Promise<{ row: SketchRow; recovered: Recovered } | null> {
  const row = await rows.get('sketches', id)
  if (!row) return null
  return { row, recovered: recover(row, await rows.get('snapshots', id), await rows.journal(id)) }
}

export function openSessions({ database, locks, now, onWritten }: OpenSessionsOptions): OpenSessions {
  const opening = new Map<string, { session: Promise<SketchSession>; others: number }>()
  const live = new Map<SketchSession, OpenedSession>()

  const remember = async (id: string | null): Promise<void> => {
    await database.write(['settings'], (rows) => rows.put('settings', { key: LAST_OPEN_KEY, value: id }))
  }
  const context: SessionContext = {
    database,
    now,
    onWritten,
    onCreate: (rows, id) => rows.put('settings', { key: LAST_OPEN_KEY, value: id }),
    onEnded: (session) => live.delete(session),
  }
  const start = (values: SessionStart): SketchSession => {
    const started = openSession(values, context)
    live.set(started.session, started)
    return started.session
  }
  const find = (id: string): OpenedSession | undefined => [...live.values()].find(({ session }) => session.sketchId === id)

  const openStored = async (id: string): Promise<SketchSession> => {
    const release = await locks.acquire(id)
    try {
      const loaded = await database.read(SKETCH_STORES, (rows) => loadSketch(rows, id))
      if (!loaded || loaded.row.deletedAt !== null) {
        throw new StudioError(
          'bad-request',
          'This sketch is not in the database any more. Restore it if you deleted it, or choose another.',
        )
      }
      if (!release) return start(await copyStart(loaded.row, loaded.recovered, locks))
      await remember(id).catch(() => undefined)
      return start({ ...storedStart(loaded.row, loaded.recovered), release })
    } catch (error) {
      release?.()
      throw error
    }
  }

  /** The same session for everyone who opens the sketch here; it ends with the last of them. */
  const share = async (id: string): Promise<SketchSession> => {
    const known = find(id)
    if (known) {
      known.retain()
      await remember(id).catch(() => undefined)
      return known.session
    }
    const pending = opening.get(id)
    if (pending) {
      pending.others++
      return await pending.session
    }
    const entry = { session: openStored(id), others: 0 }
    opening.set(id, entry)
    try {
      const session = await entry.session
      for (let i = 0; i < entry.others; i++) live.get(session)?.retain()
      return session
    } finally {
      opening.delete(id)
    }
  }

  const create = async (document: SketchDocument, look: Look, tolerance: ToleranceChoice): Promise<SketchSession> => {
    const isTaken = await database.read(['sketches'], async (rows) => (await rows.get('sketches', document.id)) !== undefined)
    const id = isTaken || document.id === '' ? newId() : document.id
    const release = (await locks.acquire(id)) ?? (() => undefined)
    const state = { document: { ...document, id, strokes: [] }, look, tolerance }
    const session = start({ sketchId: id, state, stored: null, notices: [], release })
    if (document.strokes.length > 0) await session.record({ ...document, id }).catch(() => undefined)
    else await remember(null).catch(() => undefined)
    return session
  }

  return {
    open: share,
    create,
    find: (id) => find(id)?.session,
    all: () => [...live.keys()],
    retry: () => {
      for (const session of live.keys()) session.flushed().catch(() => undefined)
    },
    endAll: async () => {
      await Promise.all([...live.values()].map(({ end }) => end()))
    },
  }
}

function storedStart(row: SketchRow, { document, notices, entries }: Recovered): Omit<SessionStart, 'release'> {
  const state = { document, look: row.look, tolerance: readToleranceChoice(row.tolerance) }
  const bytes = entries.reduce((sum, entry) => sum + deltaBytes(entry.delta), 0)
  const stored: JournalPosition = { state, seq: row.lastSeq, entries: entries.length, bytes, damaged: notices.length > 0 }
  return { sketchId: row.id, state, stored, notices }
}

/** Another tab holds the sketch: a copy of it, which enters the database with its first change. */
async function copyStart(row: SketchRow, recovered: Recovered, locks: SketchLocks): Promise<SessionStart> {
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
    release,
  }
}

export const copyName = (name: string): string => `${name} (copy)`
