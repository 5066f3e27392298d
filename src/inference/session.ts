/**
 * A loaded model on the current TensorFlow.js back end: sketch, look and tolerance → face, with the edit kept local where that is asked for.
 * One pass at a time; the caller waits for `generate` before the next one.
 */

import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { changeReport, compositeFace } from '../faces/locality'
import { encodeLook, type Look } from '../faces/look'
import { softMask } from '../faces/regions'
import { TOLERANCE_PARTS, type Tolerance, toleranceMap } from '../faces/tolerance'
import { generatorOf } from '../models/generators'
import { inferenceLayers, prepareForInference } from '../models/inferenceLayers'
import type { ForwardOptions, Params } from '../models/model'
import { StudioError } from '../shared/errors'
import type { Backend, ChangeReport, Locality } from '../workers/protocol'
import { HeldStatistics } from './heldStatistics'
import { faceToPixels, inputTensor } from './pixels'
import type { LoadedModel } from './weights'

/** Width of the soft edge of "Lock outside", in pixels of a 256-pixel face. */
const FEATHER_PX = 8
const FEATHER_SIZE_PX = 256

export interface FaceRequest {
  /** Grey `[size · size]`, 255 paper, 0 ink. */
  sketch: Uint8ClampedArray
  look: Look
  /** `null` is the model's default. */
  tolerance: Tolerance | null
  locality: Locality
}

/** What a pass is made of: a request's sketch, or that of the base face it holds on to. */
interface Page {
  sketch: Uint8ClampedArray
  look: Look
  /** `null` for a model without a tolerance map. */
  tolerance: Tolerance | null
}

export interface Face {
  /** RGBA `[size · size · 4]`. */
  pixels: Uint8ClampedArray<ArrayBuffer>
  change: ChangeReport | null
}

export const PLAIN: Locality = { hold: null, lockOutside: false, reference: null, region: null }

export class InferenceSession {
  readonly model: LoadedModel
  readonly backend: Backend
  private readonly params: Params
  private readonly held = new HeldStatistics()

  /** Puts the model's parameters on the current back end. */
  constructor(model: LoadedModel, backend: Backend) {
    this.model = model
    this.backend = backend
    const tensors: Record<string, Tensor> = {}
    for (const { name, shape } of model.manifest.weights) tensors[name] = tf.tensor(model.arrays.get(name) as Float32Array, [...shape])
    this.params = prepareForInference(tensors)
  }

  /** Largest absolute difference to the golden face, in the generator's units (−1 to 1). Warms every kernel up on the way. */
  async goldenDifference(): Promise<number> {
    const { golden, manifest } = this.model
    const face = await this.run(golden.sketch, golden.look, golden.tolerance, {})
    const side = Math.ceil(manifest.sizePx / golden.stride)
    let largest = 0
    for (let i = 0; i < golden.output.length; i++) {
      const [row, column, channel] = [Math.floor(i / 3 / side), Math.floor(i / 3) % side, i % 3]
      const at = (row * golden.stride * manifest.sizePx + column * golden.stride) * 3 + channel
      const difference = Math.abs((face[at] ?? Number.NaN) - (golden.output[i] ?? Number.NaN))
      if (!(difference <= largest)) largest = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference
    }
    return largest
  }

  async generate(request: FaceRequest): Promise<Face> {
    this.check(request)
    const { sketch, look, locality } = request
    const known = this.model.manifest.tolerance
    const tolerance = known && (request.tolerance ?? known.defaults)
    const next = await this.pixels({ sketch, look, tolerance }, locality.hold)
    const { reference, region, lockOutside } = locality
    const composed = lockOutside && reference && region ? compositeFace(reference.pixels, next, this.mask(region)) : next
    return { pixels: composed, change: reference && changeReport(reference.pixels, composed, region) }
  }

  dispose(): void {
    this.held.dispose()
    tf.dispose(Object.values(this.params))
  }

  private mask(region: Uint8ClampedArray): Float32Array {
    return softMask(region, (FEATHER_PX * this.model.manifest.sizePx) / FEATHER_SIZE_PX)
  }

  private check({ sketch, tolerance, locality }: FaceRequest): void {
    const { sizePx } = this.model.manifest
    const lengths: [string, ArrayLike<number> | undefined, number][] = [
      ['sketch', sketch, sizePx ** 2],
      ['held sketch', locality.hold?.sketch, sizePx ** 2],
      ['region', locality.region ?? undefined, sizePx ** 2],
      ['reference face', locality.reference?.pixels, 4 * sizePx ** 2],
    ]
    for (const [name, data, wanted] of lengths) {
      if (!data || data.length === wanted) continue
      throw new StudioError(
        'bad-request',
        `The ${name} has ${data.length} numbers; this model takes pictures of ${sizePx}×${sizePx} pixels.`,
      )
    }
    const wrong = tolerance && TOLERANCE_PARTS.find((part) => !(tolerance[part] >= 0 && tolerance[part] <= 1))
    if (wrong) throw new StudioError('bad-request', `The tolerance of "${wrong}" must be a number from 0 to 1.`)
  }

  private async pixels(page: Page, hold: Locality['hold']): Promise<Uint8ClampedArray<ArrayBuffer>> {
    const face = hold ? await this.heldPass(page, hold) : await this.plainPass(page)
    const pixels = faceToPixels(face)
    if (!pixels) throw new StudioError('device-lost', 'The graphics device gave no valid picture. The studio goes on with another one.')
    return pixels
  }

  /** Every plain pass leaves its statistics behind, so that holding the face on display costs no second pass. */
  private async plainPass({ sketch, look, tolerance }: Page): Promise<Float32Array> {
    const into = this.held.collectFor(sketch, look, tolerance)
    return this.run(sketch, this.encode(look), tolerance, { norms: { kind: 'collect', into } })
  }

  /** The base face is read with the same tolerance, so that moving a slider does not count as an edit. */
  private async heldPass({ sketch, look, tolerance }: Page, hold: NonNullable<Locality['hold']>): Promise<Float32Array> {
    if (!this.held.get(hold, tolerance)) await this.plainPass({ sketch: hold.sketch, look: hold.look, tolerance })
    const from = this.held.get(hold, tolerance)
    if (!from) throw new StudioError('internal', 'The statistics of the base face are missing.')
    return this.run(sketch, this.encode(look), tolerance, { norms: { kind: 'hold', from } })
  }

  private encode(look: Look): Float32Array {
    return encodeLook(this.model.manifest.look.fields, look)
  }

  /** One pass: the face as `[size · size · 3]` in [-1, 1]. */
  private async run(
    sketch: Uint8ClampedArray,
    look: Float32Array,
    tolerance: Tolerance | null,
    options: ForwardOptions,
  ): Promise<Float32Array> {
    const { family, config, sizePx } = this.model.manifest
    const map = tolerance && toleranceMap(tolerance, sizePx)
    const face = tf.tidy(() => {
      const condition: Tensor2D | null = look.length > 0 ? tf.tensor2d(look, [1, look.length]) : null
      return generatorOf(family).forward(config, this.params, inputTensor(sketch, map, sizePx), condition, {
        ...options,
        layers: inferenceLayers,
      })
    })
    try {
      return (await face.data()) as Float32Array
    } finally {
      face.dispose()
    }
  }
}
