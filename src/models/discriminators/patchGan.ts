/**
 * The multi-scale PatchGAN discriminators: sketch `[B, H, W, 1]` ⊕ photo `[B, H, W, 3]`, or the photo by itself → every layer's output at every scale (Wang et
 * al. 2018, section 3.2, after Isola et al. 2017). The last layer of a scale is a map of judgements, the ones before it are what feature matching compares.
 *
 * One network a scale, the same in shape: 4×4 convolutions `n s2, 2n s2, 4n s2, 8n s1, 1 s1`, LeakyReLU 0.2, instance norm on the middle three. Twin:
 * `pipeline/networks/patch_gan.py`. Made of operations whose gradients are right on every back end.
 */

import type { Tensor1D, Tensor4D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { object, wholeNumber } from '../../shared/schema'
import { readConfig } from '../config'
import { differentiableLayers, type Layers } from '../layers'
import { type Network, type ParameterSpec, type Params, param } from '../network'
import { affine, conv, macsOf, type PlannedParameter, specsOf, vector } from '../parameterPlan'

export interface PatchGanConfig {
  /** Networks, each looking at half the size of the one before. */
  scales: number
  /** Channels of the first layer. */
  ndf: number
  /** Channels of sketch and photo together; 3: of a photo that is judged by itself. */
  inputs: number
}

/** The sketch in [-1, 1] (line −1) where there is one, and the photo in [-1, 1], true or generated. */
export type PatchGanInputs = { readonly sketch?: Tensor4D; readonly photo: Tensor4D }
/** Every layer's output as `scale.S.layer.L`, full size first; `losses/judged.ts` sorts them. */
export type PatchGanOutputs = Readonly<Record<string, Tensor4D>>

const KERNEL_PX = 4
const PHOTO_CHANNELS = 3
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

/** In the order of a PyTorch checkpoint: of each scale the convolutions, then the norms. */
function plan(config: PatchGanConfig): PlannedParameter[] {
  const layers = layerPlans(config)
  return Array.from({ length: config.scales }, (_, scale) => {
    const name = `scale.${scale}`
    let divisor = 2 ** scale
    const convolutions = layers.flatMap(({ inChannels, outChannels, stride, norm }, i) => {
      divisor *= stride
      const kernel = conv(`${name}.layer.${i}.kernel`, [KERNEL_PX, KERNEL_PX, inChannels, outChannels], divisor)
      return norm === null ? [kernel, vector(`${name}.layer.${i}.bias`, outChannels)] : [kernel]
    })
    const norms = layers.flatMap(({ norm, outChannels }) => (norm === null ? [] : affine(`${name}.norm.${norm}`, outChannels)))
    return [...convolutions, ...norms]
  }).flat()
}

const SCHEMA = object({ scales: wholeNumber(1, 6), ndf: wholeNumber(1, 256), inputs: wholeNumber(1, 64) })

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

function judge(layers: Layers, plans: readonly LayerPlan[], params: Params, scale: string, pair: Tensor4D): [string, Tensor4D][] {
  let x = pair
  return plans.map(({ stride, padding, norm, leaky }, i) => {
    const name = `${scale}.layer.${i}`
    x = layers.conv(params, name, x, padding, stride, false)
    if (norm !== null) {
      const affineOf = (which: string) => param<Tensor1D>(params, `${scale}.norm.${norm}.${which}`)
      x = layers.normalize(x, layers.moments(x), affineOf('gamma'), affineOf('beta'), false)
    }
    if (leaky) x = layers.leakyRelu(x, LEAK)
    return [name, x]
  })
}

const anyPicture = (channels: number | null) => ({ shape: [null, null, null, channels], range: [-1, 1] }) as const

export const patchGan: Network<PatchGanConfig, PatchGanInputs, PatchGanOutputs> = {
  family: 'patchGan',
  parseConfig: (value, place) => readConfig(SCHEMA, value, place),
  parameters: (config): ParameterSpec[] => specsOf(plan(config)),
  // Sketch and photo share the configured channels between them.
  inputs: ({ inputs }) => ({ ...(inputs > PHOTO_CHANNELS && { sketch: anyPicture(null) }), photo: anyPicture(null) }),
  outputs: (config) => {
    const plans = layerPlans(config)
    const unbounded = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] as const
    return Object.fromEntries(
      Array.from({ length: config.scales }, (_, scale) =>
        plans.map(({ outChannels }, i) => [`scale.${scale}.layer.${i}`, { shape: [null, null, null, outChannels], range: unbounded }]),
      ).flat(),
    )
  },
  macs: (config, sizePx) => macsOf(plan(config), sizePx),
  forward(config, params, { sketch, photo }, { layers = differentiableLayers } = {}) {
    return tf.tidy(() => {
      const plans = layerPlans(config)
      let pair = sketch ? tf.concat([sketch, photo], 3) : photo // [B, H, W, inputs]
      const outputs = Array.from({ length: config.scales }, (_, scale) => {
        if (scale > 0) pair = halvedByAverage(pair)
        return judge(layers, plans, params, `scale.${scale}`, pair)
      })
      return Object.fromEntries(outputs.flat())
    })
  },
}
