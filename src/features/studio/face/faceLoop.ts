/**
 * Stroke → face. One subscription on the document (and on the look, the locality, the stand-ins): the lines that the model should see are
 * rasterised and sent to the worker; the face that comes back is shown unless a newer one is. While the pen moves, previews go the same way,
 * but sparingly, so that the face of the finished stroke never waits long behind one.
 */

import { createStore, type StoreApi } from 'zustand/vanilla'
import type { SketchDocument } from '../../../editor/document'
import { modelBitmap } from '../../../editor/modelInk'
import type { Editor } from '../../../editor/types'
import type { Look, LookPreset } from '../../../faces/look'
import type { GeneratedFace, GenerateRequest } from '../../../workers/protocol'
import type { PreferencesStore } from '../../ui/preferences'
import { type LocalityMode, LocalityTracker, type SettledFace } from './localityTracker'
import { previewIsDue } from './previewPace'

export interface ShownFace {
  /** Document revision that the face shows; of a preview, the one before the stroke under the pen. */
  readonly revision: number
  readonly isPreview: boolean
  readonly elapsedMs: number
  readonly sizePx: number
  /** Increases with every face painted: a change means new pictures. */
  readonly sequence: number
  readonly change: { readonly meanInside: number; readonly meanOutside: number } | null
}

export interface FaceState {
  readonly look: Look
  readonly locality: LocalityMode
  readonly shown: ShownFace | null
  readonly hasPrevious: boolean
  /** A face is on its way. */
  readonly busy: boolean
}

export interface FacePicture {
  readonly pixels: Uint8ClampedArray<ArrayBuffer>
  readonly sizePx: number
}

/** What the loop needs of the worker's client. */
export interface FaceGenerator {
  /** `null` when a newer request has replaced this one. Rejects when the worker fails; the client then says so itself. */
  generate(request: GenerateRequest): Promise<GeneratedFace | null>
  /** The model in use, `null` until it is ready. */
  model(): { readonly id: string; readonly sizePx: number; readonly lookPresets: readonly LookPreset[] } | null
  /** Told whenever `model()` may have changed. */
  subscribe(listener: () => void): () => void
}

export interface FaceLoop {
  readonly store: StoreApi<FaceState>
  /** Pictures stay outside the store. */
  readonly current: () => FacePicture | null
  readonly settled: () => FacePicture | null
  readonly previous: () => FacePicture | null
  readonly heat: () => { readonly values: Uint8ClampedArray; readonly sizePx: number } | null
  setLook(look: Look): void
  setLocality(mode: LocalityMode): void
  dispose(): void
}

interface Options {
  readonly editor: Editor
  readonly preferences: PreferencesStore
  readonly generator: FaceGenerator
}

export function createFaceLoop(options: Options): FaceLoop {
  const loop = new Loop(options)
  return {
    store: loop.store,
    current: () => loop.currentPicture,
    settled: () => loop.settledPicture,
    previous: () => loop.previousPicture,
    heat: () => loop.heat,
    setLook: (look) => loop.setLook(look),
    setLocality: (mode) => loop.setLocality(mode),
    dispose: () => loop.dispose(),
  }
}

class Loop {
  readonly store = createStore<FaceState>(() => ({ look: {}, locality: 'plain', shown: null, hasPrevious: false, busy: false }))
  currentPicture: FacePicture | null = null
  settledPicture: FacePicture | null = null
  previousPicture: FacePicture | null = null
  heat: { values: Uint8ClampedArray; sizePx: number } | null = null
  private readonly options: Options
  private readonly tracker = new LocalityTracker()
  private readonly unsubscribers: (() => void)[]
  private settledFace: SettledFace | null = null
  /** Number of the newest request, and of the newest one whose face is shown. */
  private requested = 0
  private painted = 0
  private newestCommitted = 0
  /** What the newest request for a committed drawing was made of; an equal one is not sent twice. */
  private wanted: { document: SketchDocument; conditions: string } | null = null
  private scheduled: ReturnType<typeof setTimeout> | undefined
  private previewTimer: ReturnType<typeof setTimeout> | undefined
  private gestureSince: number | null = null
  private previewInFlight = false
  private previewEndedAt = 0

