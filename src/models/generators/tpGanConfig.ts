/** Configuration of TP-GAN's generator, and what follows from it alone: its parameters, and how often a pass uses each. */

import * as v from 'valibot'
import { object, wholeNumber } from '../../shared/schema'
import { readConfig, refuseConfig } from '../config'
import { batchNorm, conv, dense, type PlannedParameter, vector } from '../parameterPlan'

export const PATCHES = ['leftEye', 'rightEye', 'nose', 'mouth'] as const
export type PatchName = (typeof PATCHES)[number]

/** Left, top, width and height of a patch, in pixels. */
export type Box = readonly [left: number, top: number, width: number, height: number]
/** Where the patches lie in a frontal face. */
export type Template = Readonly<Record<PatchName, Box>>

export interface TpGanConfig {
  /** Side of the pictures. */
  sizePx: number
  /** Channels of the global pathway's first layer; even. */
  ngf: number
  /** Channels of a local pathway's first layer. */
  localNgf: number
  /** Numbers in the code of the person. */
  codeLength: number
  template: Template
}

/** Of the full size: the deepest map. */
export const DEPTH = 16
/** Residual blocks there. */
export const DEEP_BLOCKS = 4
const KERNELS_PX = [7, 5, 3, 3, 3] as const
/** A patch is halved three times. */
const PATCH_MULTIPLE = 8

/** Channels of the seeds at a quarter, a half and full size. */
function seedWidths(ngf: number): [number, number, number] {
  return [ngf / 2, Math.max(1, Math.floor(ngf / 4)), Math.max(1, Math.floor(ngf / 8))]
}

/** How often each number of a kernel is used, whatever the picture's size: a TP-GAN has but one. */
type Uses = number

function normed(name: string, kernelPx: number, inChannels: number, outChannels: number, uses: Uses): PlannedParameter[] {
  const shape = [kernelPx, kernelPx, inChannels, outChannels]
  const init = { deviation: Math.sqrt(1 / (kernelPx * kernelPx * inChannels)) }
  return [{ ...conv(`${name}.kernel`, shape, 1), init, uses: () => uses }, ...batchNorm(`${name}.norm`, outChannels)]
}

function stage(name: string, kernelPx: number, inChannels: number, outChannels: number, blocks: number, uses: Uses): PlannedParameter[] {
  const residuals = Array.from({ length: blocks }, (_, k) =>
    [1, 2].flatMap((i) => normed(`${name}.block.${k}.conv${i}`, 3, outChannels, outChannels, uses)),
  )
  return [...normed(`${name}.conv`, kernelPx, inChannels, outChannels, uses), ...residuals.flat()]
}

function upStage(name: string, inChannels: number, beside: number, outChannels: number, blocks: number, uses: Uses): PlannedParameter[] {
  return [
    ...normed(`${name}.up`, 3, inChannels, outChannels, uses),
    ...stage(`${name}.merge`, 3, outChannels + beside, outChannels, blocks, uses),
  ]
}

function colours(name: string, kernelPx: number, inChannels: number, uses: Uses): PlannedParameter[] {
  return [{ ...conv(`${name}.kernel`, [kernelPx, kernelPx, inChannels, 3], 1), uses: () => uses }, vector(`${name}.bias`, 3)]
}

function linear(name: string, inLength: number, outLength: number): PlannedParameter[] {
  return [dense(`${name}.kernel`, [inLength, outLength], { deviation: Math.sqrt(1 / inLength) }), vector(`${name}.bias`, outLength)]
}

function localPlan(name: string, n: number, pixels: number): PlannedParameter[] {
  const widths = [3, n, 2 * n, 4 * n, 8 * n]
  const encoder = [0, 1, 2, 3].map((i) =>
    stage(`${name}.encoder.${i}`, 3, widths[i] as number, widths[i + 1] as number, 1, pixels / 4 ** i),
  )
  const decoder = [0, 1, 2].map((i) => {
    const width = n * 2 ** (2 - i)
    return upStage(`${name}.decoder.${i}`, 2 * width, width, width, 1, pixels / 4 ** (2 - i))
  })
  return [...encoder.flat(), ...decoder.flat(), ...colours(`${name}.picture`, 1, n, pixels)]
}

export function plan({ sizePx, ngf: n, localNgf, codeLength, template }: TpGanConfig): PlannedParameter[] {
  const pixels = sizePx * sizePx
  const deepest = (sizePx / DEPTH) ** 2
  const widths = [3, n, n, 2 * n, 4 * n, 8 * n]
  const seeds = seedWidths(n)
  const local = PATCHES.flatMap((name) => localPlan(`local.${name}`, localNgf, template[name][2] * template[name][3]))
  const encoder = KERNELS_PX.flatMap((kernelPx, i) =>
    stage(`encoder.${i}`, kernelPx, widths[i] as number, widths[i + 1] as number, i === 4 ? DEEP_BLOCKS : 1, pixels / 4 ** i),
  )
  const seedPlan = seeds.flatMap((width, i) => normed(`seed.${i}`, 3, [n, ...seeds][i] as number, width, pixels / 4 ** (2 - i)))
  return [
    ...local,
    ...encoder,
    ...linear('code', deepest * 8 * n, 2 * codeLength),
    ...linear('spread', codeLength, deepest * n),
    ...seedPlan,
    ...upStage('decoder.0', 9 * n, 4 * n, 4 * n, 0, pixels / 64),
    ...upStage('decoder.1', 4 * n, 2 * n + seeds[0] + 3, 2 * n, 0, pixels / 16),
    ...upStage('decoder.2', 2 * n, n + seeds[1] + 3, n, 0, pixels / 4),
    ...colours('head.0', 3, 2 * n, pixels / 16),
    ...colours('head.1', 3, n, pixels / 4),
    ...normed('up', 3, n, n, pixels),
    ...stage('fusion.0', 3, 2 * n + seeds[2] + 3 + localNgf + 3, n, 1, pixels),
    ...stage('fusion.1', 3, n, n / 2, 0, pixels),
    ...colours('output', 3, n / 2, pixels),
  ]
}

const NUMBER = wholeNumber(0, 4096)
const BOX = v.tuple([NUMBER, NUMBER, NUMBER, NUMBER], 'left, top, width and height in pixels')

const SCHEMA = object({
  sizePx: wholeNumber(DEPTH, 1024),
  ngf: wholeNumber(2, 256),
  localNgf: wholeNumber(1, 256),
  codeLength: wholeNumber(1, 4096),
  template: object({ leftEye: BOX, rightEye: BOX, nose: BOX, mouth: BOX }),
})

/** A configuration as it stands in a manifest. */
export function parseConfig(value: unknown, place = 'config'): TpGanConfig {
  const config = readConfig(SCHEMA, value, place)
  if (config.sizePx % DEPTH !== 0) refuseConfig(`${place}.sizePx`, `a multiple of ${DEPTH}`)
  if (config.ngf % 2 !== 0) refuseConfig(`${place}.ngf`, 'even')
  for (const name of PATCHES) {
    const [left, top, width, height] = config.template[name]
    const fits = left + width <= config.sizePx && top + height <= config.sizePx
    if (!fits || width % PATCH_MULTIPLE !== 0 || height % PATCH_MULTIPLE !== 0 || width * height === 0)
      refuseConfig(`${place}.template.${name}`, `inside the picture, with sides in multiples of ${PATCH_MULTIPLE}`)
  }
  return config
}
