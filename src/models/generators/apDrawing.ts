/**
 * The hierarchical generator of APDrawingGAN (Yi et al. 2019, section 3.2): photo `[B, H, W, 3]`, who is in it `foreground` `[B, H, W, 1]` (1 person, −1
 * background) and `places` `[B, 8]` of eyes, nose and mouth → drawing `[B, H, W, 1]`, and what the generator of each part drew; everything in [-1, 1]. Twin:
 * `pipeline/networks/ap_drawing.py`.
 *
 * A U-Net for the whole and six for the parts (`drawingParts.ts`), which are put together by the minimum; a fusion network makes one drawing of that and the
 * whole's: 7×7, residual blocks of two 3×3, 7×7, tanh, ReLU between, no norms.
 */

import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import * as v from 'valibot'
import { list, numberWithin, object, wholeNumber } from '../../shared/schema'
import { readConfig } from '../config'
import { behind, combined, PATCHES, type PatchName, patchSides, Windows } from '../drawingParts'
import { differentiableLayers, type Layers } from '../layers'
import type { ForwardOptions, Network, Params } from '../network'
import { conv, macsOf, type PlannedParameter, specsOf, vector } from '../parameterPlan'
import { type UnetConfig, unet } from './unet'

export interface ApDrawingConfig {
  /** Width and steps of the whole's U-Net. */
  ngf: number
  multipliers: number[]
  /** Of the four patches' U-Nets. */
  patchNgf: number
  patchMultipliers: number[]
  /** Of those of hair and background. */
  areaNgf: number
  areaMultipliers: number[]
  fusionNgf: number
  fusionBlocks: number
  /** Probability in the deepest up steps of every U-Net. */
  dropout: number
}

export type ApDrawingInputs = { readonly picture: Tensor4D; readonly foreground: Tensor4D; readonly places: Tensor2D }
export type AreaName = 'hair' | 'background'
export type ApDrawingOutputs = { readonly picture: Tensor4D } & Readonly<Record<PatchName | AreaName, Tensor4D>>

const AREAS: readonly AreaName[] = ['hair', 'background']
const REFLECT_1 = { kind: 'reflect', px: 1 } as const
const REFLECT_3 = { kind: 'reflect', px: 3 } as const
/** Behind a mask the photo is black, the drawing white. */
const [BLACK, WHITE] = [-1, 1]
/** More than any U-Net has steps: their dice must not be the same. */
const SEEDS_APART = 16

interface Part {
  readonly prefix: string
  readonly config: UnetConfig
}

function parts({ dropout, ...c }: ApDrawingConfig): { whole: Part; patches: Record<string, Part>; areas: Record<string, Part> } {
  const part = (prefix: string, ngf: number, multipliers: number[]): Part => ({
    prefix: `${prefix}.`,
    config: { ngf, multipliers, inputChannels: 3, outputChannels: 1, dropout },
  })
  return {
    whole: part('whole', c.ngf, c.multipliers),
    patches: Object.fromEntries(PATCHES.map((name) => [name, part(`patch.${name}`, c.patchNgf, c.patchMultipliers)])),
    areas: Object.fromEntries(AREAS.map((name) => [name, part(`area.${name}`, c.areaNgf, c.areaMultipliers)])),
  }
}

function fusionPlan({ fusionNgf, fusionBlocks }: ApDrawingConfig): PlannedParameter[] {
  const layer = (name: string, size: number, from: number, to: number) => [
    conv(`fusion.${name}.kernel`, [size, size, from, to], 1),
    vector(`fusion.${name}.bias`, to),
  ]
  const blocks = Array.from({ length: fusionBlocks }, (_, i) =>
    ['conv1', 'conv2'].flatMap((name) => layer(`block.${i}.${name}`, 3, fusionNgf, fusionNgf)),
  )
  return [...layer('front', 7, 2, fusionNgf), ...blocks.flat(), ...layer('output', 7, fusionNgf, 1)]
}

const steps = v.pipe(list(wholeNumber(1, 64)), v.minLength(1, 'a list of 1 to 10 numbers'), v.maxLength(10, 'a list of 1 to 10 numbers'))

const SCHEMA = object({
  ngf: wholeNumber(1, 256),
  multipliers: steps,
  patchNgf: wholeNumber(1, 256),
  patchMultipliers: steps,
  areaNgf: wholeNumber(1, 256),
  areaMultipliers: steps,
  fusionNgf: wholeNumber(1, 256),
  fusionBlocks: wholeNumber(0, 16),
  dropout: v.optional(numberWithin(0, 0.95), 0.5),
})