  constructor(options: Options) {
    this.options = options
    const { editor, preferences, generator } = options
    this.unsubscribers = [
      editor.documentStore.subscribe((now, before) => now.document !== before.document && this.schedule()),
      preferences.subscribe((now, before) => now.standIns !== before.standIns && this.schedule()),
      this.store.subscribe((now, before) => (now.look !== before.look || now.locality !== before.locality) && this.schedule()),
      generator.subscribe(() => this.onGenerator()),
      editor.preview.subscribe((state) => this.onGesture(state.gesture)),
    ]
    this.onGenerator()
    this.schedule()
  }

  /** A look that says nothing at all was never chosen: the model's first preset stands in, or it would average people into grey. */
  setLook(look: Look): void {
    const standard = this.options.generator.model()?.lookPresets[0]?.look
    this.store.setState({ look: standard && Object.keys(look).length === 0 ? standard : look })
  }

  setLocality(locality: LocalityMode): void {
    if (locality === 'plain') this.tracker.releaseHold()
    this.store.setState({ locality })
  }

  dispose(): void {
    for (const unsubscribe of this.unsubscribers) unsubscribe()
    clearTimeout(this.scheduled)
    clearTimeout(this.previewTimer)
  }

  /** A worker that came back knows nothing of what was asked before. */
  private onGenerator(): void {
    if (!this.options.generator.model()) {
      this.wanted = null
      this.store.setState({ busy: false })
      return
    }
    const { look } = this.store.getState()
    if (Object.keys(look).length === 0) this.setLook(look)
    this.schedule()
  }

  /** After the event that caused it, so that ink is painted first. */
  private schedule(): void {
    this.scheduled ??= setTimeout(() => {
      this.scheduled = undefined
      this.requestCommitted()
    }, 0)
  }

  private requestCommitted(): void {
    const { document } = this.options.editor.documentStore.getState()
    const conditions = this.conditions(document)
    if (conditions === null || (this.wanted?.document === document && this.wanted.conditions === conditions)) return
    this.wanted = { document, conditions }
    if (this.reuseSettled(document, conditions)) return
    void this.request(document, conditions, false)
  }

  /** Another name or tag is a new revision with the same strokes: the face that is shown is its face too. */
  private reuseSettled(document: SketchDocument, conditions: string): boolean {
    const { shown } = this.store.getState()
    const face = this.settledFace
    const nothingNewer = this.newestCommitted <= this.painted && shown !== null && !shown.isPreview
    if (!face || !nothingNewer || face.document.strokes !== document.strokes || face.conditions !== conditions) return false
    const { revision } = this.options.editor.documentStore.getState()
    this.settledFace = { ...face, document, revision }
    this.store.setState({ shown: { ...shown, revision } })
    return true
  }

  // ------------------------------------------------------------ previews

  private onGesture(gesture: boolean): void {
    if (!gesture) {
      if (this.gestureSince === null) return
      this.gestureSince = null
      clearTimeout(this.previewTimer)
      this.previewTimer = undefined
      // A dropped gesture leaves the document as it was: the face of the preview has to go.
      if (this.store.getState().shown?.isPreview || this.previewInFlight) this.wanted = null
      this.schedule()
      return
    }
    this.gestureSince ??= performance.now()
    this.previewTimer ??= setTimeout(() => {
      this.previewTimer = undefined
      this.requestPreview()
    }, 60)
  }

