/** One sketch open for drawing in this tab: its journal, its lock and its notices behind the contract of `SketchSession`. */

import type { SketchDocument } from '../editor/document'
import { StudioError } from '../shared/errors'
import { newId } from '../shared/ids'
import { diffStrokes } from './delta'
import { type Journal, type JournalPosition, openJournal, type SketchState } from './journal'
import { sameLeftOut } from './leftOut'
import type { Database, RowWriter } from './rows'
import type { OpenNotice, SketchSession, SketchThumbnails } from './types'

export interface SessionStart {
  readonly sketchId: string
  readonly state: SketchState
  /** `null`: not in the database yet. */
  readonly stored: JournalPosition | null
  readonly notices: readonly OpenNotice[]
  /** Lets other tabs open the sketch. */
  readonly release: () => void
}

export interface SessionContext {
  readonly database: Database
  readonly now: () => number
  /** After every successful write, with whether the sketch is new in the database. */
  readonly onWritten: () => void
  /** In the transaction that creates the sketch. */
  readonly onCreate: (rows: RowWriter, sketchId: string) => Promise<void>
  readonly onEnded: (session: SketchSession) => void
}

/** A session, for those who share it out. */
export interface OpenedSession {
  readonly session: SketchSession
  /** One more user: it takes one more `close`. */
  retain(): void
  /** Ends it, whoever still uses it and whether or not everything could be written. */
  end(): Promise<void>
}

export function openSession(start: SessionStart, context: SessionContext): OpenedSession {
  const { database } = context
  const listeners = new Set<(error: StudioError | null) => void>()
  let sketchId = start.sketchId
  let notices = start.notices
  let users = 1
  let hasEnded = false

  const journal: Journal = openJournal(sketchId, start.state, start.stored, {
    database,
    now: context.now,
    onState: (error) => {
      if (!error) context.onWritten()
      if (users === 0 && !journal.hasUnsaved) finish()
      for (const listener of listeners) listener(error)
    },
    onCreate: context.onCreate,
    onConflict: () => {
      notices = [...notices, changedElsewhere(sketchId)]
      sketchId = newId()
      return sketchId
    },
  })

  const record = async (state: SketchState): Promise<void> => {
    if (users === 0) throw new StudioError('bad-request', 'This sketch was closed. Open it again to go on drawing.')
    // An empty page or an untouched copy is not worth a row in the database.
    const isPristine = !journal.inDatabase && !journal.hasUnsaved
    if (isPristine && isSame(state.document, journal.latest.document)) journal.adopt(state)
    else await journal.record(state)
  }
  const recordQuietly = (state: SketchState): Promise<void> => {
    const promise = record(state)
    promise.catch(() => undefined)
    return promise
  }

  const finish = (): void => {
    if (hasEnded) return
    hasEnded = true
    start.release()
    context.onEnded(session)
  }

  const session: SketchSession = {
    get sketchId() {
      return sketchId
    },
    get document() {
      return journal.latest.document
    },
    get look() {
      return journal.latest.look
    },
    get tolerance() {
      return journal.latest.tolerance
    },
    get notices() {
      return notices
    },
    get hasUnsaved() {
      return journal.hasUnsaved
    },
    record: (document) => recordQuietly({ ...journal.latest, document }),
    recordLook: (look) => recordQuietly({ ...journal.latest, look }),
    recordTolerance: (tolerance) => recordQuietly({ ...journal.latest, tolerance }),
    saveThumbnails: async (thumbnails) => {
      await journal.flushed()
      if (journal.inDatabase && !hasEnded) await writeThumbnails(database, sketchId, thumbnails)
      context.onWritten()
    },
    flushed: () => journal.flushed(),
    onState: (listener) => {
      listeners.add(listener)
      if (journal.lastError) listener(journal.lastError)
      return () => listeners.delete(listener)
    },
    close: async () => {
      if (users === 0) return
      users--
      if (users > 0) return
      await journal.flushed().catch(() => undefined)
      // What could not be written keeps the session alive, out of sight, until it can.
      if (users === 0 && !journal.hasUnsaved) finish()
    },
  }
  const end = async (): Promise<void> => {
    users = 0
    await journal.flushed().catch(() => undefined)
    finish()
  }
  return { session, retain: () => users++, end }
}

function isSame(a: SketchDocument, b: SketchDocument): boolean {
  return diffStrokes(a.strokes, b.strokes) === null && a.name === b.name && a.tags.join('\n') === b.tags.join('\n') && sameLeftOut(a, b)
}

async function writeThumbnails(database: Database, sketchId: string, thumbnails: Partial<SketchThumbnails>): Promise<void> {
  await database.write(['thumbnails'], async (rows) => {
    const before = await rows.get('thumbnails', sketchId)
    await rows.put('thumbnails', { sketchId, sketch: before?.sketch ?? null, face: before?.face ?? null, ...thumbnails })
  })
}

function changedElsewhere(originalId: string): OpenNotice {
  const message = 'This sketch was changed in another tab, so your drawing goes on as a copy. Both are in the sketch database.'
  return { kind: 'opened-as-copy', originalId, message }
}
