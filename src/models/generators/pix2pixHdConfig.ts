/**
 * Configuration of the sketch → face generator, and what follows from it alone: parameters and operation counts.
 * Wang et al. 2018 (pix2pixHD), with the number of leading instance norms, the width and the residual convolutions as parameters.
 */

import * as v from 'valibot'
import { flag, object, oneOf, wholeNumber } from '../../shared/schema'
import { readConfig, refuseConfig } from '../config'
import type { ParameterSpec } from '../network'
import { affine, conv, dense, depthwise, macsOf, type PlannedParameter, specsOf, transposedConv, vector } from '../parameterPlan'

/** How decoder steps double the size: by transposed convolutions, or by repetition and a convolution, which leaves no checkerboards (Odena et al. 2016). */
export const UPSAMPLINGS = ['transposed', 'resize'] as const
export type Upsampling = (typeof UPSAMPLINGS)[number]

export interface LocalEnhancerConfig {
  residualBlocks: number
  separable: boolean
}

export interface Pix2PixHdConfig {
  /** Channels of the first layer; layer i of the encoder has ngf · 2^i. */
  ngf: number
  downSteps: number
  residualBlocks: number
  /** Depthwise-separable convolutions in the residual blocks. */
  separable: boolean
  /** How many leading layers of the encoder have a bias in place of their instance norm: 0 pix2pixHD, 2 the thesis, 5 or more all of them. */
  normsRemoved: number
  /** Length of the look vector; 0 is an unconditioned model. */
  lookLength: number
  /** Length of the look's embedding. */
  lookEmbed: number
  inputChannels: number
  outputChannels: number
  /** G2, which refines G1's features at twice its resolution. */
  localEnhancer: LocalEnhancerConfig | null
  /** The input enters so many of the decoder's steps once more, from the deepest on: lines fade on their way through the middle. */
  linesToDecoder: number
  /** So many leading layers of the encoder are added to the decoder's layers of the same size; those without a norm are strictly local. */
  skips: number
  /** Separable residual blocks after each decoder step, from the deepest on; missing ones are 0. */
  decoderBlocks: readonly number[]
  upsampling: Upsampling
}

export const LIVE_CONFIG: Pix2PixHdConfig = {
  ngf: 16,
  downSteps: 4,
  residualBlocks: 9,
  separable: true,
  normsRemoved: 2,
  lookLength: 0,
  lookEmbed: 64,
  inputChannels: 1,
  outputChannels: 3,
  localEnhancer: null,
  linesToDecoder: 0,
  skips: 0,
  decoderBlocks: [],
  upsampling: 'transposed',
}

/** Layer i of the encoder has an instance norm (and then no bias). */
export function encoderHasNorm(config: Pix2PixHdConfig, layer: number): boolean {
  return layer >= config.normsRemoved
}

/** An instance norm whose affine parameters the look moves. */
function modulatedNorm({ lookLength, lookEmbed }: Pix2PixHdConfig, name: string, channels: number): PlannedParameter[] {
  const plan = affine(name, channels)
  if (lookLength === 0) return plan
  const shape = [lookEmbed, channels]
  return [...plan, dense(`${name}.lookGamma`, shape), dense(`${name}.lookBeta`, shape)]
}

function encoderPlan(config: Pix2PixHdConfig, scale: number): PlannedParameter[] {
  return Array.from({ length: config.downSteps + 1 }, (_, i) => {
    const channels = config.ngf * 2 ** i
    const shape = i === 0 ? [7, 7, config.inputChannels, channels] : [3, 3, channels / 2, channels]
    const name = `encoder.${i}`
    const tail = encoderHasNorm(config, i) ? affine(`${name}.norm`, channels) : [vector(`${name}.bias`, channels)]
    return [conv(`${name}.kernel`, shape, scale * 2 ** i), ...tail]
  }).flat()
}

function lookPlan({ lookLength, lookEmbed, ngf, downSteps }: Pix2PixHdConfig): PlannedParameter[] {
  if (lookLength === 0) return []
  return [
    dense('look.embed.kernel', [lookLength, lookEmbed], { deviation: Math.sqrt(2 / lookLength) }),
    vector('look.embed.bias', lookEmbed),
    dense('look.enter.kernel', [lookEmbed, ngf * 2 ** downSteps], { deviation: 0.05 }),
  ]
}

function residualPlan(config: Pix2PixHdConfig, name: string, channels: number, separable: boolean, divisor: number): PlannedParameter[] {
  return [1, 2].flatMap((k) => {
    const layer = `${name}.conv${k}`
    const pointwise = { ...conv(`${layer}.pointwise`, [1, 1, channels, channels], divisor), init: { deviation: 0.05 } }
    const kernels = separable
      ? [depthwise(`${layer}.depthwise`, [3, 3, channels, 1], divisor), pointwise]
      : [conv(`${layer}.kernel`, [3, 3, channels, channels], divisor)]
    return [...kernels, ...modulatedNorm(config, `${name}.norm${k}`, channels)]
  })
}

function outputPlan(config: Pix2PixHdConfig, name: string, channels: number): PlannedParameter[] {
  return [conv(`${name}.kernel`, [7, 7, channels, config.outputChannels], 1), vector(`${name}.bias`, config.outputChannels)]
}

