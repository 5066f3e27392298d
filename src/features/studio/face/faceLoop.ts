/**
 * Stroke → face. One subscription on the document (and on the look, the tolerance, the locality, the stand-ins): the lines that the model should see
 * are rasterised and sent to the worker; the face that comes back is shown unless a newer one is. While the pen moves, previews go the same way,
 * but sparingly, so that the face of the finished stroke never waits long behind one. When the pen rests, a finer face takes the live one's place.
 */

import { createStore } from 'zustand/vanilla'
import type { SketchDocument } from '../../../editor/document'
import type { Look } from '../../../faces/look'
import type { GeneratedFace, GenerateRequest } from '../../../workers/protocol'
import { DrawingPlace } from './drawingPlace'
import { FaceDisplay } from './faceDisplay'
import { copyOf, drawnFor, faceRequest } from './faceRequest'
import { type FaceLoop, type FaceRecord, type FaceState, type ShownFace, START } from './faceTypes'
import { FineLoop, type Scene } from './fineLoop'
import { FaceMemory } from './keptFace'
import { type LocalityMode, LocalityTracker } from './localityTracker'
import { conditionsOf, type Errand, type LoopOptions, nextTask, sceneNow } from './loopParts'
import { PreviewLoop } from './previewLoop'
import { SettledFaces } from './settledFaces'

export function createFaceLoop(options: LoopOptions): FaceLoop {
  const loop = new Loop(options)
  return {
    store: loop.store,
    current: () => loop.shown.picture,
    settled: () => loop.facesShown().picture,
    previous: () => loop.facesShown().previous,
    heat: () => loop.shown.heat,
    record: () => loop.record(),
    setLook: (look) => loop.setLook(look),
    takeLook: (look) => loop.takeLook(look),
    setTolerance: (tolerance) => loop.store.setState({ tolerance }),
    setLocality: (mode) => loop.setLocality(mode),
    dispose: () => loop.dispose(),
  }
}

class Loop {
  readonly store = createStore<FaceState>(() => START)
  readonly shown = new FaceDisplay(this.store)
  private readonly options: LoopOptions
  private readonly tracker = new LocalityTracker()
  private readonly previews: PreviewLoop
  private readonly fine: FineLoop
  private readonly unsubscribers: (() => void)[]
  private readonly live = new SettledFaces()
  /** Numbers of the newest request, and of the newest one for a committed drawing. */
  private requested = 0
  private newestCommitted = 0
  /** What the newest request for a committed drawing was made of; an equal one is not sent twice. */
  private wanted: { document: SketchDocument; conditions: string } | null = null
  private readonly memory: FaceMemory
  private readonly place: DrawingPlace
  private readonly conditions = (document: SketchDocument): string | null => conditionsOf(this.options, this.store.getState(), document)
  private scheduled: ReturnType<typeof setTimeout> | undefined

  constructor(options: LoopOptions) {
    this.options = options
    const { editor, preferences, generator, refiner, keeping } = options
    this.memory = new FaceMemory(keeping ?? null, editor.documentStore.getState().document.id)
    const { found } = this.memory
    this.place = new DrawingPlace(this.store, found)
    if (found) {
      this.tracker.restore(found.base)
      this.store.setState({ locality: found.locality, placement: found.placement })
    }
    this.fine = new FineLoop({
      refiner,
      isOn: () => preferences.getState().refines,
      scene: () => this.scene(),
      show: (face) => this.display(face, { quality: 'fine', isPreview: false, sequence: ++this.requested }),
      onRefining: (refining) => this.store.getState().refining !== refining && this.store.setState({ refining }),
    })
    this.previews = new PreviewLoop({
      editor,
      faceMs: () => this.previewFaceMs(),
      send: (document) => this.sendPreview(document),
      onEnd: (hadPreview) => {
        // A dropped gesture leaves the document as it was: the face of its preview has to go.
        if (hadPreview) this.wanted = null
        this.schedule()
        this.restWhenSettled()
      },
    })
    this.unsubscribers = [
      editor.documentStore.subscribe((now, before) => now.document !== before.document && this.schedule()),
      preferences.subscribe((now, before) => {
        if (now.standIns !== before.standIns) this.schedule()
        if (now.refines !== before.refines) this.onRefines(now.refines)
      }),
      this.store.subscribe((now, before) => {
        if (now.look !== before.look || now.tolerance !== before.tolerance || now.locality !== before.locality) this.schedule()
      }),
      editor.preview.subscribe(({ gesture }) => gesture && this.fine.interrupt()),
      generator.subscribe(() => this.onGenerator()),
    ]
    this.onGenerator()
  }

  setLook(look: Look): void {
    const { document } = this.options.editor.documentStore.getState()
    this.place.setLook(look, document, this.options.generator.model()?.lookPresets[0]?.look)
  }

  takeLook(look: Look): void {
    this.place.takeLook(look)
  }

  setLocality(locality: LocalityMode): void {
    if (locality === 'plain') this.tracker.releaseHold()
    this.store.setState({ locality })
  }

  dispose(): void {
    for (const unsubscribe of this.unsubscribers) unsubscribe()
    this.previews.dispose()
    this.fine.interrupt()
    clearTimeout(this.scheduled)
  }

  /** Those of the model whose face is on display. */
  facesShown = (): SettledFaces => (this.store.getState().shown?.quality === 'fine' ? this.fine.faces : this.live)

