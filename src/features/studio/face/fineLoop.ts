/**
 * The finer face when the pen rests: the drawing on display in, its face from the slower model out, unless anything has changed meanwhile.
 *
 * An edit is measured within one model: the finer face against the finer face before it, never against the live one, whose difference would not
 * be the edit's. Where that face was never made, because the pen did not rest, it is made first.
 */

import type { SketchDocument } from '../../../editor/document'
import type { EditRun } from '../../../editor/types'
import type { GeneratedFace, Locality } from '../../../workers/protocol'
import { drawnFor, type FaceScene, faceRequest, type RequestModel } from './faceRequest'
import type { FaceRefiner } from './faceTypes'
import { type HoldBase, type LocalityMode, LocalityTracker } from './localityTracker'
import { SettledFaces } from './settledFaces'

/** How long nothing may have happened. */
export const REST_MS = 700

/** The committed drawing on display, and everything else that its face is made of. */
export interface Scene extends FaceScene {
  readonly document: SketchDocument
  readonly editRun: EditRun | null
  readonly mode: LocalityMode
  /** Everything but the drawing and the model, as one comparable string. */
  readonly conditions: string
  /** The drawing whose face the live one is measured against. */
  readonly reference: SketchDocument | null
  readonly base: HoldBase | null
}

export interface FineHost {
  readonly refiner: FaceRefiner
  readonly isOn: () => boolean
  /** `null` while something newer is on its way, or under the pen. */
  readonly scene: () => Scene | null
  readonly show: (face: GeneratedFace) => void
  readonly onRefining: (refining: boolean) => void
}

export class FineLoop {
  readonly faces = new SettledFaces()
  private readonly host: FineHost
  private readonly tracker = new LocalityTracker()
  private timer: ReturnType<typeof setTimeout> | undefined
  /** Counts interruptions: what was begun before the newest one is nobody's any more. */
  private turn = 0

  constructor(host: FineHost) {
    this.host = host
  }

  /** The face on display is that of the drawing: from now on the pen rests. */
  rest(): void {
    this.interrupt()
    if (!this.host.isOn() || this.host.refiner.modelId() === null) return
    const { turn } = this
    this.timer = setTimeout(() => void this.refine(turn), REST_MS)
  }

  /** Something has happened: whatever was begun is not wanted any more. */
  interrupt(): void {
    this.turn++
    clearTimeout(this.timer)
    this.host.onRefining(false)
  }

  private async refine(turn: number): Promise<void> {
    const scene = this.host.scene()
    const modelId = this.host.refiner.modelId()
    if (!scene || modelId === null) return
    const conditions = conditionsOf(scene, modelId)
    this.host.onRefining(true)
    try {
      await this.ensureReference(scene, conditions, turn)
      const face = await this.pass(scene, conditions, scene.document, turn)
      if (!face || turn !== this.turn) return
      this.faces.settle(face, scene.document, conditions)
      this.host.show(face)
    } catch {
      // Its client's store says what failed. The live face stays.
    } finally {
      if (turn === this.turn) this.host.onRefining(false)
    }
  }

  private async ensureReference(scene: Scene, conditions: string, turn: number): Promise<void> {
    if (!scene.reference || this.faces.face?.conditions === conditions) return
    const face = await this.pass(scene, conditions, scene.reference, turn)
    if (face && turn === this.turn) this.faces.settle(face, scene.reference, conditions)
  }

  private pass(scene: Scene, conditions: string, document: SketchDocument, turn: number): Promise<GeneratedFace | null> {
    return this.host.refiner.generate((model) => {
      if (turn !== this.turn) return null
      return faceRequest(model, scene, drawnFor(model, scene, document), this.locality(scene, conditions, document, model))
    })
  }

  /** A reference is measured against nothing. */
  private locality(scene: Scene, conditions: string, document: SketchDocument, model: RequestModel): Locality {
    const { editRun, look, placement, mode, base } = scene
    return this.tracker.locality({
      mode,
      document,
      editRun: document === scene.document ? editRun : null,
      isPreview: false,
      look,
      conditions,
      settled: this.faces.face,
      base,
      sizePx: model.sizePx,
      placement,
      rasterize: (page) => drawnFor(model, scene, page),
    })
  }
}

/** A hold that was let go and taken up again holds another drawing. */
function conditionsOf({ conditions, base }: Scene, modelId: string): string {
  return JSON.stringify([modelId, conditions, base?.id ?? null])
}
