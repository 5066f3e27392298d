/**
 * Nothing is lost: every committed document goes to the sketch's journal, looks, tolerances and thumbnails too, and the interface is told whether it is
 * safe. Also opens, makes and changes sketches; the drawing on the page only changes when the new one is ready, and one that is not saved only leaves the
 * page when the person says so.
 */

import { createStore, type StoreApi } from 'zustand/vanilla'
import { emptyDocument, type SketchDocument } from '../editor/document'
import type { Editor } from '../editor/types'
import type { Look } from '../faces/look'
import type { ToleranceChoice } from '../faces/toleranceChoice'
import type { FaceLoop } from '../features/studio/face/faceTypes'
import type { StudioError } from '../shared/errors'
import { newId } from '../shared/ids'
import { HISTORY_LIMITS } from '../storage'
import type { OpenNotice, PersistenceAnswer, SketchSession, StudioStorage } from '../storage/types'
import type { DocumentTap } from './documentTap'
import { faceThumbnail, sketchThumbnail } from './pictures'

export interface KeeperState {
  readonly sketchId: string
  /** `deleted`: another tab has put the sketch into the trash, or emptied it; the next stroke brings it back. */
  readonly saving: 'saved' | 'saving' | 'failed' | 'deleted'
  readonly error: StudioError | null
  readonly persistence: PersistenceAnswer | null
}

export interface KeeperParts {
  readonly storage: StudioStorage
  readonly editor: Editor
  readonly documents: DocumentTap
  readonly faceLoop: FaceLoop
  readonly onNotices: (notices: readonly OpenNotice[]) => void
  readonly onError: (error: StudioError) => void
  /** The sketch on the page was deleted in another tab. Returns what takes the news away when it is back. */
  readonly onDeleted: () => () => void
  /** The drawing could not be saved and is to make room for another: resolves to whether it may. */
  readonly mayLeave: () => Promise<boolean>
}

/** Thumbnails are made when drawing has paused this long. */
const THUMBNAIL_DELAY_MS = 1_500
/** News of the list come with every stroke: looked at when they pause. */
const NEWS_DELAY_MS = 150

export class SketchKeeper {
  readonly store: StoreApi<KeeperState>
  private readonly parts: KeeperParts
  private session: SketchSession
  private error: StudioError | null = null
  private isDeleted = false
  private takeNewsAway: () => void = () => undefined
  private switching = false
  private hasAsked = false
  private stopSession: () => void = () => undefined
  private thumbnailTimer: ReturnType<typeof setTimeout> | undefined
  private newsTimer: ReturnType<typeof setTimeout> | undefined
  private readonly unsubscribers: (() => void)[]

  constructor(parts: KeeperParts, session: SketchSession) {
    this.parts = parts
    this.session = session
    this.store = createStore<KeeperState>(() => ({ sketchId: session.sketchId, saving: 'saved', error: null, persistence: null }))
    this.show(session)
    const { documents, editor, faceLoop, storage } = parts
    documents.listen({
      onDocument: (document) => this.onDocument(document),
      onUnderPen: (strokes) => this.session.underPen(strokes),
    })
    this.unsubscribers = [
      () => documents.close(),
      faceLoop.store.subscribe((now, before) => {
        if (now.look !== before.look) this.onCondition((session) => session.recordLook(now.look))
        if (now.tolerance !== before.tolerance) this.onCondition((session) => session.recordTolerance(now.tolerance))
        if (now.shown !== before.shown && now.shown && !now.shown.isPreview) this.scheduleThumbnails()
      }),
      storage.sketches.onChange(() => this.scheduleNews()),
    ]
    if (editor.documentStore.getState().document.strokes.length > 0) void this.askForPersistence()
  }

  /** Of the sketch on the page, or of one that was left. */
  get hasUnsaved(): boolean {
    return this.parts.storage.hasUnsaved
  }

  /** Waits until everything is on disk; a failure shows in the state. */
  async flush(): Promise<void> {
    await this.parts.storage.flushed().catch(() => undefined)
    this.refresh()
  }

  /** Look and tolerance stay as they are in use. Resolves to `false` when the person stays with a drawing that is not saved. */
  async startNew(): Promise<boolean> {
    const { look, tolerance } = this.parts.faceLoop.store.getState()
    return await this.replace(() => this.parts.storage.sketches.create(emptyDocument(newId()), { look, tolerance }))
  }

  async openSketch(id: string): Promise<boolean> {
    if (id === this.session.sketchId) return true
    return await this.replace(() => this.parts.storage.sketches.open(id))
  }

  /** An imported drawing becomes a sketch of its own, kept at once. */
  async adopt(document: SketchDocument, conditions: { readonly look: Look; readonly tolerance?: ToleranceChoice }): Promise<boolean> {
    const isOpen = await this.replace(() => this.parts.storage.sketches.create(document, conditions))
    if (isOpen) this.record(this.session.document)
    return isOpen
  }

  /** The sketch on the page enters the database, an empty one too: something else belongs to it. */
  keep(): void {
    this.settleAfter(this.session, this.session.keep())
  }