  record(): FaceRecord | null {
    return this.live.picture && { picture: this.live.picture, request: this.live.request }
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
    this.place.place(document)
    const conditions = this.conditions(document)
    if (conditions === null) return
    // Undone and done again at once: the face on display, or on its way, is that of the new revision.
    if (this.wanted?.document === document && this.wanted.conditions === conditions) return void this.reuseSettled(document, conditions)
    this.wanted = { document, conditions }
    if (this.reuseSettled(document, conditions) || this.reuseKept(document, conditions)) return
    const sequence = ++this.requested
    this.newestCommitted = sequence
    this.fine.interrupt()
    this.store.setState({ busy: true })
    void this.run({ document, conditions, isPreview: false, sequence })
  }

  /** Another name or tag is a new revision with the same strokes: the face that is shown is its face too. */
  private reuseSettled(document: SketchDocument, conditions: string): boolean {
    const { shown } = this.store.getState()
    if (!shown || shown.isPreview || this.newestCommitted > this.shown.painted || !this.live.isOf(document, conditions)) return false
    const { revision } = this.options.editor.documentStore.getState()
    this.live.carryOver(document, revision)
    this.store.setState({ shown: { ...shown, revision } })
    return true
  }

  /** After a reload of a held or locked drawing. */
  private reuseKept(document: SketchDocument, conditions: string): boolean {
    const face = this.memory.take(document, conditions, this.options.editor.documentStore.getState().revision)
    if (!face) return false
    this.newestCommitted = ++this.requested
    this.live.settle(face, document, conditions)
    this.display(face, { quality: 'live', isPreview: false, sequence: this.newestCommitted })
    this.restWhenSettled()
    return true
  }

  /** Never in the way of a committed drawing: its request would be replaced. */
  private previewFaceMs(): number | null {
    if (this.store.getState().busy || this.scheduled !== undefined) return null
    return this.live.generated?.elapsedMs ?? null
  }

  private async sendPreview(document: SketchDocument): Promise<void> {
    const conditions = this.conditions(document)
    if (conditions !== null) await this.run({ document, conditions, isPreview: true, sequence: ++this.requested })
  }

  private async run(errand: Errand): Promise<void> {
    try {
      const request = await this.buildRequest(errand)
      const kept = request && !errand.isPreview ? copyOf(request) : null
      const face = request && (await this.options.generator.generate(request))
      if (face) this.receive(face, errand, kept)
    } catch {
      // The client's store says what failed; when it is ready again, the drawing is sent anew.
      if (!errand.isPreview) this.wanted = null
    } finally {
      if (errand.sequence === this.newestCommitted) {
        this.store.setState({ busy: false })
        if (this.wanted) this.requestCommitted()
        this.restWhenSettled()
      }
    }
  }

  /** In two tasks, as drawing goes on meanwhile; `null` when something newer has come between them. */
  private async buildRequest(errand: Errand): Promise<GenerateRequest | null> {
    const model = this.options.generator.model()
    if (!model) return null
    const { document, conditions, isPreview } = errand
    const { editRun } = this.options.editor.documentStore.getState()
    const scene = sceneNow(this.options, this.store.getState())
    const { locality: mode } = this.store.getState()
    const sketch = drawnFor(model, scene, document)
    await nextTask()
    if (isPreview ? !this.previews.isDrawing : errand.sequence !== this.newestCommitted) return null
    const locality = this.tracker.locality({
      mode,
      document,
      editRun: isPreview ? null : editRun,
      isPreview,
      look: scene.look,
      conditions,
      settled: this.live.face,
      sizePx: model.sizePx,
      placement: scene.placement,
      rasterize: (page) => drawnFor(model, scene, page),
    })
    return faceRequest(model, scene, sketch, locality)
  }

  private receive(face: GeneratedFace, { document, conditions, isPreview, sequence }: Errand, request: GenerateRequest | null): void {
    if (sequence < this.shown.painted) return
    // A preview that comes home after its gesture has ended shows nothing that anyone still draws.
    if (isPreview && !this.previews.isDrawing) return
    if (!isPreview) {
      this.live.settle(face, document, conditions, request)
      this.memory.keep(face, document, conditions, this.store.getState(), this.tracker.holdBase)
    }
    this.display(face, { quality: 'live', isPreview, sequence })
  }

  private display(face: GeneratedFace, about: Pick<ShownFace, 'quality' | 'isPreview' | 'sequence'>): void {
    const { previous } = about.quality === 'fine' ? this.fine.faces : this.live
    this.shown.show(face, about, previous !== null)
  }

  /** The live face of the drawing is on display and nothing is under way. Locked, it stays: another model's face would change what may not change. */
  private restWhenSettled(): void {
    if (this.store.getState().locality === 'lock') return
    if (this.scene() && this.store.getState().shown?.quality !== 'fine') this.fine.rest()
  }

  private onRefines(refines: boolean): void {
    if (refines) {
      this.restWhenSettled()
      return
    }
    this.fine.interrupt()
    const { generated } = this.live
    if (generated && this.store.getState().shown?.quality === 'fine')
      this.display(generated, { quality: 'live', isPreview: false, sequence: ++this.requested })
  }

  private scene(): Scene | null {
    const { document, editRun } = this.options.editor.documentStore.getState()
    const { locality: mode, busy, shown } = this.store.getState()
    const { face, generated } = this.live
    if (!face || !shown || shown.isPreview || busy || this.previews.isDrawing || face.document !== document) return null
    const { conditions } = face
    if (conditions !== this.conditions(document)) return null
    const reference = generated?.change ? this.tracker.referenceDocument : null
    return { ...sceneNow(this.options, this.store.getState()), document, editRun, mode, conditions, reference, base: this.tracker.holdBase }
  }
}
