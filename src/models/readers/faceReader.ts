/**
 * A reader of faces in any style: picture `[B, H, W, 3]` in [-1, 1] → logits of 68 landmarks `[B, H/2, W/2, 68]` and of nine regions `[B, H/2, W/2, 9]`. Twin:
 * `pipeline/networks/face_reader.py`.
 *
 * Level i of the encoder: 3×3 convolution with stride 2, batch norm, ReLU, then residual blocks of two 3×3 convolutions with batch norms. The decoder goes back up
 * (feature pyramid, Lin et al. 2017): a 1×1 convolution of what lies below, enlarged to twice its size, plus a 1×1 convolution of the encoder's level, then a 3×3
 * convolution, batch norm, ReLU. A landmark is the expected place under the softmax of its map (`losses/landmarks.ts`).
 */

import type { Tensor4D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import * as v from 'valibot'
import { StudioError } from '../../shared/errors'
import { list, object, wholeNumber } from '../../shared/schema'
import { readConfig } from '../config'
import type { Picture } from '../generators/unet'
import { batchNorm, differentiableLayers } from '../layers'
import type { ForwardOptions, Network, Params } from '../network'
import { batchNorm as batchNormPlan, conv, macsOf, type PlannedParameter, specsOf, vector } from '../parameterPlan'

export interface FaceReaderConfig {
  /** Channels of the encoder's levels, each half the size of the one before. */
  widths: number[]
  /** Residual blocks of each level. */
  blocks: number[]
  /** Channels of the decoder's levels: of all but the deepest. */
  decoderWidths: number[]
}

export type FaceMaps = { readonly landmarks: Tensor4D; readonly regions: Tensor4D }

export const READ_LANDMARKS = 68
export const READ_REGIONS = 9

const ZERO_0 = { kind: 'zero', px: 0 } as const
const ZERO_1 = { kind: 'zero', px: 1 } as const
const LEVELS_TEXT = 'a list of 2 to 6 numbers'

function normedConv(name: string, inChannels: number, outChannels: number, divisor: number): PlannedParameter[] {
  return [conv(`${name}.kernel`, [3, 3, inChannels, outChannels], divisor), ...batchNormPlan(`${name}.norm`, outChannels)]
}

function plan({ widths, blocks, decoderWidths }: FaceReaderConfig): PlannedParameter[] {
  const at = (list: readonly number[], i: number): number => list[i] as number
  const encoder = widths.flatMap((width, i) => {
    const divisor = 2 ** (i + 1)
    const residual = Array.from({ length: at(blocks, i) }, (_, k) =>
      ['conv1', 'conv2'].flatMap((layer) => normedConv(`encoder.${i}.block.${k}.${layer}`, width, width, divisor)),
    )
    return [...normedConv(`encoder.${i}.down`, i > 0 ? at(widths, i - 1) : 3, width, divisor), ...residual.flat()]
  })
  const below = [...decoderWidths.slice(1), at(widths, widths.length - 1)]
  const decoder = decoderWidths.flatMap((width, i) => [
    conv(`decoder.${i}.below.kernel`, [1, 1, at(below, i), width], 2 ** (i + 2)),
    conv(`decoder.${i}.beside.kernel`, [1, 1, at(widths, i), width], 2 ** (i + 1)),
    ...normedConv(`decoder.${i}.conv`, width, width, 2 ** (i + 1)),
  ])
  const outputs = READ_LANDMARKS + READ_REGIONS
  return [...encoder, ...decoder, conv('head.kernel', [1, 1, at(decoderWidths, 0), outputs], 2), vector('head.bias', outputs)]
}

const numbers = (least: number, most: number) =>
  v.pipe(list(wholeNumber(least, most)), v.minLength(1, LEVELS_TEXT), v.maxLength(6, LEVELS_TEXT))
const SCHEMA = v.pipe(
  object({ widths: numbers(1, 512), blocks: numbers(0, 8), decoderWidths: numbers(1, 512) }),
  v.check(
    ({ widths, blocks, decoderWidths }) => widths.length === blocks.length && widths.length === decoderWidths.length + 1,
    'as many blocks as widths, and one decoder width less',
  ),
)

function checkSides([, height, width]: Tensor4D['shape'], levels: number): void {
  const side = 2 ** levels
  if (height % side === 0 && width % side === 0) return
  throw new StudioError(
    'bad-request',
    `A face reader of ${levels} levels takes pictures with sides that are multiples of ${side}, not ${width}×${height}.`,
  )
}

/** 3×3 convolution and batch norm. */
function normed(params: Params, name: string, x: Tensor4D, stride: 1 | 2, relu: boolean, options: ForwardOptions): Tensor4D {
  const { layers = differentiableLayers } = options
  return batchNorm(params, `${name}.norm`, layers.conv(params, name, x, ZERO_1, stride, false), relu, options)
}

/** The encoder's levels, the largest first: what a perceptual loss compares. Within a `tidy`. */
export function readerFeatures({ blocks }: FaceReaderConfig, params: Params, picture: Tensor4D, options: ForwardOptions = {}): Tensor4D[] {
  let h = picture
  return blocks.map((count, i) => {
    h = normed(params, `encoder.${i}.down`, h, 2, true, options) // [B, H/2^(i+1), W/2^(i+1), widths[i]]
    for (let k = 0; k < count; k++) {
      const block = `encoder.${i}.block.${k}`
      const inner = normed(params, `${block}.conv1`, h, 1, true, options)
      h = tf.relu(tf.add<Tensor4D>(h, normed(params, `${block}.conv2`, inner, 1, false, options)))
    }
    options.onActivation?.(`encoder.${i}`, h)
    return h
  })
}

export const faceReader: Network<FaceReaderConfig, Picture, FaceMaps> = {
  family: 'faceReader',
  parseConfig: (value, place) => readConfig(SCHEMA, value, place),
  parameters: (config) => specsOf(plan(config)),
  inputs: () => ({ picture: { shape: [null, null, null, 3], range: [-1, 1] } }),
  outputs: () => ({
    landmarks: { shape: [null, null, null, READ_LANDMARKS], range: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] },
    regions: { shape: [null, null, null, READ_REGIONS], range: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] },
  }),
  macs: (config, sizePx) => macsOf(plan(config), sizePx),
  forward(config, params, { picture }, options = {}) {
    checkSides(picture.shape, config.widths.length)
    const { layers = differentiableLayers, onActivation } = options
    return tf.tidy(() => {
      const levels = readerFeatures(config, params, picture, options)
      let h = levels[levels.length - 1] as Tensor4D
      for (let i = config.decoderWidths.length - 1; i >= 0; i--) {
        const name = `decoder.${i}`
        const below = layers.doubleNearest(layers.conv(params, `${name}.below`, h, ZERO_0, 1, false))
        const beside = layers.conv(params, `${name}.beside`, levels[i] as Tensor4D, ZERO_0, 1, false)
        h = normed(params, `${name}.conv`, tf.add(below, beside), 1, true, options) // [B, H/2^(i+1), W/2^(i+1), decoderWidths[i]]
        onActivation?.(name, h)
      }
      const [landmarks, regions] = tf.split(layers.conv(params, 'head', h, ZERO_0, 1, false), [READ_LANDMARKS, READ_REGIONS], 3)
      return { landmarks: landmarks as Tensor4D, regions: regions as Tensor4D }
    })
  },
}
