/**
 * Photo → portrait line drawing: APDrawingGAN (Yi et al. 2019). Twin: `pipeline/methods/portrait_drawing.py`, which has a perceptual loss besides. In stage 1 lines lie
 * exactly where the photo has them; in stage 2, of drawings by hand, the distances between lines count as well as their pixels.
 *
 * Source `portraits`: `photo` `[B, S, S, 3]`, `picture` and `foreground` `[B, S, S, 1]`, `places` `[B, 8]`, all in [-1, 1].
 */

import type { Scalar, Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import * as v from 'valibot'
import { readConfig } from '../../models/config'
import { behind, PATCHES, Windows } from '../../models/drawingParts'
import { log } from '../../models/losses/adversarial'
import { chamfer } from '../../models/losses/chamfer'
import { numberWithin, object, wholeNumber } from '../../shared/schema'
import type { Batch, Item, Method, MethodNetwork, StepPass } from '../method'

const AREAS = ['hair', 'background'] as const
/** Parts that have a discriminator each, beside the whole. */
export const REGIONS = [...PATCHES, ...AREAS]
const [BLACK, WHITE] = [-1, 1]
/** As `pipeline/configs/drawing.toml` has it. */
const GENERATOR = {
  ...{ ngf: 24, multipliers: [1, 2, 4, 8, 8, 8], patchNgf: 24, patchMultipliers: [1, 2, 4], areaNgf: 16, areaMultipliers: [1, 2, 2, 2] },
  ...{ fusionNgf: 16, fusionBlocks: 2, dropout: 0 },
}
const weight = (standard: number) => v.optional(numberWithin(0, 1000), standard)
const rate = (standard: number) => v.optional(numberWithin(0, 1), standard)

/** Defaults as in the twin. */
const SCHEMA = object({
  /** Of the generator (`apDrawing`). */
  generator: v.optional(v.record(v.string(), v.unknown()), GENERATOR),
  stage: v.optional(wholeNumber(1, 2), 1),
  ndf: v.optional(wholeNumber(1, 256), 16),
  learningRate: rate(4e-4),
  discriminatorLearningRate: rate(2e-4),
  adversarialFromStep: v.optional(wholeNumber(0, 1e9), 1500),
  lambdaAdversarial: weight(1),
  lambdaLocalAdversarial: weight(0.25),
  lambdaL1: weight(100),
  lambdaLocal: weight(25),
  lambdaDistance: weight(3),
})

export type PortraitDrawingConfig = v.InferOutput<typeof SCHEMA>

export const judgeOf = (region: string) => `${region}Discriminator`

export function portraitDrawing(value: unknown): Method {
  const config: PortraitDrawingConfig = readConfig(SCHEMA, value, 'config')
  const { ndf, learningRate, discriminatorLearningRate } = config
  // Of the whole, and of every part: each sees photo and drawing.
  const judges = ['discriminator', ...REGIONS.map(judgeOf)]
  const judge: MethodNetwork = { family: 'patchGan', config: { scales: 1, ndf, inputs: 4 } }
  return {
    id: 'portraitDrawing',
    networks: { generator: { family: 'apDrawing', config: config.generator }, ...Object.fromEntries(judges.map((role) => [role, judge])) },
    groups: { discriminators: judges, generator: ['generator'] },
    rates: { discriminators: discriminatorLearningRate, generator: learningRate },
    betas: {},
    averages: ['generator'],
    moves: (group, step) => group === 'generator' || step >= config.adversarialFromStep,
    rolesAt: (group, step) =>
      group === 'generator'
        ? ['generator']
        : judges.filter((role) => !AREAS.some((area) => role === judgeOf(area) && area !== turnOf(step))),
    losses: (group, batch, pass) =>
      group === 'generator' ? generatorLosses(config, portraitsOf(batch), pass) : discriminatorLosses(config, portraitsOf(batch), pass),
  }
}

interface Portraits {
  readonly photo: Tensor4D
  readonly real: Tensor4D
  readonly inputs: Item
  readonly windows: Windows
  readonly masks: Readonly<Record<(typeof AREAS)[number], Tensor4D>>
}

function portraitsOf({ portraits }: Batch): Portraits {
  const { photo, picture, foreground, places } = portraits as Record<'photo' | 'picture' | 'foreground', Tensor4D> & { places: Tensor2D }
  const [, height, width] = photo.shape
  const windows = new Windows(places, height, width)
  return { photo, real: picture, inputs: { picture: photo, foreground, places }, windows, masks: windows.masks(foreground) }
}

/** What a discriminator that has its turn looks at. */
interface Seen {
  readonly drawing: Tensor4D
  readonly photo: Tensor4D
  readonly weight: number
}

/** Hair and background are as large as the whole and take turns. */
const turnOf = (step: number) => AREAS[step % AREAS.length] as (typeof AREAS)[number]

function seen(config: PortraitDrawingConfig, { photo, windows, masks }: Portraits, drawing: Tensor4D, step: number): Record<string, Seen> {
  const { lambdaAdversarial, lambdaLocalAdversarial } = config
  const area = turnOf(step)
  const patches = PATCHES.map((name) => {
    const shown = { drawing: windows.cut(drawing, name), photo: windows.cut(photo, name), weight: lambdaLocalAdversarial }
    return [judgeOf(name), shown] as const
  })
  return {
    discriminator: { drawing, photo, weight: lambdaAdversarial },
    ...Object.fromEntries(patches),
    [judgeOf(area)]: {
      drawing: behind(drawing, masks[area], WHITE),
      photo: behind(photo, masks[area], BLACK),
      weight: AREAS.length * lambdaLocalAdversarial,
    },
  }
}

function judged(pass: StepPass, role: string, { drawing, photo }: Seen, real: boolean): Scalar {
  return log([Object.values(pass.run(role, { sketch: drawing, photo })).at(-1) as Tensor], real)
}

function discriminatorLosses(config: PortraitDrawingConfig, portraits: Portraits, pass: StepPass): Record<string, Scalar> {
  // The generator's group passes through it as well, and its norms are to remember the step once.
  const fake = pass.glance('generator', portraits.inputs).picture as Tensor4D
  const [reals, fakes] = [portraits.real, fake].map((drawing) => seen(config, portraits, drawing, pass.step)) as [
    Record<string, Seen>,
    Record<string, Seen>,
  ]
  const terms = Object.entries(reals).map(([role, real]) =>
    tf.add<Scalar>(judged(pass, role, real, true), judged(pass, role, fakes[role] as Seen, false)),
  )
  return { judges: tf.mul<Scalar>(tf.addN(terms), 0.5) }
}

function generatorLosses(config: PortraitDrawingConfig, portraits: Portraits, pass: StepPass): Record<string, Scalar> {
  const made = pass.run('generator', portraits.inputs) as Readonly<Record<string, Tensor4D>>
  const fake = made.picture as Tensor4D
  const lines = lineLosses(config, portraits, made)
  if (pass.step < config.adversarialFromStep) return lines
  const { discriminator, ...local } = Object.fromEntries(
    Object.entries(seen(config, portraits, fake, pass.step)).map(([role, shown]) => [
      role,
      tf.mul<Scalar>(judged(pass, role, shown, true), shown.weight),
    ]),
  )
  return { ...lines, adversarial: discriminator as Scalar, localAdversarial: tf.addN(Object.values(local)) as Scalar }
}

function lineLosses(
  { lambdaL1, lambdaLocal, lambdaDistance, stage }: PortraitDrawingConfig,
  { real, windows, masks }: Portraits,
  made: Readonly<Record<string, Tensor4D>>,
): Record<string, Scalar> {
  const l1 = (a: Tensor, b: Tensor) => tf.mean<Scalar>(tf.abs(tf.sub(a, b)))
  const local = [
    ...PATCHES.map((name) => l1(made[name] as Tensor, windows.cut(real, name))),
    ...AREAS.map((name) => l1(made[name] as Tensor, behind(real, masks[name], WHITE))),
  ]
  const fake = made.picture as Tensor4D
  const terms = { l1: tf.mul<Scalar>(l1(fake, real), lambdaL1), local: tf.mul<Scalar>(tf.addN(local), lambdaLocal) }
  return stage === 2 ? { ...terms, distance: tf.mul<Scalar>(chamfer(real, fake), lambdaDistance) } : terms
}
