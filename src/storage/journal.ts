/**
 * The journal of one open sketch: committed documents in, durable changes out, in order. `record` remembers the newest document and sends what the database
 * lacks to the write-ahead log in the same task; one writer at a time brings the database from what it holds to that. So the pen never waits, a kill costs
 * nothing, a failed write is made good by the next one, and a slow disk merges changes instead of queueing them.
 */

import type { Stroke } from '../editor/document'
import type { StudioError } from '../shared/errors'
import type { AheadLog } from './ahead/aheadLog'
import { aheadRecord } from './ahead/aheadRecord'
import { type JournalPosition, nextSeq, type WriteOptions, writeState } from './journalWrite'
import type { SketchState } from './sketchState'
import { toStorageError } from './storageError'

export interface JournalOptions extends WriteOptions {
  readonly ahead: AheadLog
  /** After every write that succeeded (`null`) or failed, of the database or ahead of it. */
  readonly onState: (error: StudioError | null, isWritten: boolean) => void
  /** Another tab has written this sketch: gives the id under which this journal goes on, so that neither overwrites the other. */
  readonly onConflict: () => string
}

interface Waiter {
  readonly revision: number
  resolve(): void
  reject(error: StudioError): void
}

export class Journal {
  #id: string
  #position: JournalPosition | null
  /** What the transaction under way will leave in the database. */
  #underWay: { readonly state: SketchState; readonly seq: number } | null = null
  #latest: SketchState
  /** Drawn at this moment, after those of `#latest`. */
  #underPen: readonly Stroke[] = []
  #revision = 0
  #durableRevision = 0
  #aheadRevision = 0
  #lastError: StudioError | null = null
  #isWriting = false
  #waiters: Waiter[] = []
  readonly #options: JournalOptions

  /** @param stored `null` for a sketch that is not in the database; `initial` then is what it starts from. */
  constructor(sketchId: string, initial: SketchState, stored: JournalPosition | null, options: JournalOptions) {
    this.#id = sketchId
    this.#latest = initial
    this.#position = stored
    this.#options = options
  }

  get latest(): SketchState {
    return this.#latest
  }

  get inDatabase(): boolean {
    return this.#position !== null
  }

  get hasUnsaved(): boolean {
    return this.#durableRevision < this.#revision
  }

  /** Whether a kill at this moment would cost nothing. */
  get isSafe(): boolean {
    return Math.max(this.#durableRevision, this.#aheadRevision) >= this.#revision
  }

  get lastError(): StudioError | null {
    return this.#lastError
  }

  record(state: SketchState): Promise<void> {
    this.#latest = state
    this.#underPen = []
    this.#revision++
    this.#writeAhead()
    return this.#untilDurable()
  }

  /** Strokes that are being drawn: a kill leaves them as they stand, and no write of the database waits for them. */
  underPen(strokes: readonly Stroke[]): void {
    if (strokes.length === 0 && this.#underPen.length === 0) return
    this.#underPen = strokes
    this.#tellLog()
  }

  /** Remember without writing, for a sketch that is not worth a row yet: the first `record` writes it too. */
  adopt(state: SketchState): void {
    this.#latest = state
  }

  flushed(): Promise<void> {
    return this.hasUnsaved ? this.#untilDurable() : Promise.resolve()
  }

  /** What the log is to hold: nothing, where the database has it all. */
  #tellLog(): void {
    if (this.hasUnsaved || this.#underPen.length > 0) this.#writeAhead()
    else this.#options.ahead.drop(this.#id)
  }

  /** Sent before anything else happens to the pen-up. */
  #writeAhead(): void {
    const revision = this.#revision
    const held = this.#underWay ? [this.#position, this.#underWay] : [this.#position]
    const record = aheadRecord(this.#id, this.#latest, held, this.#options.now(), this.#underPen)
    void this.#options.ahead.put(record).then((isSafe) => {
      if (!isSafe || revision <= this.#aheadRevision) return
      this.#aheadRevision = revision
      if (this.hasUnsaved) this.#options.onState(this.#lastError, false)
    })
  }

  #untilDurable(): Promise<void> {
    const promise = new Promise<void>((resolve, reject) => this.#waiters.push({ revision: this.#revision, resolve, reject }))
    // The promise may be ignored: the failure has gone to `onState` too.
    promise.catch(() => undefined)
    if (!this.#isWriting) void this.#drain()
    return promise
  }

  async #drain(): Promise<void> {
    this.#isWriting = true
    try {
      while (this.hasUnsaved) await this.#writeLatest()
      this.#isWriting = false
    } catch (error) {
      this.#isWriting = false
      this.#underWay = null
      this.#settle(this.#revision, toStorageError(error, 'write'))
    }
  }

  async #writeLatest(): Promise<void> {
    const target = this.#latest
    const targetRevision = this.#revision
    this.#underWay = { state: target, seq: nextSeq(this.#position, target) }
    const written = await writeState(this.#id, this.#position, target, this.#options)
    this.#underWay = null
    this.#position = written
    if (!written) {
      this.#moveOn()
      return
    }
    this.#durableRevision = targetRevision
    if (!this.hasUnsaved) this.#tellLog()
    this.#settle(targetRevision, null)
  }

  /** The sketch belongs to someone else now: everything goes on under another id. */
  #moveOn(): void {
    this.#options.ahead.drop(this.#id)
    this.#id = this.#options.onConflict()
    this.#writeAhead()
  }

  /** Settles everyone who waits for a revision that this attempt covered. */
  #settle(upTo: number, error: StudioError | null): void {
    const reached = this.#waiters.filter((waiter) => waiter.revision <= upTo)
    this.#waiters = this.#waiters.filter((waiter) => waiter.revision > upTo)
    for (const waiter of reached) error ? waiter.reject(error) : waiter.resolve()
    this.#lastError = error
    this.#options.onState(error, error === null)
  }
}
