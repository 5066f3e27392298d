/**
 * Configuration of the sketch → face generator, and what follows from it alone: parameter shapes and operation counts.
 * Wang et al. 2018 (pix2pixHD), with the number of leading instance norms, the width and the residual convolutions as parameters.
 */

import { StudioError } from '../../shared/errors'
import type { Shape } from '../model'

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
}

/** One parameter: its shape, and how often a pass multiplies with each of its numbers at a given picture size. */
interface ParameterPlan {
  name: string
  shape: Shape
  uses: (sizePx: number) => number
}

/** Used at every pixel of a picture `divisor` times smaller than the whole. */
const everyPixel = (divisor: number) => (sizePx: number) => (sizePx / divisor) ** 2
const once = () => 1
/** Biases and affine parameters: not counted, as usual. */
const uncounted = () => 0

/** Layer i of the encoder has an instance norm (and then no bias). */
export function encoderHasNorm(config: Pix2PixHdConfig, layer: number): boolean {
  return layer >= config.normsRemoved
}

const vector = (name: string, length: number): ParameterPlan => ({ name, shape: [length], uses: uncounted })

function normPlan(config: Pix2PixHdConfig, name: string, channels: number, modulated: boolean): ParameterPlan[] {
  const plan = [vector(`${name}.gamma`, channels), vector(`${name}.beta`, channels)]
  if (!modulated || config.lookLength === 0) return plan
  const shape = [config.lookEmbed, channels]
  return [...plan, { name: `${name}.lookGamma`, shape, uses: once }, { name: `${name}.lookBeta`, shape, uses: once }]
}

function convPlan(name: string, shape: Shape, divisor: number): ParameterPlan {
  return { name: `${name}.kernel`, shape, uses: everyPixel(divisor) }
}

function encoderPlan(config: Pix2PixHdConfig, scale: number): ParameterPlan[] {
  return Array.from({ length: config.downSteps + 1 }, (_, i) => {
    const channels = config.ngf * 2 ** i
    const shape = i === 0 ? [7, 7, config.inputChannels, channels] : [3, 3, channels / 2, channels]
    const name = `encoder.${i}`
    const tail = encoderHasNorm(config, i) ? normPlan(config, `${name}.norm`, channels, false) : [vector(`${name}.bias`, channels)]
    return [convPlan(name, shape, scale * 2 ** i), ...tail]
  }).flat()
}

function lookPlan(config: Pix2PixHdConfig): ParameterPlan[] {
  const { lookLength, lookEmbed } = config
  if (lookLength === 0) return []
  return [
    { name: 'look.embed.kernel', shape: [lookLength, lookEmbed], uses: once },
    vector('look.embed.bias', lookEmbed),
    { name: 'look.enter.kernel', shape: [lookEmbed, config.ngf * 2 ** config.downSteps], uses: once },
  ]
}

function residualPlan(config: Pix2PixHdConfig, name: string, channels: number, separable: boolean, divisor: number): ParameterPlan[] {
  return [1, 2].flatMap((k) => {
    const conv = `${name}.conv${k}`
    const kernels: ParameterPlan[] = separable
      ? [
          { name: `${conv}.depthwise`, shape: [3, 3, channels, 1], uses: everyPixel(divisor) },
          { name: `${conv}.pointwise`, shape: [1, 1, channels, channels], uses: everyPixel(divisor) },
        ]
      : [convPlan(conv, [3, 3, channels, channels], divisor)]
    return [...kernels, ...normPlan(config, `${name}.norm${k}`, channels, true)]
  })
}

function outputPlan(config: Pix2PixHdConfig, name: string, channels: number): ParameterPlan[] {
  return [convPlan(name, [7, 7, channels, config.outputChannels], 1), vector(`${name}.bias`, config.outputChannels)]
}

/** A transposed convolution uses each number of its kernel once for every pixel of its input. */
function decoderPlan(config: Pix2PixHdConfig, name: string, outChannels: number, inputDivisor: number): ParameterPlan[] {
  return [convPlan(name, [3, 3, outChannels, 2 * outChannels], inputDivisor), ...normPlan(config, `${name}.norm`, outChannels, true)]
}

