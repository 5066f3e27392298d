/**
 * Photo → cartoon: white-box cartoonisation (Wang and Yu 2020) with pairs. Twin: `pipeline/methods/cartoon.py`, which has losses by fixed networks besides
 * (perceptual, content, structure, landmarks); here are those that need none: pixels of pairs, texture and surface with a discriminator each, and variation.
 *
 * Sources: `pairs`, and beside them `photos` (whose pictures belong to other photos) from the step on in which discriminators judge; each has `photo` and `picture`,
 * `[B, S, S, 3]` in [-1, 1].
 */

import type { Scalar, Tensor4D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import * as v from 'valibot'
import { readConfig } from '../../models/config'
import { leastSquares } from '../../models/losses/adversarial'
import { pixelL1 } from '../../models/losses/pixelL1'
import { squaredVariation } from '../../models/losses/squaredVariation'
import { surface } from '../../models/losses/surface'
import { colourWeights, texture } from '../../models/losses/texture'
import type { PlainPicture } from '../../shared/augment'
import { mulberry32, seedOf } from '../../shared/rng'
import { numberWithin, object, wholeNumber } from '../../shared/schema'
import type { MethodDefinition } from '../definition'
import type { Batch, Item, Method, StepPass } from '../method'
import { drawOf, type ShownItem, shown, signedTensor, type TrainingPictures } from '../pictures'

const weight = (standard: number) => v.optional(numberWithin(0, 1000), standard)
const rate = (standard: number) => v.optional(numberWithin(0, 1), standard)

/** Defaults as in the twin. */
const SCHEMA = object({
  /** Of the generator (`cartoonUnet`). */
  generator: v.record(v.string(), v.unknown()),
  ndf: v.optional(wholeNumber(1, 256), 32),
  learningRate: rate(5e-4),
  discriminatorLearningRate: rate(2e-4),
  adversarialFromStep: v.optional(wholeNumber(0, 1e9), 4000),
  lambdaPair: weight(10),
  lambdaTexture: weight(1),
  lambdaSurface: weight(0.5),
  lambdaVariation: weight(0.5),
})

export type CartoonConfig = v.InferOutput<typeof SCHEMA>

/** What a discriminator looks at. */
type View = readonly [name: 'texture' | 'surface', weight: number, of: (x: Tensor4D) => Tensor4D]

export function cartoon(value: unknown): Method {
  const config: CartoonConfig = readConfig(SCHEMA, value, 'config')
  const { ndf, learningRate, discriminatorLearningRate } = config
  const judge = (inputChannels: number) => ({ family: 'spectralPatch', config: { ndf, inputChannels } }) as const
  return {
    id: 'cartoon',
    networks: {
      generator: { family: 'cartoonUnet', config: config.generator },
      textureDiscriminator: judge(1),
      surfaceDiscriminator: judge(3),
    },
    groups: { discriminators: ['textureDiscriminator', 'surfaceDiscriminator'], generator: ['generator'] },
    rates: { discriminators: discriminatorLearningRate, generator: learningRate },
    betas: { discriminators: [0.5, 0.99], generator: [0.5, 0.99] },
    averages: ['generator'],
    moves: (group, step) => group === 'generator' || step >= config.adversarialFromStep,
    losses(group, batch, pass) {
      if (group === 'discriminators') return discriminatorLosses(config, batch, pass)
      const judged = pass.step >= config.adversarialFromStep
      const fake = pass.run('generator', { picture: together(batch, 'photo', judged) }).picture as Tensor4D
      const pairs = batch.pairs as Batch[string]
      const own = tf.slice(fake, 0, (pairs.photo as Tensor4D).shape[0])
      const pair = pixelL1([own], [pairs.picture as Tensor4D], [config.lambdaPair])
      return judged ? { pair, ...representationLosses(config, fake, pass) } : { pair }
    },
  }
}

/** The pairs', and once there are judges the others' after them. */
function together(batch: Batch, name: 'photo' | 'picture', judged: boolean): Tensor4D {
  const of = (source: string) => batch[source]?.[name] as Tensor4D
  return judged ? tf.concat([of('pairs'), of('photos')]) : of('pairs')
}

function views({ lambdaTexture, lambdaSurface }: CartoonConfig, random: () => number): readonly View[] {
  const colours = colourWeights(random)
  return [
    ['texture', lambdaTexture, (x) => texture(x, colours)],
    ['surface', lambdaSurface, surface],
  ]
}

function judgedAs(pass: StepPass, name: string, picture: Tensor4D, real: boolean): Scalar {
  return leastSquares([pass.run(`${name}Discriminator`, { picture }).judgements as Tensor4D], real)
}

function discriminatorLosses(config: CartoonConfig, batch: Batch, pass: StepPass): Record<string, Scalar> {
  const fake = pass.run('generator', { picture: together(batch, 'photo', true) }).picture as Tensor4D
  const real = together(batch, 'picture', true)
  return Object.fromEntries(
    views(config, pass.random).map(([name, , of]) => {
      // Real first: a pass moves what the spectral norms remember.
      const [onReal, onFake] = [judgedAs(pass, name, of(real), true), judgedAs(pass, name, of(fake), false)]
      return [`${name}Judge`, tf.mul<Scalar>(tf.add(onReal, onFake), 0.5)]
    }),
  )
}

function representationLosses(config: CartoonConfig, fake: Tensor4D, pass: StepPass): Record<string, Scalar> {
  const variation = tf.mul<Scalar>(squaredVariation(fake), config.lambdaVariation)
  const seen = views(config, pass.random).map(([name, lambda, of]) => [name, tf.mul<Scalar>(judgedAs(pass, name, of(fake), true), lambda)])
  return { variation, ...Object.fromEntries(seen) }
}

/** Items with both sides: `readPictures` has seen to it. */
function pairsOf(pictures: TrainingPictures, count: number, own: boolean, random: () => number): Item {
  const { items } = pictures
  const any = () => items[Math.floor(random() * items.length)] as ShownItem
  return tf.tidy(() => {
    const draws = Array.from({ length: count }, () => {
      const [first, second] = [any(), any()]
      const draw = drawOf(pictures, random)
      const other = own ? draw : drawOf(pictures, random)
      return {
        photo: shown(first.a as PlainPicture, 'photo', draw, pictures),
        picture: shown((own ? first : second).b as PlainPicture, 'picture', other, pictures),
      }
    })
    return { photo: tf.concat(draws.map(({ photo }) => photo)), picture: tf.concat(draws.map(({ picture }) => picture)) }
  })
}

const loss = (id: string, standard: number) => ({ id, group: 'losses', min: 0, max: 100, step: 0.1, default: standard }) as const

export const cartoonDefinition: MethodDefinition = {
  id: 'cartoon',
  description: {
    data: 'pairs',
    role: 'picture',
    styles: ['cartoon'],
    controls: [
      loss('lambdaPair', 10),
      loss('lambdaTexture', 1),
      loss('lambdaSurface', 0.5),
      loss('lambdaVariation', 0.5),
      { id: 'learningRate', group: 'rates', min: 0, max: 0.01, step: 0.00005, default: 5e-4 },
      { id: 'discriminatorLearningRate', group: 'rates', min: 0, max: 0.01, step: 0.00005, default: 2e-4 },
      { id: 'adversarialFromStep', group: 'schedule', min: 0, max: 100_000, step: 10, default: 300 },
    ],
    defaults: {
      ...{ sizePx: 256, cropPx: 80, batch: 1, steps: 600, decayFrom: 0.5, layers: 'late', averageDecay: 0.99 },
      ...{ checkpointEveryMs: 120_000, sampleEverySteps: 50 },
    },
  },
  answers: 'generator',
  modelRoles: {},
  fits: () => true,
  lacking: '',
  isWhole: false,
  task: 'photoToPicture',
  late: ['generator.up', 'generator.output', 'textureDiscriminator', 'surfaceDiscriminator'],
  create: ({ controls, parent }) => {
    const judge = parent.textureDiscriminator?.config as { ndf?: number } | undefined
    return cartoon({
      ...controls,
      generator: parent.generator?.config ?? { ngf: 16, residualBlocks: 4, filterRadius: 0 },
      ...(judge?.ndf !== undefined && { ndf: judge.ndf }),
    })
  },
  batchOf: (pictures, { seed, step, batch }) => {
    const random = mulberry32(seedOf(seed, step, 1))
    return { pairs: pairsOf(pictures, batch, true, random), photos: pairsOf(pictures, batch, false, random) }
  },
  sample: ({ a, b }, run) => {
    const real = signedTensor(a as PlainPicture)
    return {
      real_A: real,
      fake_B: run('generator', { picture: real }).picture as Tensor4D,
      real_B: signedTensor(b as PlainPicture),
    }
  },
}
