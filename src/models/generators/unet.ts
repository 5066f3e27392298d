/**
 * The U-Net of pix2pix and APDrawingGAN (Isola et al. 2017; Yi et al. 2019), as many steps as there are multipliers: picture `[B, H, W, inputChannels]` →
 * picture `[B, H, W, outputChannels]`, both in [-1, 1]; H and W must be multiples of 2^steps. Twin: `pipeline/networks/unet.py`.
 *
 * Down step i: LeakyReLU 0.2 (not before the first), 4×4 convolution with stride 2 and padding 1, batch norm (not after the first and the last).
 * Up step i: ReLU, 4×4 transposed convolution with stride 2 and padding 1, batch norm, dropout in the deepest steps. Each but the first takes the output of
 * the down step of its size, before that step's activation, in front of the output of the up step below it. The last up step has a bias, no norm, then tanh.
 */

import type { Tensor4D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import * as v from 'valibot'
import { StudioError } from '../../shared/errors'
import { list, numberWithin, object, wholeNumber } from '../../shared/schema'
import { readConfig } from '../config'
import { batchNorm, differentiableLayers, dropout } from '../layers'
import type { Network } from '../network'
import { batchNorm as batchNormPlan, conv, macsOf, type PlannedParameter, specsOf, transposedConv, vector } from '../parameterPlan'

export interface UnetConfig {
  ngf: number
  /** Step i is ngf · multipliers[i] channels wide. */
  multipliers: number[]
  inputChannels: number
  outputChannels: number
  /** Probability in the deepest up steps. */
  dropout: number
}

export type Picture = { readonly picture: Tensor4D }

const LEAK = 0.2
const ZERO_1 = { kind: 'zero', px: 1 } as const

interface StepPlan {
  readonly name: string
  readonly inChannels: number
  readonly outChannels: number
  readonly normed: boolean
  readonly dropout: number
}

function downSteps({ ngf, multipliers, inputChannels }: UnetConfig): StepPlan[] {
  const widths = [inputChannels, ...multipliers.map((multiplier) => ngf * multiplier)]
  return multipliers.map((_, i) => ({
    name: `down.${i}`,
    inChannels: widths[i] as number,
    outChannels: widths[i + 1] as number,
    normed: i > 0 && i < multipliers.length - 1,
    dropout: 0,
  }))
}

function upSteps({ ngf, multipliers, outputChannels, dropout: rate }: UnetConfig): StepPlan[] {
  // From the deepest step's width up to the picture's.
  const widths = [...multipliers.map((multiplier) => ngf * multiplier).reverse(), outputChannels]
  const last = multipliers.length - 1
  return multipliers.map((_, i) => ({
    name: `up.${i}`,
    inChannels: (widths[i] as number) * (i > 0 ? 2 : 1),
    outChannels: widths[i + 1] as number,
    normed: i < last,
    // As in pix2pix, three of eight steps drop out; one of three or four.
    dropout: i < Math.floor(last / 2) ? rate : 0,
  }))
}

function plan(config: UnetConfig): PlannedParameter[] {
  const tail = ({ name, outChannels, normed }: StepPlan) =>
    normed ? batchNormPlan(`${name}.norm`, outChannels) : [vector(`${name}.bias`, outChannels)]
  const steps = config.multipliers.length
  const down = downSteps(config).flatMap((step, i) => [
    conv(`${step.name}.kernel`, [4, 4, step.inChannels, step.outChannels], 2 ** (i + 1)),
    ...tail(step),
  ])
  const up = upSteps(config).flatMap((step, i) => [
    transposedConv(`${step.name}.kernel`, [4, 4, step.outChannels, step.inChannels], 2 ** (steps - i)),
    ...tail(step),
  ])
  return [...down, ...up]
}

const SCHEMA = object({
  ngf: wholeNumber(1, 256),
  multipliers: v.pipe(list(wholeNumber(1, 64)), v.minLength(1, 'a list of 1 to 10 numbers'), v.maxLength(10, 'a list of 1 to 10 numbers')),
  inputChannels: wholeNumber(1, 64),
  outputChannels: wholeNumber(1, 64),
  dropout: v.optional(numberWithin(0, 0.95), 0.5),
})

const picture = (channels: number) => ({ picture: { shape: [null, null, null, channels], range: [-1, 1] } }) as const

function checkSides([, height, width]: Tensor4D['shape'], steps: number): void {
  const side = 2 ** steps
  if (height % side === 0 && width % side === 0) return
  throw new StudioError(
    'bad-request',
    `A U-Net of ${steps} steps takes pictures with sides that are multiples of ${side}, not ${width}×${height}.`,
  )
}

export const unet: Network<UnetConfig, Picture, Picture> = {
  family: 'unet',
  parseConfig: (value, place) => readConfig(SCHEMA, value, place),
  parameters: (config) => specsOf(plan(config)),
  inputs: ({ inputChannels }) => picture(inputChannels),
  outputs: ({ outputChannels }) => picture(outputChannels),
  macs: (config, sizePx) => macsOf(plan(config), sizePx),
  forward(config, params, inputs, options = {}) {
    checkSides(inputs.picture.shape, config.multipliers.length)
    const { layers = differentiableLayers, training, onActivation } = options
    return tf.tidy(() => {
      let h = inputs.picture
      const normed = ({ name, normed: has }: StepPlan, x: Tensor4D) => (has ? batchNorm(params, `${name}.norm`, x, false, options) : x)
      const skips = downSteps(config).map((step, i) => {
        const x = i > 0 ? layers.leakyRelu(h, LEAK) : h
        h = normed(step, layers.conv(params, step.name, x, ZERO_1, 2, false)) // [B, H/2^(i+1), W/2^(i+1), ngf·multipliers[i]]
        onActivation?.(step.name, h)
        return h
      })
      upSteps(config).forEach((step, i) => {
        const x = i > 0 ? tf.concat([skips.at(-1 - i) as Tensor4D, h], 3) : h
        h = dropout(normed(step, layers.transposedConv(params, step.name, tf.relu(x))), step.dropout, i, training)
        onActivation?.(step.name, h)
      })
      return { picture: layers.tanh(h) }
    })
  },
}
