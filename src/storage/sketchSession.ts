/** One sketch open for drawing in this tab: its journal, its lock and its notices behind the contract of `SketchSession`. */

import type { SketchDocument, Stroke } from '../editor/document'
import type { Timeline } from '../editor/history'
import type { Look } from '../faces/look'
import type { ToleranceChoice } from '../faces/toleranceChoice'
import { StudioError } from '../shared/errors'
import { newId } from '../shared/ids'
import type { AheadLog } from './ahead/aheadLog'
import type { Database, RowWriter } from './database'
import { diffStrokes } from './delta'
import { HistoryLog } from './history/historyLog'
import type { KeptHistory } from './history/readHistory'
import { Journal } from './journal'
import type { JournalPosition } from './journalWrite'
import { sameLeftOut } from './leftOut'
import type { SketchState } from './sketchState'
import { THUMBNAILS } from './tables'
import type { OpenNotice, SketchSession, SketchThumbnails } from './types'

export interface SessionStart {
  readonly sketchId: string
  readonly state: SketchState
  /** `null`: not in the database yet. */
  readonly stored: JournalPosition | null
  readonly notices: readonly OpenNotice[]
  /** `null` where none is kept that leads to this drawing. */
  readonly history: KeptHistory | null
  /** Lets other tabs open the sketch. */
  readonly release: () => void
}

export interface SessionContext {
  readonly database: Database
  readonly ahead: AheadLog
  readonly now: () => number
  /** After every successful write, with whether the sketch is new in the database. */
  readonly onWritten: () => void
  /** In the transaction that creates the sketch. */
  readonly onCreate: (rows: RowWriter, sketchId: string) => Promise<void>
  readonly onEnded: (session: OpenSession) => void
}

type StateListener = (error: StudioError | null) => void

const CLOSED = 'This sketch was closed. Open it again to go on drawing.'

export class OpenSession implements SketchSession {
  #sketchId: string
  #notices: readonly OpenNotice[]
  #users = 1
  #hasEnded = false
  readonly #journal: Journal
  readonly #history: HistoryLog
  readonly #listeners = new Set<StateListener>()
  readonly #release: () => void
  readonly #context: SessionContext

  constructor({ sketchId, state, stored, notices, history, release }: SessionStart, context: SessionContext) {
    this.#sketchId = sketchId
    this.#notices = notices
    this.#release = release
    this.#context = context
    const { database, ahead, now, onCreate } = context
    this.#history = new HistoryLog(database, sketchId, history, stored !== null)
    this.#journal = new Journal(sketchId, state, stored, {
      database,
      ahead,
      now,
      onCreate,
      onState: (error, isWritten) => this.#onState(error, isWritten),
      onConflict: () => this.#goOnAsCopy(),
    })
  }

  get sketchId(): string {
    return this.#sketchId
  }

  get document(): SketchDocument {
    return this.#journal.latest.document
  }

  get timeline(): Timeline | null {
    return this.#history.timeline
  }

  get look(): Look {
    return this.#journal.latest.look
  }

  get tolerance(): ToleranceChoice {
    return this.#journal.latest.tolerance
  }

  get notices(): readonly OpenNotice[] {
    return this.#notices
  }

  get isKept(): boolean {
    return this.#journal.inDatabase
  }

  get hasUnsaved(): boolean {
    return this.#journal.hasUnsaved
  }

  get isSafe(): boolean {
    return this.#journal.isSafe
  }

  record(document: SketchDocument, timeline?: Timeline): Promise<void> {
    const recorded = this.#record({ ...this.#journal.latest, document })
    if (timeline && this.#users > 0) this.#history.record(timeline)
    return recorded
  }

  underPen(strokes: readonly Stroke[]): void {
    if (this.#users > 0) this.#journal.underPen(strokes)
  }

  recordLook(look: Look): Promise<void> {
    return this.#record({ ...this.#journal.latest, look })
  }

  recordTolerance(tolerance: ToleranceChoice): Promise<void> {
    return this.#record({ ...this.#journal.latest, tolerance })
  }

  keep(): Promise<void> {
    if (this.#users === 0) return refused(CLOSED)
    return this.isKept ? this.flushed() : this.#journal.record(this.#journal.latest)
  }

  async saveThumbnails(thumbnails: Partial<SketchThumbnails>): Promise<void> {
    await this.#journal.flushed()
    const { database, onWritten } = this.#context
    if (this.#journal.inDatabase && !this.#hasEnded) await writeThumbnails(database, this.#sketchId, thumbnails)
    onWritten()
  }

  async flushed(): Promise<void> {
    await this.#journal.flushed()
    await this.#history.flushed()
  }

  onState(listener: StateListener): () => void {
    this.#listeners.add(listener)
    if (this.#journal.lastError) listener(this.#journal.lastError)
    return () => this.#listeners.delete(listener)
  }

  async close(): Promise<void> {
    if (this.#users === 0) return
    this.#users--
    if (this.#users > 0) return
    this.#journal.underPen([])
    await this.flushed().catch(() => undefined)
    // What could not be written keeps the session alive, out of sight, until it can.
    if (this.#users === 0 && !this.#journal.hasUnsaved) this.#finish()
  }

  /** One more user: it takes one more `close`. */
  retain(): void {
    this.#users++
  }

  /** Ends it, whoever still uses it and whether or not everything could be written. */
  async end(): Promise<void> {
    this.#users = 0
    await this.flushed().catch(() => undefined)
    this.#finish()
  }

  /** Everything up to the write ahead happens in the task of the pen-up. */
  #record(state: SketchState): Promise<void> {
    if (this.#users === 0) return refused(CLOSED)
    // An empty page or an untouched copy is not worth a row in the database.
    const isPristine = !this.#journal.inDatabase && !this.#journal.hasUnsaved
    if (!isPristine || !isSame(state.document, this.#journal.latest.document)) return this.#journal.record(state)
    this.#journal.adopt(state)
    return Promise.resolve()
  }

  #onState(error: StudioError | null, isWritten: boolean): void {
    if (isWritten) this.#context.onWritten()
    if (this.#users === 0 && !this.#journal.hasUnsaved) this.#finish()
    for (const listener of this.#listeners) listener(error)
  }

  #goOnAsCopy(): string {
    this.#notices = [...this.#notices, changedElsewhere(this.#sketchId)]
    this.#sketchId = newId()
    this.#history.moveTo(this.#sketchId)
    return this.#sketchId
  }

  #finish(): void {
    if (this.#hasEnded) return
    this.#hasEnded = true
    this.#release()
    this.#context.onEnded(this)
  }
}

/** A rejection that may be ignored. */
function refused(message: string): Promise<void> {
  const promise = Promise.reject(new StudioError('bad-request', message))
  promise.catch(() => undefined)
  return promise
}

function isSame(a: SketchDocument, b: SketchDocument): boolean {
  return diffStrokes(a.strokes, b.strokes) === null && a.name === b.name && a.tags.join('\n') === b.tags.join('\n') && sameLeftOut(a, b)
}

async function writeThumbnails(database: Database, sketchId: string, thumbnails: Partial<SketchThumbnails>): Promise<void> {
  await database.write([THUMBNAILS], async (rows) => {
    const before = await rows.get(THUMBNAILS, sketchId)
    await rows.put(THUMBNAILS, { sketchId, sketch: before?.sketch ?? null, face: before?.face ?? null, ...thumbnails })
  })
}

function changedElsewhere(originalId: string): OpenNotice {
  const message = 'This sketch was changed in another tab, so your drawing goes on as a copy. Both are in the sketch database.'
  return { kind: 'opened-as-copy', originalId, message }
}
