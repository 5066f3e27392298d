/**
 * The discriminators of white-box cartoonisation (Wang and Yu 2020; spectral norm: Miyato et al. 2018): picture `[B, H, W, inputChannels]` in [-1, 1] → map of
 * judgements `[B, ⌈H/8⌉, ⌈W/8⌉, 1]`. Twin: `pipeline/networks/spectral_patch.py`.
 *
 * Three times 3×3 with stride 2 and 3×3, widths n, 2n, 4n, LeakyReLU 0.2, then 1×1. Every kernel is divided by its largest singular value, estimated by one step
 * of the power iteration from the remembered vector `u`; in training, `onPowerIteration` is told where that step led.
 */

import type { Tensor, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { object, wholeNumber } from '../../shared/schema'
import { readConfig } from '../config'
import type { Picture } from '../generators/unet'
import { differentiableLayers } from '../layers'
import { type ForwardOptions, type Network, type Params, param } from '../network'
import { buffer, conv, macsOf, type PlannedParameter, specsOf, vector } from '../parameterPlan'

export interface SpectralPatchConfig {
  /** Channels of the first layer. */
  ndf: number
  /** 1 for texture, 3 for surfaces. */
  inputChannels: number
}

export type Judgements = { readonly judgements: Tensor4D }

const STEPS = 3
const LEAK = 0.2
/** Keeps a zero vector from being divided by its length. */
const LEAST_LENGTH = 1e-12

interface LayerPlan {
  name: string
  size: 1 | 3
  inChannels: number
  outChannels: number
  stride: 1 | 2
  divisor: number
}

function layerPlans({ ndf, inputChannels }: SpectralPatchConfig): LayerPlan[] {
  const plans: LayerPlan[] = []
  let inChannels = inputChannels
  for (let i = 0; i < STEPS; i++) {
    const outChannels = ndf * 2 ** i
    plans.push({ name: `layer.${2 * i}`, size: 3, inChannels, outChannels, stride: 2, divisor: 2 ** (i + 1) })
    plans.push({ name: `layer.${2 * i + 1}`, size: 3, inChannels: outChannels, outChannels, stride: 1, divisor: 2 ** (i + 1) })
    inChannels = outChannels
  }
  return [...plans, { name: 'judge', size: 1, inChannels, outChannels: 1, stride: 1, divisor: 2 ** STEPS }]
}

function plan(config: SpectralPatchConfig): PlannedParameter[] {
  return layerPlans(config).flatMap(({ name, size, inChannels, outChannels, divisor }) => [
    conv(`${name}.kernel`, [size, size, inChannels, outChannels], divisor),
    vector(`${name}.bias`, outChannels),
    buffer(`${name}.u`, outChannels, { deviation: 1 }),
  ])
}

/** The same numbers; gradients end here. */
const detached = tf.customGrad((x) => {
  const value = tf.clone(x as Tensor)
  return { value, gradFunc: () => tf.zerosLike(x as Tensor) }
})

function unit(x: Tensor2D): Tensor2D {
  return tf.div(x, tf.maximum(tf.norm(x), LEAST_LENGTH))
}

/** The kernel over its largest singular value, with the bias, as parameters of a plain convolution. */
function normalised(params: Params, name: string, training: ForwardOptions['training']): Params {
  const kernel = param<Tensor4D>(params, `${name}.kernel`)
  const u = param<Tensor1D>(params, `${name}.u`)
  const matrix = tf.reshape(kernel, [-1, u.size]) as Tensor2D // [k·k·in, out]
  const still = detached(matrix) as Tensor2D
  const right = unit(tf.matMul(still, tf.reshape(u, [-1, 1]) as Tensor2D)) // [k·k·in, 1]
  const left = unit(tf.matMul(still, right, true)) // [out, 1]
  training?.onPowerIteration?.(`${name}.u`, tf.reshape(left, [-1]) as Tensor1D)
  const sigma = tf.sum(tf.mul(left, tf.matMul(matrix, right, true)))
  return { [`${name}.kernel`]: tf.div(kernel, sigma), [`${name}.bias`]: param(params, `${name}.bias`) }
}

const SCHEMA = object({ ndf: wholeNumber(1, 256), inputChannels: wholeNumber(1, 64) })

export const spectralPatch: Network<SpectralPatchConfig, Picture, Judgements> = {
  family: 'spectralPatch',
  parseConfig: (value, place) => readConfig(SCHEMA, value, place),
  parameters: (config) => specsOf(plan(config)),
  inputs: ({ inputChannels }) => ({ picture: { shape: [null, null, null, inputChannels], range: [-1, 1] } }),
  outputs: () => ({ judgements: { shape: [null, null, null, 1], range: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] } }),
  macs: (config, sizePx) => macsOf(plan(config), sizePx),
  forward(config, params, { picture }, { layers = differentiableLayers, training, onActivation } = {}) {
    return tf.tidy(() => {
      let h = picture
      for (const { name, size, stride } of layerPlans(config)) {
        const padding = { kind: 'zero', px: size === 3 ? 1 : 0 } as const
        h = layers.conv(normalised(params, name, training), name, h, padding, stride, false)
        if (name === 'judge') continue
        h = layers.leakyRelu(h, LEAK)
        onActivation?.(name, h)
      }
      return { judgements: h }
    })
  },
}
