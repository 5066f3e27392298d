/**
 * Stroke → face. One subscription on the document (and on the look, the locality, the stand-ins): the lines that the model should see are
 * rasterised and sent to the worker; the face that comes back is shown unless a newer one is. While the pen moves, previews go the same way,
 * but sparingly, so that the face of the finished stroke never waits long behind one.
 */

import { createStore } from 'zustand/vanilla'
import type { SketchDocument } from '../../../editor/document'
import { modelBitmap } from '../../../editor/modelInk'
import type { Editor } from '../../../editor/types'
import type { Look } from '../../../faces/look'
import type { GeneratedFace, GenerateRequest } from '../../../workers/protocol'
import type { PreferencesStore } from '../../ui/preferences'
import type { FaceGenerator, FaceLoop, FacePicture, FaceState, HeatMap } from './faceTypes'
import { type LocalityMode, LocalityTracker, type SettledFace } from './localityTracker'
import { PreviewLoop } from './previewLoop'

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

/** One request on its way. */
interface Errand {
  readonly document: SketchDocument
  readonly conditions: string
  readonly isPreview: boolean
  readonly sequence: number
}

class Loop {
  readonly store = createStore<FaceState>(() => ({ look: {}, locality: 'plain', shown: null, hasPrevious: false, busy: false }))
  currentPicture: FacePicture | null = null
  settledPicture: FacePicture | null = null
  previousPicture: FacePicture | null = null
  heat: HeatMap | null = null
  private readonly options: Options
  private readonly tracker = new LocalityTracker()
  private readonly previews: PreviewLoop
  private readonly unsubscribers: (() => void)[]
  private settledFace: SettledFace | null = null
  /** Numbers of the newest request, of the newest one for a committed drawing, and of the newest one whose face is shown. */
  private requested = 0
  private newestCommitted = 0
  private painted = 0
  /** What the newest request for a committed drawing was made of; an equal one is not sent twice. */
  private wanted: { document: SketchDocument; conditions: string } | null = null
  private scheduled: ReturnType<typeof setTimeout> | undefined

  constructor(options: Options) {
    this.options = options
    const { editor, preferences, generator } = options
    this.previews = new PreviewLoop({
      editor,
      faceMs: () => this.previewFaceMs(),
      send: (document) => this.sendPreview(document),
      onEnd: (hadPreview) => {
        // A dropped gesture leaves the document as it was: the face of its preview has to go.
        if (hadPreview) this.wanted = null
        this.schedule()
      },
    })
    this.unsubscribers = [
      editor.documentStore.subscribe((now, before) => now.document !== before.document && this.schedule()),
      preferences.subscribe((now, before) => now.standIns !== before.standIns && this.schedule()),
      this.store.subscribe((now, before) => (now.look !== before.look || now.locality !== before.locality) && this.schedule()),
      generator.subscribe(() => this.onGenerator()),
    ]
    this.onGenerator()
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
    this.previews.dispose()
    clearTimeout(this.scheduled)
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
    const sequence = ++this.requested
    this.newestCommitted = sequence
    this.store.setState({ busy: true })
    void this.run({ document, conditions, isPreview: false, sequence })
  }

  /** Another name or tag is a new revision with the same strokes: the face that is shown is its face too. */
  private reuseSettled(document: SketchDocument, conditions: string): boolean {
    const { shown } = this.store.getState()
    const face = this.settledFace
    if (!face || !shown || shown.isPreview || this.newestCommitted > this.painted) return false
    if (face.document.strokes !== document.strokes || face.conditions !== conditions) return false
    const { revision } = this.options.editor.documentStore.getState()
    this.settledFace = { ...face, document, revision }
    this.store.setState({ shown: { ...shown, revision } })
    return true
  }

  /** Never in the way of a committed drawing: its request would be replaced. */
  private previewFaceMs(): number | null {
    const { shown, busy } = this.store.getState()
    return busy || this.scheduled !== undefined ? null : (shown?.elapsedMs ?? null)
  }

  private async sendPreview(document: SketchDocument): Promise<void> {
    const conditions = this.conditions(document)
    if (conditions !== null) await this.run({ document, conditions, isPreview: true, sequence: ++this.requested })
  }

  private async run(errand: Errand): Promise<void> {
    try {
      const request = await this.buildRequest(errand)
      const face = request && (await this.options.generator.generate(request))
      if (face) this.receive(face, errand)
    } catch {
      // The client's store says what failed; when it is ready again, the drawing is sent anew.
      if (!errand.isPreview) this.wanted = null
    } finally {
      if (errand.sequence === this.newestCommitted) this.store.setState({ busy: false })
    }
  }

  /** In two tasks, as drawing goes on meanwhile; `null` when something newer has come between them. */
  private async buildRequest(errand: Errand): Promise<GenerateRequest | null> {
    const model = this.options.generator.model()
    if (!model) return null
    const { document, conditions, isPreview } = errand
    const { sizePx } = model
    const { look, locality } = this.store.getState()
    const { revision, editRun } = this.options.editor.documentStore.getState()
    const standIns = this.standIns()
    const rasterize = (page: SketchDocument): Uint8ClampedArray => modelBitmap(page, sizePx, { standIns })
    const sketch = rasterize(document)
    await nextTask()
    if (isPreview ? !this.previews.isDrawing : errand.sequence !== this.newestCommitted) return null
    const settled = this.settledFace
    const locally = {
      mode: locality,
      document,
      editRun: isPreview ? null : editRun,
      isPreview,
      look,
      conditions,
      settled,
      sizePx,
      rasterize,
    }
    return { revision, sketch, look, tolerance: null, locality: this.tracker.locality(locally) }
  }

  private receive(face: GeneratedFace, { document, conditions, isPreview, sequence }: Errand): void {
    if (sequence < this.painted) return
    // A preview that comes home after its gesture has ended shows nothing that anyone still draws.
    if (isPreview && !this.previews.isDrawing) return
    this.painted = sequence
    const { revision, elapsedMs, sizePx, change } = face
    const picture: FacePicture = { pixels: face.pixels, sizePx }
    this.currentPicture = picture
    this.heat = change ? { values: change.heat, sizePx } : null
    if (!isPreview) this.settle(picture, { revision, document, pixels: face.pixels, conditions })
    this.store.setState((state) => ({
      hasPrevious: this.previousPicture !== null,
      shown: {
        revision: isPreview ? (state.shown?.revision ?? revision) : revision,
        isPreview,
        elapsedMs,
        sizePx,
        sequence,
        change: change && { meanInside: change.meanInside, meanOutside: change.meanOutside },
      },
    }))
  }

  /** "The previous face" is the one before the drawing or the look changed, not an equal one after a restart. */
  private settle(picture: FacePicture, face: SettledFace): void {
    const before = this.settledFace
    if (before?.document.id !== face.document.id) this.previousPicture = null
    else if (before.document !== face.document || before.conditions !== face.conditions) this.previousPicture = this.settledPicture
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

function nextTask(): Promise<void> {
  return new Promise((done) => setTimeout(done, 0))
}