  /** The sketch on the page out of the trash, also one that was purged. */
  async bringBack(): Promise<void> {
    const { session } = this
    // A purged one has no row to restore: it is written anew.
    await this.parts.storage.sketches.restore(session.sketchId).catch(() => session.record(session.document))
    await this.readNews()
  }

  dispose(): void {
    for (const unsubscribe of this.unsubscribers) unsubscribe()
    clearTimeout(this.thumbnailTimer)
    clearTimeout(this.newsTimer)
    this.stopSession()
  }

  /** The old sketch is closed only when the new one is open. */
  private async replace(open: () => Promise<SketchSession>): Promise<boolean> {
    await this.saveThumbnails()
    if (this.session.hasUnsaved && !(await this.parts.mayLeave())) return false
    const next = await open()
    const previous = this.session
    const { error } = this
    this.session = next
    this.show(next)
    await previous.close()
    // Out of sight it is kept in memory, tried again, and still not saved.
    if (previous.hasUnsaved) this.error = error
    this.refresh()
    return true
  }

  private show(session: SketchSession): void {
    const { editor, faceLoop, onNotices } = this.parts
    this.stopSession()
    this.error = null
    this.isDeleted = false
    this.stopSession = session.onState((error) => this.onState(error))
    this.switching = true
    editor.load(session.document, session.timeline)
    faceLoop.setLook(session.look)
    faceLoop.setTolerance(session.tolerance)
    this.switching = false
    clearTimeout(this.thumbnailTimer)
    this.store.setState({ sketchId: session.sketchId })
    this.refresh()
    if (session.notices.length > 0) onNotices(session.notices)
  }

  private onDocument(document: SketchDocument): void {
    if (!this.switching) this.record(document)
  }

  /** The record goes out before anything else happens. */
  private record(document: SketchDocument): void {
    const { session } = this
    const recorded = session.record(document, this.parts.editor.timeline(HISTORY_LIMITS.steps))
    this.isDeleted = false
    this.settleAfter(session, recorded)
    if (document.strokes.length > 0) void this.askForPersistence()
  }

  private onCondition(record: (session: SketchSession) => Promise<void>): void {
    if (!this.switching) this.settleAfter(this.session, record(this.session))
  }

  /** An empty sketch is not in the database yet, so no write tells that there is nothing to save. */
  private settleAfter(session: SketchSession, recorded: Promise<void>): void {
    this.refresh()
    recorded.then(
      () => session === this.session && this.refresh(),
      // `onState` has the error already, and the next record writes what is missing.
      () => undefined,
    )
  }

  private onState(error: StudioError | null): void {
    const before = this.error
    this.error = error
    this.refresh()
    if (error && before?.code !== error.code) this.parts.onError(error)
  }

  /** What can truly be said of the drawing at this moment. */
  private refresh(): void {
    // An error of a sketch that was left is over when nothing is unsaved any more.
    if (!this.parts.storage.hasUnsaved) this.error = null
    const saving = this.isDeleted ? 'deleted' : this.error ? 'failed' : this.session.isSafe ? 'saved' : 'saving'
    const now = this.store.getState()
    const { sketchId } = this.session
    if (now.saving !== saving || now.error !== this.error || now.sketchId !== sketchId)
      this.store.setState({ saving, error: this.error, sketchId })
  }

  private scheduleNews(): void {
    clearTimeout(this.newsTimer)
    this.newsTimer = setTimeout(() => void this.readNews(), NEWS_DELAY_MS)
  }

  /** Whether the sketch on the page still is where "Saved" says that it is. */
  private async readNews(): Promise<void> {
    const { session } = this
    if (!session.isKept) return
    const summary = await this.parts.storage.sketches.get(session.sketchId).catch(() => undefined)
    if (summary === undefined || session !== this.session) return
    const isDeleted = (summary === null || summary.deletedAt !== null) && !session.hasUnsaved
    const isNew = isDeleted && !this.isDeleted
    this.isDeleted = isDeleted
    this.refresh()
    if (isNew || !isDeleted) this.takeNewsAway()
    if (isNew) this.takeNewsAway = this.parts.onDeleted()
  }

  private async askForPersistence(): Promise<void> {
    if (this.hasAsked) return
    this.hasAsked = true
    const persistence = await this.parts.storage.requestPersistence().catch(() => 'unsupported' as const)
    this.store.setState({ persistence })
  }

  private scheduleThumbnails(): void {
    clearTimeout(this.thumbnailTimer)
    this.thumbnailTimer = setTimeout(() => void this.saveThumbnails(), THUMBNAIL_DELAY_MS)
  }

  private async saveThumbnails(): Promise<void> {
    clearTimeout(this.thumbnailTimer)
    const { session } = this
    const { document } = this.parts.editor.documentStore.getState()
    const face = this.parts.faceLoop.settled()
    try {
      await session.saveThumbnails({ sketch: await sketchThumbnail(document.strokes), face: face ? await faceThumbnail(face) : null })
    } catch {
      // A missing picture in the list is no loss.
    }
  }
}

/** A hidden page may never come back: write now. Leaving with something unwritten asks first. */
export function protectFromClosing(keeper: SketchKeeper): void {
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') void keeper.flush()
  })
  window.addEventListener('beforeunload', (event) => {
    if (keeper.hasUnsaved) event.preventDefault()
  })
}
