/**
 * A loaded sketch → face model on the current TensorFlow.js back end, with the edit kept local where that is asked for.
 * One pass at a time; the caller waits for `generate` before the next one.
 */

import { changeReport, compositeFace } from '../faces/locality'
import { softMask } from '../faces/regions'
import { StudioError } from '../shared/errors'
import type { PagePoint } from '../shared/featurePlace'
import type { Backend, ChangeReport, FeatureChange, FeatureChangeRequest, Locality } from '../workers/protocol'
import { changeOfFeatures } from './featureChange'
import { featuresAt } from './features'
import { HeldStatistics } from './heldStatistics'
import type { LoadedModel } from './loadModel'
import { ModelPass } from './modelPass'
import { checkLength, type FacePixels, type SketchToFaceRequest, type SketchToFaceSettings, sketchToFace } from './tasks/sketchToFace'
import type { Arrays } from './tasks/task'

/** Width of the soft edge of "Lock outside", in pixels of a 256-pixel face. */
const FEATHER_PX = 8
const FEATHER_SIZE_PX = 256

export interface FaceRequest extends SketchToFaceRequest {
  readonly locality: Locality
}

export interface Face {
  /** RGBA `[size · size · 4]`. */
  pixels: FacePixels
  change: ChangeReport | null
}

export const PLAIN: Locality = { hold: null, lockOutside: false, reference: null, region: null }

export class InferenceSession {
  readonly model: LoadedModel
  readonly backend: Backend
  readonly settings: SketchToFaceSettings
  private readonly pass: ModelPass
  private readonly held = new HeldStatistics()

  /** Puts the model's parameters on the current back end. */
  constructor(model: LoadedModel, backend: Backend) {
    const { task } = model.manifest
    if (task.id !== 'sketchToFace') throw new StudioError('bad-request', `The model "${model.manifest.id}" makes no faces of sketches.`)
    this.model = model
    this.backend = backend
    this.settings = task
    this.pass = new ModelPass(model)
  }

  /** Largest absolute difference to the golden face, in the generator's units (−1 to 1). Warms every kernel up on the way. */
  goldenDifference(): Promise<number> {
    return this.pass.goldenDifference()
  }

  async generate(request: FaceRequest): Promise<Face> {
    const { sketch, look, locality } = request
    this.check(locality)
    const arrays = sketchToFace.arraysOf(this.settings, request)
    const known = this.settings.tolerance
    const page = { sketch, look, tolerance: known && (request.tolerance ?? known.defaults) }
    const outputs = await (locality.hold ? this.heldPass(page, arrays, locality.hold) : this.plainPass(page, arrays))
    const next = this.decode(outputs, arrays)
    const { reference, region, lockOutside } = locality
    const composed = lockOutside && reference && region ? compositeFace(reference.pixels, next, this.mask(region)) : next
    return { pixels: composed, change: reference && changeReport(reference.pixels, composed, region) }
  }

  /** The encoder's features of a sketch at one place, L0 first; the look does not reach them. */
  features(sketch: Uint8ClampedArray, point: PagePoint): Promise<Float32Array<ArrayBuffer>[]> {
    const arrays = sketchToFace.arraysOf(this.settings, { sketch, look: {}, tolerance: null })
    return featuresAt(this.pass, arrays, point, this.settings.sizePx)
  }

  /** How far every place's features move from one sketch to another, layer by layer, and what becomes of the strongest channels. */
  featureChange({ before, after, ...asked }: FeatureChangeRequest): Promise<Omit<FeatureChange, 'elapsedMs'>> {
    const [from, to] = [before, after].map((sketch) => sketchToFace.arraysOf(this.settings, { sketch, look: {}, tolerance: null })) as [
      Arrays,
      Arrays,
    ]
    return changeOfFeatures(this.pass, from, to, asked)
  }

  dispose(): void {
    this.held.dispose()
    this.pass.dispose()
  }

  private mask(region: Uint8ClampedArray): Float32Array {
    return softMask(region, (FEATHER_PX * this.settings.sizePx) / FEATHER_SIZE_PX)
  }

  private check({ hold, region, reference }: Locality): void {
    const { sizePx } = this.settings
    if (hold) checkLength('held sketch', hold.sketch, sizePx ** 2, sizePx)
    if (region) checkLength('region', region, sizePx ** 2, sizePx)
    if (reference) checkLength('reference face', reference.pixels, 4 * sizePx ** 2, sizePx)
  }

  private decode(outputs: Arrays, arrays: Arrays): FacePixels {
    const pixels = sketchToFace.decode(this.settings, outputs, arrays)
    if (!pixels) throw new StudioError('device-lost', 'The graphics device gave no valid picture. The studio goes on with another one.')
    return pixels
  }

  /** Every plain pass leaves its statistics behind, so that holding the face on display costs no second pass. */
  private plainPass(page: SketchToFaceRequest, arrays: Arrays): Promise<Arrays> {
    return this.pass.run(arrays, { norms: { kind: 'collect', into: this.held.collectFor(page) } })
  }

  /** The base face is read with the same tolerance, so that moving a slider does not count as an edit. */
  private async heldPass({ tolerance }: SketchToFaceRequest, arrays: Arrays, hold: NonNullable<Locality['hold']>): Promise<Arrays> {
    if (!this.held.get(hold, tolerance)) {
      const base = { sketch: hold.sketch, look: hold.look, tolerance }
      await this.plainPass(base, sketchToFace.arraysOf(this.settings, base))
    }
    const from = this.held.get(hold, tolerance)
    if (!from) throw new StudioError('internal', 'The statistics of the base face are missing.')
    return this.pass.run(arrays, { norms: { kind: 'hold', from } })
  }
}
