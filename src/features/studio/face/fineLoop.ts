/**
 * The finer face when the pen rests: the drawing on display in, its face from the slower model out, unless anything has changed meanwhile.
 *
 * An edit is measured within one model: the finer face against the finer face before it, never against the live one, whose difference would not
 * be the edit's. Where that face was never made, because the pen did not rest, it is made first.
 */

import type { SketchDocument } from '../../../editor/document'
import type { EditRun } from '../../../editor/types'
import type { Look } from '../../../faces/look'
import { resolveTolerance, type ToleranceChoice } from '../../../faces/toleranceChoice'
import type { GeneratedFace, Locality } from '../../../workers/protocol'
import type { FaceRefiner } from './faceTypes'
import { type HoldBase, type LocalityMode, LocalityTracker } from './localityTracker'
import { SettledFaces } from './settledFaces'

/** How long nothing may have happened. */
export const REST_MS = 700

/** The committed drawing on display, and everything else that its face is made of. */
export interface Scene {
  readonly document: SketchDocument
  readonly revision: number
  readonly editRun: EditRun | null
  readonly look: Look
  readonly tolerance: ToleranceChoice
  readonly mode: LocalityMode
  /** Everything but the drawing and the model, as one comparable string. */
  readonly conditions: string
  /** The drawing whose face the live one is measured against. */
  readonly reference: SketchDocument | null
  readonly base: HoldBase | null
  readonly rasterize: (document: SketchDocument, sizePx: number) => Uint8ClampedArray
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
      const { revision, look, rasterize } = scene
      const locality = this.locality(scene, conditions, document, model.sizePx)
      const tolerance = model.tolerance && resolveTolerance(scene.tolerance, model.tolerance.defaults)
      return { revision, sketch: rasterize(document, model.sizePx), look, tolerance, locality }
    })
  }

  /** A reference is measured against nothing. */
  private locality(scene: Scene, conditions: string, document: SketchDocument, sizePx: number): Locality {
    const { editRun, look, mode, base, rasterize } = scene
    return this.tracker.locality({
      mode,
      document,
      editRun: document === scene.document ? editRun : null,
      isPreview: false,
      look,
      conditions,
      settled: this.faces.face,
      base,
      sizePx,
      rasterize: (page) => rasterize(page, sizePx),
    })
  }
}

/** A hold that was let go and taken up again holds another drawing. */
function conditionsOf({ conditions, base }: Scene, modelId: string): string {
  return JSON.stringify([modelId, conditions, base?.id ?? null])
}
