/**
 * Nothing is lost: every committed document goes to the sketch's journal, looks, tolerances and thumbnails too, and the interface is told whether it is
 * safe. Also opens, makes and changes sketches; the drawing on the page only changes when the new one is ready.
 */

import { createStore, type StoreApi } from 'zustand/vanilla'
import { emptyDocument, type SketchDocument } from '../editor/document'
import type { Editor } from '../editor/types'
import type { Look } from '../faces/look'
import type { ToleranceChoice } from '../faces/toleranceChoice'
import type { FaceLoop } from '../features/studio/face/faceTypes'
import type { StudioError } from '../shared/errors'
import { newId } from '../shared/ids'
import type { OpenNotice, PersistenceAnswer, SketchSession, StudioStorage } from '../storage/types'
import { faceThumbnail, sketchThumbnail } from './pictures'

export interface KeeperState {
  readonly sketchId: string
  readonly saving: 'saved' | 'saving' | 'failed'
  readonly error: StudioError | null
  readonly persistence: PersistenceAnswer | null
}

export interface KeeperParts {
  readonly storage: StudioStorage
  readonly editor: Editor
  readonly faceLoop: FaceLoop
  readonly onNotices: (notices: readonly OpenNotice[]) => void
  readonly onError: (error: StudioError) => void
}

/** Thumbnails are made when drawing has paused this long. */
const THUMBNAIL_DELAY_MS = 1_500

export class SketchKeeper {
  readonly store: StoreApi<KeeperState>
  private readonly parts: KeeperParts
  private session: SketchSession
  private switching = false
  private stopSession: () => void = () => undefined
  private thumbnailTimer: ReturnType<typeof setTimeout> | undefined
  private readonly unsubscribers: (() => void)[]

  constructor(parts: KeeperParts, session: SketchSession) {
    this.parts = parts
    this.session = session
    this.store = createStore<KeeperState>(() => ({ sketchId: session.sketchId, saving: 'saved', error: null, persistence: null }))
    this.show(session)
    const { editor, faceLoop } = parts
    this.unsubscribers = [
      editor.documentStore.subscribe((now, before) => now.document !== before.document && this.onDocument(now.document)),
      faceLoop.store.subscribe((now, before) => {
        if (now.look !== before.look) this.onCondition((session) => session.recordLook(now.look))
        if (now.tolerance !== before.tolerance) this.onCondition((session) => session.recordTolerance(now.tolerance))
        if (now.shown !== before.shown && now.shown && !now.shown.isPreview) this.scheduleThumbnails()
      }),
    ]
    if (editor.documentStore.getState().document.strokes.length > 0) void this.askForPersistence()
  }

  get hasUnsaved(): boolean {
    return this.session.hasUnsaved
  }

  /** Waits until everything is on disk; a failure shows in the state. */
  async flush(): Promise<void> {
    await this.session.flushed().catch(() => undefined)
  }

  /** Look and tolerance stay as they are in use. */
  async startNew(): Promise<void> {
    const { look, tolerance } = this.parts.faceLoop.store.getState()
    await this.replace(() => this.parts.storage.sketches.create(emptyDocument(newId()), { look, tolerance }))
  }

  async openSketch(id: string): Promise<void> {
    if (id === this.session.sketchId) return
    await this.replace(() => this.parts.storage.sketches.open(id))
  }

  /** An imported drawing becomes a sketch of its own, kept at once. */
  async adopt(document: SketchDocument, conditions: { readonly look: Look; readonly tolerance?: ToleranceChoice }): Promise<void> {
    await this.replace(() => this.parts.storage.sketches.create(document, conditions))
    void this.record(this.session.document)
  }

  dispose(): void {
    for (const unsubscribe of this.unsubscribers) unsubscribe()
    clearTimeout(this.thumbnailTimer)
    this.stopSession()
  }

  /** The old sketch is closed only when the new one is open. */
  private async replace(open: () => Promise<SketchSession>): Promise<void> {
    await this.saveThumbnails()
    const next = await open()
    const previous = this.session
    this.session = next
    this.show(next)
    await previous.close()
  }

  private show(session: SketchSession): void {
    const { editor, faceLoop, onNotices } = this.parts
    this.stopSession()
    this.stopSession = session.onState((error) => this.onState(error))
    this.switching = true
    editor.load(session.document)
    faceLoop.setLook(session.look)
    faceLoop.setTolerance(session.tolerance)
    this.switching = false
    clearTimeout(this.thumbnailTimer)
    this.store.setState({ sketchId: session.sketchId, saving: session.hasUnsaved ? 'saving' : 'saved', error: null })
    if (session.notices.length > 0) onNotices(session.notices)
  }

  private onDocument(document: SketchDocument): void {
    if (!this.switching) void this.record(document)
  }

  private async record(document: SketchDocument): Promise<void> {
    const { session } = this
    this.store.setState({ saving: 'saving' })
    try {
      await session.record(document)
      this.settle(session)
      if (document.strokes.length > 0) await this.askForPersistence()
    } catch {
      // `onState` has the error already, and the next record writes what is missing.
    }
  }

  private onCondition(record: (session: SketchSession) => Promise<void>): void {
    if (this.switching) return
    this.store.setState({ saving: 'saving' })
    const { session } = this
    record(session).then(
      () => this.settle(session),
      () => undefined,
    )
  }

  /** An empty sketch is not in the database yet, so no write tells that there is nothing to save. */
  private settle(session: SketchSession): void {
    if (session === this.session && !session.hasUnsaved && !this.store.getState().error) this.store.setState({ saving: 'saved' })
  }

  private onState(error: StudioError | null): void {
    const before = this.store.getState().error
    const saving = error ? 'failed' : this.session.hasUnsaved ? 'saving' : 'saved'
    this.store.setState({ saving, error })
    if (error && before?.code !== error.code) this.parts.onError(error)
  }

  private async askForPersistence(): Promise<void> {
    if (this.store.getState().persistence !== null) return
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