  private requestPreview(): void {
    const { shown } = this.store.getState()
    const now = performance.now()
    if (this.gestureSince === null || this.previewInFlight || !shown) return
    if (!previewIsDue({ gestureMs: now - this.gestureSince, sinceLastMs: now - this.previewEndedAt, faceMs: shown.elapsedMs })) return
    const document = this.options.editor.previewDocument()
    if (document === this.options.editor.documentStore.getState().document) return
    const conditions = this.conditions(document)
    if (conditions === null) return
    this.previewInFlight = true
    void this.request(document, conditions, true).finally(() => {
      this.previewInFlight = false
      this.previewEndedAt = performance.now()
    })
  }

  // ------------------------------------------------------------ requests

  private async request(document: SketchDocument, conditions: string, isPreview: boolean): Promise<void> {
    const { editor, generator } = this.options
    const sequence = ++this.requested
    const { revision, editRun } = editor.documentStore.getState()
    const request = this.buildRequest(document, conditions, isPreview ? null : editRun, revision, isPreview)
    if (!request) return
    if (!isPreview) this.store.setState({ busy: true })
    try {
      const face = await generator.generate(request)
      if (face) this.receive(face, { document, conditions, isPreview, sequence })
    } catch {
      // The client's store says what failed; when it is ready again, the drawing is sent anew.
      if (!isPreview) this.wanted = null
    } finally {
      if (!isPreview && sequence >= this.newestCommitted) this.store.setState({ busy: false })
    }
  }

  private buildRequest(
    document: SketchDocument,
    conditions: string,
    editRun: Parameters<LocalityTracker['locality']>[0]['editRun'],
    revision: number,
    isPreview: boolean,
  ): GenerateRequest | null {
    const model = this.options.generator.model()
    if (!model) return null
    if (!isPreview) this.newestCommitted = this.requested
    const { look, locality } = this.store.getState()
    const { sizePx } = model
    const toBitmap = (sketch: SketchDocument) => modelBitmap(sketch, sizePx, { standIns: this.standIns() })
    return {
      revision,
      sketch: toBitmap(document),
      look,
      locality: this.tracker.locality({
        mode: locality,
        document,
        editRun,
        isPreview,
        look,
        conditions,
        settled: this.settledFace,
        sizePx,
        rasterize: toBitmap,
      }),
    }
  }

  private receive(
    face: GeneratedFace,
    { document, conditions, isPreview, sequence }: { document: SketchDocument; conditions: string; isPreview: boolean; sequence: number },
  ): void {
    if (sequence < this.painted) return
    // A preview that comes home after its gesture has ended shows nothing that anyone still draws.
    if (isPreview && this.gestureSince === null) return
    this.painted = sequence
    const picture: FacePicture = { pixels: face.pixels, sizePx: face.sizePx }
    this.currentPicture = picture
    this.heat = face.change ? { values: face.change.heat, sizePx: face.sizePx } : null
    if (!isPreview) this.settle(picture, { revision: face.revision, document, pixels: face.pixels, conditions })
    this.store.setState({
      hasPrevious: this.previousPicture !== null,
      shown: {
        revision: face.revision,
        isPreview,
        elapsedMs: face.elapsedMs,
        sizePx: face.sizePx,
        sequence,
        change: face.change ? { meanInside: face.change.meanInside, meanOutside: face.change.meanOutside } : null,
      },
    })
  }

  /** "The previous face" is the one before the drawing or the look changed, not an equal one after a restart. */
  private settle(picture: FacePicture, face: SettledFace): void {
    const before = this.settledFace
    if (before && before.document.id !== face.document.id) this.previousPicture = null
    else if (before && (before.document !== face.document || before.conditions !== face.conditions))
      this.previousPicture = this.settledPicture
    this.settledFace = face
    this.settledPicture = picture
  }

  private standIns(): boolean {
    return this.options.preferences.getState().standIns
  }

  /** `null` while no model is ready. */
  private conditions(document: SketchDocument): string | null {
    const model = this.options.generator.model()
    if (!model) return null
    const { look, locality } = this.store.getState()
    return JSON.stringify([document.id, model.id, locality, this.standIns(), look])
  }
}
