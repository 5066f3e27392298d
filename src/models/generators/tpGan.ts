/**
 * Turned face → frontal face: the two-pathway generator of TP-GAN (Huang et al. 2017, section 3.1). Picture `[B, S, S, 3]` and four patches of it, in [-1, 1], the hidden
 * side on the right → the frontal face at full, half and a quarter of the size, the frontal patches, and a code of the person. Twin: `pipeline/networks/tp_gan.py`.
 *
 * Local pathways, one for each patch: encoder 3×3 convolutions with stride 1, 2, 2, 2, each with a residual block; decoder three times up, beside the encoder's features of
 * that size. Their features and colours are laid where the patch belongs in a frontal face and joined by the maximum. Global pathway: encoder 7×7, 5×5 with stride 2, three
 * times 3×3 with stride 2, with residual blocks (four in the deepest); a code by maxout; from the code seeds at an eighth (of a 128 px picture 8 px), a quarter, a half and
 * full size; decoder beside encoder, seeds and the picture itself. Upwards by repetition and a 3×3 convolution, since transposed convolutions leave checkerboards. The
 * paper's noise is left out: one face in, one face out. Batch norm, LeakyReLU 0.01.
 */

import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { batchNorm, differentiableLayers, type Layers } from '../layers'
import { type ForwardOptions, type Network, type Params, param } from '../network'
import { macsOf, specsOf } from '../parameterPlan'
import { DEEP_BLOCKS, PATCHES, type PatchName, parseConfig, plan, type TpGanConfig } from './tpGanConfig'

export type TpGanInputs = { readonly picture: Tensor4D } & Readonly<Record<PatchName, Tensor4D>>
export type TpGanOutputs = Readonly<Record<'frontal' | 'half' | 'quarter' | PatchName, Tensor4D>> & { readonly code: Tensor2D }

const LEAK = 0.01

/** What one pass carries along. */
interface Pass {
  readonly config: TpGanConfig
  readonly params: Params
  readonly layers: Layers
  readonly options: ForwardOptions
}

function observe({ options }: Pass, name: string, activation: Tensor4D): Tensor4D {
  options.onActivation?.(name, activation)
  return activation
}

/** A convolution that keeps the size (or halves it) and its batch norm. */
function normed(pass: Pass, name: string, x: Tensor4D, stride: 1 | 2 = 1): Tensor4D {
  const size = param<Tensor4D>(pass.params, `${name}.kernel`).shape[0]
  const y = pass.layers.conv(pass.params, name, x, { kind: 'zero', px: (size - 1) / 2 }, stride, false)
  return batchNorm(pass.params, `${name}.norm`, y, false, pass.options)
}

function active(pass: Pass, name: string, x: Tensor4D, stride: 1 | 2 = 1): Tensor4D {
  return pass.layers.leakyRelu(normed(pass, name, x, stride), LEAK)
}

/** A convolution and residual blocks. */
function stage(pass: Pass, name: string, x: Tensor4D, stride: 1 | 2, blocks: number): Tensor4D {
  let h = active(pass, `${name}.conv`, x, stride)
  for (let k = 0; k < blocks; k++) {
    const block = `${name}.block.${k}`
    h = pass.layers.leakyRelu(tf.add(h, normed(pass, `${block}.conv2`, active(pass, `${block}.conv1`, h))), LEAK)
  }
  return h
}

/** Doubled, a convolution; then what lies beside, a convolution and residual blocks. */
function upStage(pass: Pass, name: string, x: Tensor4D, beside: readonly Tensor4D[], blocks: number): Tensor4D {
  const up = active(pass, `${name}.up`, pass.layers.doubleNearest(x))
  return stage(pass, `${name}.merge`, tf.concat([up, ...beside], 3), 1, blocks)
}

/** To colours in [-1, 1]. */
function colours({ params, layers }: Pass, name: string, x: Tensor4D): Tensor4D {
  const size = param<Tensor4D>(params, `${name}.kernel`).shape[0]
  return layers.tanh(layers.conv(params, name, x, { kind: 'zero', px: (size - 1) / 2 }, 1, false))
}

/** Features `[B, h, w, n]` and colours `[B, h, w, 3]` of the frontal patch. */
function localPathway(pass: Pass, name: string, patch: Tensor4D): { features: Tensor4D; picture: Tensor4D } {
  let x = patch
  const skips = [0, 1, 2, 3].map((i) => {
    x = stage(pass, `${name}.encoder.${i}`, x, i === 0 ? 1 : 2, 1)
    return x
  })
  for (const i of [0, 1, 2]) x = upStage(pass, `${name}.decoder.${i}`, x, [skips[2 - i] as Tensor4D], 1)
  return { features: x, picture: colours(pass, `${name}.picture`, x) }
}

/** Each patch where the template has it, zero elsewhere, the maximum where they overlap: `[B, sizePx, sizePx, C]`. */
export function placed({ template, sizePx }: TpGanConfig, patches: Readonly<Record<PatchName, Tensor4D>>): Tensor4D {
  const laid = PATCHES.map((name) => {
    const [left, top, width, height] = template[name]
    return tf.pad(patches[name], [
      [0, 0],
      [top, sizePx - top - height],
      [left, sizePx - left - width],
      [0, 0],
    ])
  })
  return laid.reduce((whole, patch) => tf.maximum(whole, patch))
}

