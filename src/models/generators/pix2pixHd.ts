/**
 * The sketch → face generator: sketch `[B, H, W, inputChannels]` (line −1, paper +1) and look `[B, lookLength]` → face `[B, H, W, 3]` in [-1, 1].
 *
 * G1 and G2 of pix2pixHD (Wang et al. 2018, section 3.2) with the thesis's change: the first `normsRemoved` instance norms give way to biases, so
 * that the low-level features of one place do not depend on the rest of the picture. Lines may enter the decoder once more, pooled to its sizes (after
 * DeFLOCNet, Liu et al. 2021) and as the encoder's own leading features. H and W must be multiples of 2^downSteps (2^(downSteps + 1) with G2).
 */

import type { Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { differentiableLayers, type Layers, overSpace } from '../layers'
import type { ForwardOptions, Network, Params } from '../network'
import { optionalParam, param } from '../network'
import { decoderExtras, encoderHasNorm, macs, type Pix2PixHdConfig, parameters, parseConfig } from './pix2pixHdConfig'

/** The look may be left out: then every field is open. */
export type Pix2PixHdInputs = { readonly sketch: Tensor4D; readonly look?: Tensor2D }

/** What one pass carries along. */
interface Pass {
  config: Pix2PixHdConfig
  params: Params
  layers: Layers
  /** The look's embedding `[B, lookEmbed]`. */
  embedding: Tensor2D | null
  options: ForwardOptions
}

const REFLECT_3 = { kind: 'reflect', px: 3 } as const
const REFLECT_1 = { kind: 'reflect', px: 1 } as const
const ZERO_1 = { kind: 'zero', px: 1 } as const
const NO_PADDING = { kind: 'zero', px: 0 } as const

function observe(pass: Pass, name: string, activation: Tensor4D): Tensor4D {
  pass.options.onActivation?.(name, activation)
  return activation
}

/** gamma or beta of a norm, `[C]`, or `[B, C]` where the look modulates it. */
function affine(pass: Pass, name: string, which: 'gamma' | 'beta'): Tensor1D | Tensor2D {
  const own = param<Tensor1D>(pass.params, `${name}.${which}`)
  const modulation = optionalParam<Tensor2D>(pass.params, `${name}.${which === 'gamma' ? 'lookGamma' : 'lookBeta'}`)
  return modulation && pass.embedding ? tf.add<Tensor2D>(tf.matMul(pass.embedding, modulation), own) : own
}

function instanceNorm(pass: Pass, name: string, x: Tensor4D, relu: boolean): Tensor4D {
  const { norms } = pass.options
  const held = norms?.kind === 'hold' ? norms.from.get(name) : undefined
  const moments = held ?? pass.layers.moments(x)
  if (norms?.kind === 'collect')
    norms.into.set(name, { mean: tf.keep(tf.clone(moments.mean)), variance: tf.keep(tf.clone(moments.variance)) })
  return pass.layers.normalize(x, moments, affine(pass, name, 'gamma'), affine(pass, name, 'beta'), relu)
}

/** Every layer's features, `[B, H/2^i, W/2^i, 2^i·ngf]`. */
function encode(pass: Pass, x: Tensor4D): Tensor4D[] {
  const features: Tensor4D[] = []
  let h = x
  for (let i = 0; i <= pass.config.downSteps; i++) {
    const name = `encoder.${i}`
    const normed = encoderHasNorm(pass.config, i)
    h = pass.layers.conv(pass.params, name, h, i === 0 ? REFLECT_3 : ZERO_1, i === 0 ? 1 : 2, !normed)
    if (normed) h = instanceNorm(pass, `${name}.norm`, h, true)
    features.push(observe(pass, name, h))
  }
  return features
}

/** The look enters as a bias over the whole picture. */
function enterLook(pass: Pass, h: Tensor4D): Tensor4D {
  if (!pass.embedding) return h
  return tf.add(h, overSpace(tf.matMul(pass.embedding, param<Tensor2D>(pass.params, 'look.enter.kernel'))))
}

function residualBlock(pass: Pass, name: string, h: Tensor4D, separable: boolean): Tensor4D {
  const { layers, params } = pass
  const conv = (k: number, x: Tensor4D) =>
    separable
      ? layers.separableConv(params, `${name}.conv${k}`, x, REFLECT_1)
      : layers.conv(params, `${name}.conv${k}`, x, REFLECT_1, 1, false)
  const inner = instanceNorm(pass, `${name}.norm1`, conv(1, h), true)
  return observe(pass, name, tf.add<Tensor4D>(h, instanceNorm(pass, `${name}.norm2`, conv(2, inner), false)))
}

/** Twice the size, half the channels. */
function enlarged({ layers, params, config }: Pass, name: string, h: Tensor4D): Tensor4D {
  return config.upsampling === 'resize'
    ? layers.conv(params, name, layers.doubleNearest(h), ZERO_1, 1, false)
    : layers.transposedConv(params, name, h)
}

function upsample(pass: Pass, name: string, h: Tensor4D): Tensor4D {
  return observe(pass, name, instanceNorm(pass, `${name}.norm`, enlarged(pass, name, h), true))
}

/**
 * @param lines the input at this step's size
 * @param skip the encoder's features of this step's size
 */
function decoderStep(pass: Pass, step: number, h: Tensor4D, lines: Tensor4D, skip: Tensor4D): Tensor4D {
  const { layers, params, config } = pass
  const name = `decoder.${step}`
  const extras = decoderExtras(config, step)
  let y = enlarged(pass, name, h)
  if (extras.lines) y = tf.add(y, layers.conv(params, `${name}.lines`, lines, ZERO_1, 1, false))
  if (extras.skip) y = tf.add(y, layers.conv(params, `${name}.skip`, skip, NO_PADDING, 1, false))
  y = instanceNorm(pass, `${name}.norm`, y, true)
  for (let k = 0; k < extras.blocks; k++) y = residualBlock(pass, `${name}.block.${k}`, y, true)
  return observe(pass, name, y)
}

/** The picture and its means over 2×2, 4×4, … pixels. */
function pyramid(pass: Pass, x: Tensor4D): Tensor4D[] {
  const levels = [x]
  if (pass.config.linesToDecoder > 0)
    while (levels.length < pass.config.downSteps) levels.push(pass.layers.halve(levels.at(-1) as Tensor4D))
  return levels
}

/** G1 up to its last feature map, `[B, H, W, ngf]`. */
function globalFeatures(pass: Pass, x: Tensor4D): Tensor4D {
  const { config } = pass
  const features = encode(pass, x)
  const lines = pyramid(pass, x)
  let h = enterLook(pass, features.at(-1) as Tensor4D)
  for (let k = 0; k < config.residualBlocks; k++) h = residualBlock(pass, `residual.${k}`, h, config.separable)
  for (let step = 0; step < config.downSteps; step++) {
    const level = config.downSteps - 1 - step
    h = decoderStep(pass, step, h, lines[level] ?? x, features[level] as Tensor4D)
  }
  return h
}

/** G2: a shallow encoder at full size, G1's features at half size added, residual blocks, one step up. */
function localEnhancer(pass: Pass, x: Tensor4D, enhancer: { residualBlocks: number; separable: boolean }): Tensor4D {
  const { layers, params } = pass
  const global = globalFeatures(pass, layers.halve(x)) // [B, H/2, W/2, ngf]
  let h = x
  for (const i of [0, 1]) {
    const name = `enhancer.front.${i}`
    h = layers.conv(params, name, h, i === 0 ? REFLECT_3 : ZERO_1, i === 0 ? 1 : 2, false)
    h = observe(pass, name, instanceNorm(pass, `${name}.norm`, h, true))
  }
  h = tf.add(h, global)
  for (let k = 0; k < enhancer.residualBlocks; k++) h = residualBlock(pass, `enhancer.residual.${k}`, h, enhancer.separable)
  return upsample(pass, 'enhancer.decoder.0', h) // [B, H, W, ngf/2]
}

function embedLook(config: Pix2PixHdConfig, params: Params, look: Tensor2D | null): Tensor2D | null {
  if (config.lookLength === 0) return null
  const given = look ?? tf.zeros<tf.Rank.R2>([1, config.lookLength]) // All open: every field zero, as in training with dropout.
  return tf.relu(tf.add<Tensor2D>(tf.matMul(given, param<Tensor2D>(params, 'look.embed.kernel')), param(params, 'look.embed.bias')))
}

export const pix2pixHd: Network<Pix2PixHdConfig, Pix2PixHdInputs, { face: Tensor4D }> = {
  family: 'pix2pixHd',
  parseConfig,
  parameters,
  inputs: ({ inputChannels, lookLength }) => ({
    sketch: { shape: [null, null, null, inputChannels], range: [-1, 1] },
    ...(lookLength > 0 && { look: { shape: [null, lookLength], range: [-1, 1] } }),
  }),
  outputs: ({ outputChannels }) => ({ face: { shape: [null, null, null, outputChannels], range: [-1, 1] } }),
  macs,
  forward(config, params, { sketch, look }, options = {}) {
    return tf.tidy(() => {
      const layers = options.layers ?? differentiableLayers
      const pass: Pass = { config, params, layers, embedding: embedLook(config, params, look ?? null), options }
      const enhancer = config.localEnhancer
      const name = enhancer ? 'enhancer.output' : 'output'
      return { face: layers.outputConv(params, name, enhancer ? localEnhancer(pass, sketch, enhancer) : globalFeatures(pass, sketch)) }
    })
  },
}
