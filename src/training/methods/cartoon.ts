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
import { numberWithin, object, wholeNumber } from '../../shared/schema'
import type { Batch, Method, StepPass } from '../method'

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
