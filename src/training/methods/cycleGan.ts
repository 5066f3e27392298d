/**
 * Photo ↔ any style, without pairs: CycleGAN (Zhu et al. 2017) behind one DiffAugment (Zhao et al. 2020). Twin: `pipeline/methods/cycle_gan.py`, which has losses by fixed
 * networks besides (perceptual, landmarks). Two generators, and two discriminators that see a history of what was generated. Before these judge, a picture is to stay
 * what it is: from noise, a discriminator teaches nothing.
 *
 * Sources: `a` and `b`, each with `picture`, `[B, S, S, 3]` in [-1, 1].
 */

import type { Scalar, Tensor, Tensor4D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import * as v from 'valibot'
import { readConfig } from '../../models/config'
import { LIVE_CONFIG, type Pix2PixHdConfig } from '../../models/generators/pix2pixHdConfig'
import { leastSquares } from '../../models/losses/adversarial'
import { cycleConsistency, identityMapping } from '../../models/losses/cycle'
import { augmented, drawAugmentation } from '../../models/losses/diffAugment'
import { exchanged } from '../../models/losses/pictureHistory'
import type { AugmentedKind, PlainPicture } from '../../shared/augment'
import { mulberry32, seedOf } from '../../shared/rng'
import { numberWithin, object, wholeNumber } from '../../shared/schema'
import type { MethodDefinition } from '../definition'
import type { Batch, Item, Method, StepPass } from '../method'
import { drawOf, shown, signedTensor, type TrainingPictures } from '../pictures'

const GENERATOR: Pix2PixHdConfig = {
  ...LIVE_CONFIG,
  ...{ ngf: 24, downSteps: 3, residualBlocks: 6, separable: true, normsRemoved: 0, inputChannels: 3, upsampling: 'resize' },
}
const weight = (standard: number) => v.optional(numberWithin(0, 1000), standard)
const rate = (standard: number) => v.optional(numberWithin(0, 1), standard)

/** Defaults as in the twin. */
const SCHEMA = object({
  /** Of both generators (`pix2pixHd`). */
  generator: v.optional(v.record(v.string(), v.unknown()), { ...GENERATOR }),
  ndf: v.optional(wholeNumber(1, 256), 48),
  /** Of the history, in pictures of each domain. */
  pool: v.optional(wholeNumber(1, 1000), 50),
  learningRate: rate(2e-4),
  discriminatorLearningRate: rate(2e-4),
  adversarialFromStep: v.optional(wholeNumber(0, 1e9), 300),
  identityEvery: v.optional(wholeNumber(1, 1000), 2),
  lambdaAdversarial: weight(1),
  lambdaCycle: weight(10),
  lambdaIdentity: weight(5),
  lambdaPixel: weight(5),
})

export type CycleGanConfig = v.InferOutput<typeof SCHEMA>

/** From which domain into which. */
const WAYS = { AB: { from: 'a', into: 'b', judge: 'discriminatorB' }, BA: { from: 'b', into: 'a', judge: 'discriminatorA' } } as const
type Way = keyof typeof WAYS
const BACK: Readonly<Record<Way, Way>> = { AB: 'BA', BA: 'AB' }

export function cycleGan(value: unknown): Method {
  const config: CycleGanConfig = readConfig(SCHEMA, value, 'config')
  const { learningRate, discriminatorLearningRate, ndf } = config
  const generator = { family: 'pix2pixHd', config: config.generator } as const
  const discriminator = { family: 'patchGan', config: { scales: 1, ndf, inputs: 3 } } as const
  return {
    id: 'cycleGan',
    networks: { generatorAB: generator, generatorBA: generator, discriminatorA: discriminator, discriminatorB: discriminator },
    groups: { generators: ['generatorAB', 'generatorBA'], discriminators: ['discriminatorA', 'discriminatorB'] },
    rates: { generators: learningRate, discriminators: discriminatorLearningRate },
    betas: {},
    averages: ['generatorAB', 'generatorBA'],
    moves: (group, step) => group === 'generators' || step >= config.adversarialFromStep,
    losses: (group, batch, pass) =>
      group === 'generators'
        ? { ...wayLosses(config, 'AB', batch, pass), ...wayLosses(config, 'BA', batch, pass) }
        : discriminatorLosses(config, batch, pass),
  }
}

const pictureOf = (batch: Batch, name: 'a' | 'b') => batch[name]?.picture as Tensor4D

function made(pass: Pick<StepPass, 'run'>, way: Way, sketch: Tensor4D): Tensor4D {
  return pass.run(`generator${way}`, { sketch }).face as Tensor4D
}

/** The last layer's judgements. */
function judgements(pass: StepPass, judge: string, photo: Tensor4D): Tensor[] {
  return [Object.values(pass.run(judge, { photo })).at(-1) as Tensor]
}

function wayLosses(config: CycleGanConfig, way: Way, batch: Batch, pass: StepPass): Record<string, Scalar> {
  const { from, into, judge } = WAYS[way]
  const [real, other] = [pictureOf(batch, from), pictureOf(batch, into)]
  const fake = made(pass, way, real)
  const times = (loss: Scalar, lambda: number) => tf.mul<Scalar>(loss, lambda)
  const terms: Record<string, Scalar> = {
    [`cycle${way}`]: times(cycleConsistency(real, made(pass, BACK[way], fake)), config.lambdaCycle),
  }
  if (pass.step % config.identityEvery === 0)
    terms[`identity${way}`] = times(identityMapping(other, made(pass, way, other)), config.lambdaIdentity)
  if (pass.step < config.adversarialFromStep) {
    terms[`pixel${way}`] = times(identityMapping(real, fake), config.lambdaPixel)
    return terms
  }
  // For the discriminators, which see what the generators made before they moved.
  pass.memory.set(`fresh ${into}`, [fake])
  const seen = augmented(fake, drawAugmentation(pass.random))
  terms[`adversarial${way}`] = times(leastSquares(judgements(pass, judge, seen), true), config.lambdaAdversarial)
  return terms
}

function discriminatorLosses(config: CycleGanConfig, batch: Batch, pass: StepPass): Record<string, Scalar> {
  const terms = (['a', 'b'] as const).map((name) => {
    const judge = `discriminator${name.toUpperCase()}`
    const augmentation = drawAugmentation(pass.random)
    const fakes = remembered(config, name, pass)
    const judged = [
      leastSquares(judgements(pass, judge, augmented(pictureOf(batch, name), augmentation)), true),
      leastSquares(judgements(pass, judge, augmented(fakes, augmentation)), false),
    ]
    return [judge, tf.mean<Scalar>(tf.stack(judged))] as const
  })
  return Object.fromEntries(terms)
}

/** The step's fakes, some of them replaced by older ones. */
function remembered({ pool: capacity }: CycleGanConfig, name: 'a' | 'b', { memory, random }: StepPass): Tensor4D {
  const fresh = memory.get(`fresh ${name}`).flatMap((fakes) => tf.split(fakes, fakes.shape[0] as number))
  let pool = memory.get(`pool ${name}`)
  const seen = fresh.map((picture) => {
    const exchange = exchanged<Tensor>(pool, picture, capacity, random)
    pool = exchange.pool
    return exchange.shown
  })
  const shownOnes = tf.concat(seen) as Tensor4D
  memory.set(`pool ${name}`, pool)
  memory.set(`fresh ${name}`, [])
  return shownOnes
}

function heap(pictures: TrainingPictures, side: 'a' | 'b', kind: AugmentedKind, count: number, random: () => number): Item {
  const all = pictures.items.flatMap((item) => item[side] ?? [])
  return tf.tidy(() => {
    const drawn = Array.from({ length: count }, () => {
      const picture = all[Math.floor(random() * all.length)] as PlainPicture
      return shown(picture, kind, drawOf(pictures, random), pictures)
    })
    return { picture: tf.concat(drawn) }
  })
}

const loss = (id: string, standard: number) => ({ id, group: 'losses', min: 0, max: 100, step: 0.5, default: standard }) as const
const rateOf = (id: string) => ({ id, group: 'rates', min: 0, max: 0.01, step: 0.00005, default: 2e-4 }) as const

export const cycleGanDefinition: MethodDefinition = {
  id: 'cycleGan',
  description: {
    data: 'unpaired',
    role: 'picture',
    styles: ['anime', 'photo', 'cartoon', 'drawing'],
    controls: [
      ...[loss('lambdaCycle', 10), loss('lambdaIdentity', 5), loss('lambdaAdversarial', 1), loss('lambdaPixel', 5)],
      ...[rateOf('learningRate'), rateOf('discriminatorLearningRate')],
      { id: 'adversarialFromStep', group: 'schedule', min: 0, max: 100_000, step: 10, default: 300 },
      { id: 'identityEvery', group: 'schedule', min: 1, max: 100, step: 1, default: 2 },
      { id: 'pool', group: 'schedule', min: 1, max: 500, step: 1, default: 50 },
    ],
    defaults: {
      ...{ sizePx: 192, cropPx: 64, batch: 1, steps: 2000, decayFrom: 0.5, layers: 'all', averageDecay: 0.995 },
      ...{ checkpointEveryMs: 120_000, sampleEverySteps: 100 },
    },
  },
  answers: 'generatorAB',
  modelRoles: { generatorAB: 'generator', discriminatorB: 'discriminator' },
  fits: () => true,
  lacking: '',
  isWhole: false,
  task: 'photoToPicture',
  late: ['generatorAB.decoder', 'generatorAB.output', 'generatorBA.decoder', 'generatorBA.output', 'discriminatorA', 'discriminatorB'],
  create: ({ controls, parent }) => {
    const ndf = (parent.discriminatorB?.config as { ndf?: number } | undefined)?.ndf
    return cycleGan({
      ...controls,
      ...(parent.generatorAB && { generator: parent.generatorAB.config }),
      ...(ndf !== undefined && { ndf }),
    })
  },
  batchOf: (pictures, { seed, step, batch }) => {
    const random = mulberry32(seedOf(seed, step, 1))
    return { a: heap(pictures, 'a', 'photo', batch, random), b: heap(pictures, 'b', 'picture', batch, random) }
  },
  sample: ({ a, b }, run) => {
    const [real, way, [from, to]] = a
      ? [signedTensor(a), 'AB' as const, ['A', 'B']]
      : [signedTensor(b as PlainPicture), 'BA' as const, ['B', 'A']]
    const fake = made({ run }, way, real)
    return {
      [`real_${from}`]: real,
      [`fake_${to}`]: fake,
      [`rec_${from}`]: made({ run }, BACK[way], fake),
      [`same_${from}`]: made({ run }, BACK[way], real),
    }
  },
}
