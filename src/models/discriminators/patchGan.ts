/**
 * The multi-scale PatchGAN discriminators: sketch `[B, H, W, 1]` ⊕ photo `[B, H, W, 3]` → every layer's output at every scale (Wang et al. 2018,
 * section 3.2, after Isola et al. 2017). The last layer of a scale is a map of judgements, the ones before it are what feature matching compares.
 *
 * One network a scale, the same in shape: 4×4 convolutions `n s2, 2n s2, 4n s2, 8n s1, 1 s1`, LeakyReLU 0.2, instance norm on the middle three. Twin:
 * `pipeline/discriminators.py`. Made of operations whose gradients are right on every back end.
 */

import type { Tensor1D, Tensor4D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { StudioError } from '../../shared/errors'
import { differentiableLayers } from '../layers'
import { type Params, param, type Shape } from '../model'

export interface PatchGanConfig {
  /** Networks, each looking at half the size of the one before. */
  scales: number
  /** Channels of the first layer. */
  ndf: number
  /** Channels of sketch and photo together. */
  inputs: number
}

/** What a parameter set and a pair of pictures give: `[scale][layer]`. */
export type PatchGanOutputs = Tensor4D[][]

const KERNEL_PX = 4
const LEAK = 0.2
/** Multiples of ndf; the last layer has one channel whatever ndf is. */
const WIDTHS = [1, 2, 4, 8] as const
const STRIDES = [2, 2, 2, 1, 1] as const

interface LayerPlan {
  inChannels: number
  outChannels: number
  stride: 1 | 2
  padding: { kind: 'zero'; px: number }
  /** Of the instance norm; null where the convolution has a bias instead. */
  norm: number | null
  leaky: boolean
}

function layerPlans({ ndf, inputs }: PatchGanConfig): LayerPlan[] {
  const widths = [inputs, ...WIDTHS.map((multiple) => multiple * ndf), 1]
  return STRIDES.map((stride, i) => ({
    inChannels: widths[i] as number,
    outChannels: widths[i + 1] as number,
    stride,
    // Stride 1 pads by 2, so that a 4×4 kernel reaches every corner: the map grows by one.
    padding: { kind: 'zero', px: stride === 1 ? 2 : 1 },
    norm: i >= 1 && i <= 3 ? i - 1 : null,
    leaky: i < STRIDES.length - 1,
  }))
}

function reject(field: string, wanted: string): never {
  throw new StudioError('model-broken', `The model's discriminator is broken: "${field}" must be ${wanted}. Install the model again.`)
}

/** A configuration as it stands in a manifest. */
export function parseConfig(value: unknown): PatchGanConfig {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) reject('config', 'an object')
  const fields = value as Readonly<Record<string, unknown>>
  const integer = (field: string, least: number, most: number): number => {
    const given = fields[field]
    if (typeof given !== 'number' || !Number.isInteger(given) || given < least || given > most)
      reject(field, `a whole number from ${least} to ${most}`)
    return given
  }
  return { scales: integer('scales', 1, 6), ndf: integer('ndf', 1, 256), inputs: integer('inputs', 1, 64) }
}

/** In the order of a PyTorch checkpoint: of each scale the convolutions, then the norms. */
export function parameterShapes(config: PatchGanConfig): Record<string, Shape> {
  const plans = layerPlans(config)
  const shapes: Record<string, Shape> = {}
  for (let scale = 0; scale < config.scales; scale++) {
    plans.forEach(({ inChannels, outChannels, norm }, i) => {
      shapes[`scale.${scale}.layer.${i}.kernel`] = [KERNEL_PX, KERNEL_PX, inChannels, outChannels]
      if (norm === null) shapes[`scale.${scale}.layer.${i}.bias`] = [outChannels]
    })
    for (const { norm, outChannels } of plans) {
      if (norm === null) continue
      shapes[`scale.${scale}.norm.${norm}.gamma`] = [outChannels]
      shapes[`scale.${scale}.norm.${norm}.beta`] = [outChannels]
    }
  }
  return shapes
}

/** Windows of 3 at stride 2 around every second place: how many of each lie inside a side of `length`. */
function windowCounts(length: number): number[] {
  return Array.from({ length: Math.ceil(length / 2) }, (_, i) => Math.min(2 * i + 1, length - 1) - Math.max(2 * i - 1, 0) + 1)
}

/**
 * PyTorch's `avg_pool2d(x, 3, stride=2, padding=1, count_include_pad=False)`: `[B, H, W, C]` → `[B, ⌈H/2⌉, ⌈W/2⌉, C]`. A strided convolution with ones
 * over each channel, divided by how many pixels a window really has, since the gradient of `avgPool` is off at the borders.
 */
export function halvedByAverage(x: Tensor4D): Tensor4D {
  const [, height, width, channels] = x.shape
  const ones = tf.tile(tf.reshape(tf.eye(channels), [1, 1, channels, channels]), [3, 3, 1, 1]) as Tensor4D
  const around = tf.pad(x, [
    [0, 0],
    [1, 1],
    [1, 1],
    [0, 0],
  ])
  const rows = tf.reshape(tf.tensor1d(windowCounts(height)), [1, -1, 1, 1])
  const columns = tf.reshape(tf.tensor1d(windowCounts(width)), [1, 1, -1, 1])
  return tf.div<Tensor4D>(tf.conv2d(around, ones, 2, 'valid'), tf.mul(rows, columns))
}

/** max(x, 0.2 x) as a sum of two ReLUs: the gradient of `leakyRelu` goes through `where`, which not every back end can follow. */
function leakyRelu(x: Tensor4D): Tensor4D {
  return tf.sub<Tensor4D>(tf.relu(x), tf.mul(tf.relu(tf.neg(x)), LEAK))
}

function judge(plans: readonly LayerPlan[], params: Params, scale: string, pair: Tensor4D): Tensor4D[] {
  const outputs: Tensor4D[] = []
  let x = pair
  plans.forEach(({ stride, padding, norm, leaky }, i) => {
    x = differentiableLayers.conv(params, `${scale}.layer.${i}`, x, padding, stride, false)
    if (norm !== null) {
      const affine = (name: string) => param<Tensor1D>(params, `${scale}.norm.${norm}.${name}`)
      x = differentiableLayers.normalize(x, differentiableLayers.moments(x), affine('gamma'), affine('beta'), false)
    }
    if (leaky) x = leakyRelu(x)
    outputs.push(x)
  })
  return outputs
}

/**
 * @param sketch in [-1, 1], line −1
 * @param photo in [-1, 1], true or generated
 * @returns for every scale, full size first, the five layers' outputs; the caller disposes of them
 */
export function forward(config: PatchGanConfig, params: Params, sketch: Tensor4D, photo: Tensor4D): PatchGanOutputs {
  return tf.tidy(() => {
    const plans = layerPlans(config)
    let pair = tf.concat([sketch, photo], 3) // [B, H, W, inputs]
    return Array.from({ length: config.scales }, (_, scale) => {
      if (scale > 0) pair = halvedByAverage(pair)
      return judge(plans, params, `scale.${scale}`, pair)
    })
  })
}