function dense(params: Params, name: string, x: Tensor2D): Tensor2D {
  return tf.add(tf.matMul(x, param<Tensor2D>(params, `${name}.kernel`)), param(params, `${name}.bias`))
}

/** The code by maxout `[B, codeLength]`, and what it seeds: the smallest map `[B, S/16, S/16, ngf]`, then those at a quarter, a half and full size. */
function codeAndSeeds(pass: Pass, deepest: Tensor4D): { code: Tensor2D; seeds: Tensor4D[] } {
  const { config, params, layers } = pass
  const [batch, height, width] = deepest.shape
  const flat = dense(params, 'code', tf.reshape(deepest, [batch, -1]))
  const code = tf.maximum<Tensor2D>(
    tf.slice(flat, [0, 0], [batch, config.codeLength]),
    tf.slice(flat, [0, config.codeLength], [batch, config.codeLength]),
  )
  const seeds = [tf.reshape(tf.relu(dense(params, 'spread', code)), [batch, height, width, config.ngf]) as Tensor4D]
  for (const i of [0, 1, 2]) {
    const before = seeds.at(-1) as Tensor4D
    const larger = layers.doubleNearest(i === 0 ? layers.doubleNearest(before) : before)
    seeds.push(active(pass, `seed.${i}`, larger))
  }
  return { code, seeds }
}

/** All but the local pathways. @param fused their features and colours, laid out */
function globalPathway(pass: Pass, picture: Tensor4D, fused: { features: Tensor4D; pictures: Tensor4D }) {
  const { layers } = pass
  let x = picture
  const skips = [0, 1, 2, 3, 4].map((i) => {
    x = observe(pass, `encoder.${i}`, stage(pass, `encoder.${i}`, x, i === 0 ? 1 : 2, i === 4 ? DEEP_BLOCKS : 1)) // [B, S/2^i, S/2^i, …]
    return x
  }) as [Tensor4D, Tensor4D, Tensor4D, Tensor4D, Tensor4D]
  const { code, seeds } = codeAndSeeds(pass, x)
  const [smallest, seed4, seed2, seed1] = seeds as [Tensor4D, Tensor4D, Tensor4D, Tensor4D]
  const picture2 = layers.halve(picture)
  x = observe(pass, 'decoder.0', upStage(pass, 'decoder.0', tf.concat([x, smallest], 3), [skips[3]], 0)) // [B, S/8, S/8, 4·ngf]
  x = observe(pass, 'decoder.1', upStage(pass, 'decoder.1', x, [skips[2], seed4, layers.halve(picture2)], 0)) // [B, S/4, S/4, 2·ngf]
  const quarter = colours(pass, 'head.0', x)
  x = observe(pass, 'decoder.2', upStage(pass, 'decoder.2', x, [skips[1], seed2, picture2], 0)) // [B, S/2, S/2, ngf]
  const half = colours(pass, 'head.1', x)
  const up = active(pass, 'up', layers.doubleNearest(x))
  x = tf.concat([up, skips[0], seed1, picture, fused.features, fused.pictures], 3)
  x = observe(pass, 'fusion.0', stage(pass, 'fusion.0', x, 1, 1))
  x = observe(pass, 'fusion.1', stage(pass, 'fusion.1', x, 1, 0))
  return { frontal: colours(pass, 'output', x), half, quarter, code }
}

const picture = (height: number, width: number) => ({ shape: [null, height, width, 3], range: [-1, 1] }) as const
const patchSpecs = ({ template }: TpGanConfig) =>
  Object.fromEntries(PATCHES.map((name) => [name, picture(template[name][3], template[name][2])]))

export const tpGan: Network<TpGanConfig, TpGanInputs, TpGanOutputs> = {
  family: 'tpGan',
  parseConfig,
  parameters: (config) => specsOf(plan(config)),
  inputs: (config) => ({ picture: picture(config.sizePx, config.sizePx), ...patchSpecs(config) }),
  outputs: (config) => ({
    frontal: picture(config.sizePx, config.sizePx),
    half: picture(config.sizePx / 2, config.sizePx / 2),
    quarter: picture(config.sizePx / 4, config.sizePx / 4),
    ...patchSpecs(config),
    code: { shape: [null, config.codeLength], range: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] },
  }),
  // Its size is part of the configuration: what it costs does not depend on anything else.
  macs: (config) => macsOf(plan(config), config.sizePx),
  forward(config, params, inputs, options = {}) {
    return tf.tidy(() => {
      const pass: Pass = { config, params, layers: options.layers ?? differentiableLayers, options }
      const ways = PATCHES.map((name) => localPathway(pass, `local.${name}`, inputs[name]))
      const byName = (pick: (way: (typeof ways)[number]) => Tensor4D) =>
        Object.fromEntries(PATCHES.map((name, i) => [name, pick(ways[i] as (typeof ways)[number])])) as Record<PatchName, Tensor4D>
      const features = observe(
        pass,
        'fused',
        placed(
          config,
          byName((way) => way.features),
        ),
      )
      const pictures = byName((way) => way.picture)
      // Black is where there is none: colours are laid out as they are above it.
      const above = byName((way) => tf.add<Tensor4D>(way.picture, 1))
      const whole = globalPathway(pass, inputs.picture, { features, pictures: tf.sub<Tensor4D>(placed(config, above), 1) })
      return { ...whole, ...pictures }
    })
  },
}