function upsamplingPlan(config: Pix2PixHdConfig, name: string, outChannels: number, inputDivisor: number): PlannedParameter[] {
  const kernel =
    config.upsampling === 'resize'
      ? conv(`${name}.kernel`, [3, 3, 2 * outChannels, outChannels], inputDivisor / 2)
      : transposedConv(`${name}.kernel`, [3, 3, outChannels, 2 * outChannels], inputDivisor)
  return [kernel, ...modulatedNorm(config, `${name}.norm`, outChannels)]
}

/** What a decoder step adds beside the way through the middle; it starts without effect. */
export interface DecoderExtras {
  lines: boolean
  skip: boolean
  blocks: number
}

export function decoderExtras({ linesToDecoder, skips, decoderBlocks, downSteps }: Pix2PixHdConfig, step: number): DecoderExtras {
  return { lines: step < linesToDecoder, skip: downSteps - 1 - step < skips, blocks: decoderBlocks[step] ?? 0 }
}

function decoderPlan(config: Pix2PixHdConfig, step: number, scale: number): PlannedParameter[] {
  const name = `decoder.${step}`
  const level = config.downSteps - 1 - step
  const channels = config.ngf * 2 ** level
  const divisor = scale * 2 ** level
  const { lines, skip, blocks } = decoderExtras(config, step)
  const added = (layer: string, shape: number[]) => ({ ...conv(`${name}.${layer}.kernel`, shape, divisor), init: 'zeros' as const })
  return [
    ...upsamplingPlan(config, name, channels, 2 * divisor),
    ...(lines ? [added('lines', [3, 3, config.inputChannels, channels])] : []),
    ...(skip ? [added('skip', [1, 1, channels, channels])] : []),
    ...Array.from({ length: blocks }, (_, k) =>
      residualPlan(config, `${name}.block.${k}`, channels, true, divisor).map(withoutEffect),
    ).flat(),
  ]
}

/** A residual block whose last norm has no gain adds nothing yet. */
function withoutEffect(parameter: PlannedParameter): PlannedParameter {
  return /\.norm2\.(gamma|lookGamma|lookBeta)$/.test(parameter.name) ? { ...parameter, init: 'zeros' } : parameter
}

function enhancerPlan(config: Pix2PixHdConfig, enhancer: LocalEnhancerConfig): PlannedParameter[] {
  const { ngf } = config
  const half = ngf / 2
  return [
    conv('enhancer.front.0.kernel', [7, 7, config.inputChannels, half], 1),
    ...affine('enhancer.front.0.norm', half),
    conv('enhancer.front.1.kernel', [3, 3, half, ngf], 2),
    ...affine('enhancer.front.1.norm', ngf),
    ...Array.from({ length: enhancer.residualBlocks }, (_, k) =>
      residualPlan(config, `enhancer.residual.${k}`, ngf, enhancer.separable, 2),
    ).flat(),
    ...upsamplingPlan(config, 'enhancer.decoder.0', half, 2),
    ...outputPlan(config, 'enhancer.output', half),
  ]
}

function plan(config: Pix2PixHdConfig): PlannedParameter[] {
  const { ngf, downSteps, localEnhancer } = config
  const scale = localEnhancer ? 2 : 1 // G1 runs at half size under G2.
  const deepest = scale * 2 ** downSteps
  return [
    ...encoderPlan(config, scale),
    ...lookPlan(config),
    ...Array.from({ length: config.residualBlocks }, (_, k) =>
      residualPlan(config, `residual.${k}`, ngf * 2 ** downSteps, config.separable, deepest),
    ).flat(),
    ...Array.from({ length: downSteps }, (_, step) => decoderPlan(config, step, scale)).flat(),
    ...(localEnhancer ? enhancerPlan(config, localEnhancer) : outputPlan(config, 'output', ngf)),
  ]
}

export function parameters(config: Pix2PixHdConfig): ParameterSpec[] {
  return specsOf(plan(config))
}

/** Multiply-accumulate operations of one pass at `sizePx`². */
export function macs(config: Pix2PixHdConfig, sizePx: number): number {
  return macsOf(plan(config), sizePx)
}

/** Fields that come later have a default, so that older manifests stay readable. */
const SCHEMA = object({
  ngf: wholeNumber(1, 256),
  downSteps: wholeNumber(1, 6),
  residualBlocks: wholeNumber(0, 64),
  separable: flag,
  normsRemoved: wholeNumber(0, 16),
  lookLength: wholeNumber(0, 4096),
  lookEmbed: wholeNumber(1, 4096),
  inputChannels: wholeNumber(1, 64),
  outputChannels: wholeNumber(1, 64),
  localEnhancer: v.optional(v.nullable(object({ residualBlocks: wholeNumber(0, 64), separable: flag })), null),
  linesToDecoder: v.optional(wholeNumber(0, 6), 0),
  skips: v.optional(wholeNumber(0, 6), 0),
  decoderBlocks: v.optional(v.array(wholeNumber(0, 16)), []),
  upsampling: v.optional(oneOf(UPSAMPLINGS), 'transposed'),
})

/** A configuration as it stands in a manifest. */
export function parseConfig(value: unknown, place = 'config'): Pix2PixHdConfig {
  const config = readConfig(SCHEMA, value, place)
  if (config.localEnhancer && config.ngf % 2 !== 0) refuseConfig(`${place}.ngf`, 'even when there is a local enhancer')
  return config
}