function enhancerPlan(config: Pix2PixHdConfig, enhancer: LocalEnhancerConfig): ParameterPlan[] {
  const { ngf } = config
  const half = ngf / 2
  return [
    convPlan('enhancer.front.0', [7, 7, config.inputChannels, half], 1),
    ...normPlan(config, 'enhancer.front.0.norm', half, false),
    convPlan('enhancer.front.1', [3, 3, half, ngf], 2),
    ...normPlan(config, 'enhancer.front.1.norm', ngf, false),
    ...Array.from({ length: enhancer.residualBlocks }, (_, k) =>
      residualPlan(config, `enhancer.residual.${k}`, ngf, enhancer.separable, 2),
    ).flat(),
    ...decoderPlan(config, 'enhancer.decoder.0', half, 2),
    ...outputPlan(config, 'enhancer.output', half),
  ]
}

function plan(config: Pix2PixHdConfig): ParameterPlan[] {
  const { ngf, downSteps, localEnhancer } = config
  const scale = localEnhancer ? 2 : 1 // G1 runs at half size under G2.
  const deepest = scale * 2 ** downSteps
  return [
    ...encoderPlan(config, scale),
    ...lookPlan(config),
    ...Array.from({ length: config.residualBlocks }, (_, k) =>
      residualPlan(config, `residual.${k}`, ngf * 2 ** downSteps, config.separable, deepest),
    ).flat(),
    ...Array.from({ length: downSteps }, (_, i) =>
      decoderPlan(config, `decoder.${i}`, ngf * 2 ** (downSteps - 1 - i), deepest / 2 ** i),
    ).flat(),
    ...(localEnhancer ? enhancerPlan(config, localEnhancer) : outputPlan(config, 'output', ngf)),
  ]
}

export function parameterShapes(config: Pix2PixHdConfig): Record<string, Shape> {
  return Object.fromEntries(plan(config).map(({ name, shape }) => [name, shape]))
}

/** Multiply-accumulate operations of one pass at `sizePx`². */
export function macs(config: Pix2PixHdConfig, sizePx: number): number {
  return plan(config).reduce((sum, { shape, uses }) => sum + uses(sizePx) * shape.reduce((product, n) => product * n, 1), 0)
}

type Fields = Readonly<Record<string, unknown>>

function reject(field: string, wanted: string): never {
  throw new StudioError('model-broken', `The model's configuration is broken: "${field}" must be ${wanted}. Install the model again.`)
}

function asFields(value: unknown, field: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) reject(field, 'an object')
  return value as Fields
}

function integer(fields: Fields, field: string, least: number, most: number): number {
  const value = fields[field]
  if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most)
    reject(field, `a whole number from ${least} to ${most}`)
  return value
}

function flag(fields: Fields, field: string): boolean {
  const value = fields[field]
  if (typeof value !== 'boolean') reject(field, 'true or false')
  return value
}

/** A configuration as it stands in a manifest. */
export function parseConfig(value: unknown): Pix2PixHdConfig {
  const fields = asFields(value, 'config')
  const downSteps = integer(fields, 'downSteps', 1, 6)
  const enhancer = fields.localEnhancer ?? null
  const enhancerFields = enhancer === null ? null : asFields(enhancer, 'localEnhancer')
  const ngf = integer(fields, 'ngf', 1, 256)
  if (enhancerFields && ngf % 2 !== 0) reject('ngf', 'even when there is a local enhancer')
  return {
    ngf,
    downSteps,
    residualBlocks: integer(fields, 'residualBlocks', 0, 64),
    separable: flag(fields, 'separable'),
    normsRemoved: integer(fields, 'normsRemoved', 0, 16),
    lookLength: integer(fields, 'lookLength', 0, 4096),
    lookEmbed: integer(fields, 'lookEmbed', 1, 4096),
    inputChannels: integer(fields, 'inputChannels', 1, 64),
    outputChannels: integer(fields, 'outputChannels', 1, 64),
    localEnhancer: enhancerFields && {
      residualBlocks: integer(enhancerFields, 'residualBlocks', 0, 64),
      separable: flag(enhancerFields, 'separable'),
    },
  }
}