/** Everything whose name begins with the prefix, without it. */
function within(params: Params, prefix: string): Params {
  const own = Object.entries(params).filter(([name]) => name.startsWith(prefix))
  return Object.fromEntries(own.map(([name, tensor]) => [name.slice(prefix.length), tensor]))
}

/** One part's U-Net; its norms are told by the names that they have in the whole network. */
function drawn({ prefix, config }: Part, dice: number, params: Params, picture: Tensor4D, { layers, training }: ForwardOptions): Tensor4D {
  const { seed = 0, onBatchMoments } = training ?? {}
  const inner = training && {
    seed: seed + dice * SEEDS_APART,
    ...(onBatchMoments
      ? { onBatchMoments: ((name, moments, count) => onBatchMoments(prefix + name, moments, count)) as typeof onBatchMoments }
      : {}),
  }
  const options: ForwardOptions = { ...(layers ? { layers } : {}), ...(inner ? { training: inner } : {}) }
  return unet.forward(config, within(params, prefix), { picture }, options).picture
}

function fused(layers: Layers, blocks: number, params: Params, whole: Tensor4D, local: Tensor4D): Tensor4D {
  let h = layers.conv(params, 'fusion.front', tf.concat([whole, local], 3), REFLECT_3, 1, true)
  for (let i = 0; i < blocks; i++) {
    const inner = layers.conv(params, `fusion.block.${i}.conv1`, h, REFLECT_1, 1, true)
    h = tf.add<Tensor4D>(h, layers.conv(params, `fusion.block.${i}.conv2`, inner, REFLECT_1, 1, false))
  }
  return layers.outputConv(params, 'fusion.output', h)
}

const picture = (channels: number) => ({ shape: [null, null, null, channels], range: [-1, 1] }) as const

export const apDrawing: Network<ApDrawingConfig, ApDrawingInputs, ApDrawingOutputs> = {
  family: 'apDrawing',
  parseConfig: (value, place) => readConfig(SCHEMA, value, place),
  parameters(config) {
    const { whole, patches, areas } = parts(config)
    const all = [whole, ...Object.values(patches), ...Object.values(areas)]
    const ofParts = all.flatMap((part) => unet.parameters(part.config).map((spec) => ({ ...spec, name: part.prefix + spec.name })))
    return [...ofParts, ...specsOf(fusionPlan(config))]
  },
  inputs: () => ({ picture: picture(3), foreground: picture(1), places: { shape: [null, 2 * PATCHES.length], range: [-1, 1] } }),
  outputs: () => Object.fromEntries(['picture', ...PATCHES, ...AREAS].map((name) => [name, picture(1)])),
  macs(config, sizePx) {
    const { whole, patches, areas } = parts(config)
    const patchMacs = PATCHES.map((name) => {
      const [height, width] = patchSides(name, sizePx, sizePx)
      return unet.macs((patches[name] as Part).config, Math.sqrt(height * width))
    })
    const fullSize = [whole, ...Object.values(areas)].map((part) => unet.macs(part.config, sizePx))
    return [...patchMacs, ...fullSize, macsOf(fusionPlan(config), sizePx)].reduce((sum, macs) => sum + macs, 0)
  },
  forward(config, params, { picture: photo, foreground, places }, options = {}) {
    const { layers = differentiableLayers, onActivation } = options
    const { whole, patches, areas } = parts(config)
    return tf.tidy(() => {
      const [, height, width] = photo.shape
      const windows = new Windows(places, height, width)
      const masks = windows.masks(foreground)
      const patchDrawings = PATCHES.map((name, i) => drawn(patches[name] as Part, 1 + i, params, windows.cut(photo, name), options))
      const areaDrawings = AREAS.map((name, i) => {
        const area = drawn(areas[name] as Part, 1 + PATCHES.length + i, params, behind(photo, masks[name], BLACK), options)
        return behind(area, masks[name], WHITE)
      })
      const local = combined([...PATCHES.map((name, i) => windows.placed(patchDrawings[i] as Tensor4D, name)), ...areaDrawings])
      const global = drawn(whole, 0, params, photo, options)
      onActivation?.('whole', global)
      onActivation?.('combined', local)
      const named = [...PATCHES, ...AREAS].map((name, i) => [name, [...patchDrawings, ...areaDrawings][i]])
      return { picture: fused(layers, config.fusionBlocks, params, global, local), ...Object.fromEntries(named) } as ApDrawingOutputs
    })
  },
}
