/** The portrait drawing as the studio offers it: pairs of a photo with its face and a drawing, always whole. */

import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { type Landmarks68, mirrorLandmarks } from '../../faces/landmarks'
import { foregroundOf, PATCH_COUNT, placesOf } from '../../faces/portraitPlaces'
import {
  type AugmentationDraw,
  augmentedClasses,
  augmentedPoints,
  drawAugmentation,
  NO_AUGMENTATION,
  type PlainPicture,
} from '../../shared/augment'
import { mulberry32, seedOf } from '../../shared/rng'
import type { MethodDefinition } from '../definition'
import type { Item } from '../method'
import { drawOf, type ShownItem, shown, signedTensor, type TrainingPictures } from '../pictures'
import { judgeOf, portraitDrawing, REGIONS } from './portraitDrawing'

/** Side of stored region classes. */
const REGIONS_PX = 256
/** What leaves a face where it is. */
const STILL = drawAugmentation(NO_AUGMENTATION, () => 0.75)

/** Flat x, y → points; mirrored, the eye on the right becomes the one on the left. */
function landmarksOf(flat: readonly number[], draw: AugmentationDraw): Landmarks68 {
  const moved = augmentedPoints(flat, { ...draw, mirrored: false })
  const points = Array.from({ length: moved.length / 2 }, (_, i) => [moved[2 * i] as number, moved[2 * i + 1] as number] as const)
  return draw.mirrored ? mirrorLandmarks(points) : points
}

/** Where the parts lie, `places` `[1, 8]` and `foreground` `[1, S, S, 1]` in [-1, 1]. */
function partsOf({ landmarks: flat, regions }: ShownItem, draw: AugmentationDraw, sizePx: number): { places: Tensor; foreground: Tensor } {
  const landmarks = landmarksOf(flat ?? [], draw)
  const classes = regions && augmentedClasses(regions, REGIONS_PX, draw, sizePx)
  const person = foregroundOf({ landmarks, regions: classes }, sizePx)
  return {
    places: tf.tensor2d(placesOf(landmarks), [1, 2 * PATCH_COUNT]),
    foreground: tf.tensor4d(
      Float32Array.from(person, (value) => 2 * value - 1),
      [1, sizePx, sizePx, 1],
    ),
  }
}

/** The first channel: a drawing is grey. */
const grey = (picture: Tensor4D) => tf.slice(picture, [0, 0, 0, 0], [-1, -1, -1, 1])

function portraits(pictures: TrainingPictures, count: number, random: () => number): Item {
  const { items } = pictures
  return tf.tidy(() => {
    const drawn = Array.from({ length: count }, () => {
      const item = items[Math.floor(random() * items.length)] as ShownItem
      const draw = drawOf(pictures, random)
      const picture = grey(shown(item.b as PlainPicture, 'picture', draw, pictures))
      return { photo: shown(item.a as PlainPicture, 'photo', draw, pictures), picture, ...partsOf(item, draw, pictures.sizePx) }
    })
    const together = (name: keyof (typeof drawn)[number]) => tf.concat(drawn.map((one) => one[name] as Tensor))
    return { photo: together('photo'), picture: together('picture'), places: together('places'), foreground: together('foreground') }
  })
}

const loss = (id: string, standard: number, most: number) =>
  ({ id, group: 'losses', min: 0, max: most, step: most / 200, default: standard }) as const
const rate = (id: string, standard: number) => ({ id, group: 'rates', min: 0, max: 0.01, step: 0.00005, default: standard }) as const

export const portraitDrawingDefinition: MethodDefinition = {
  id: 'portraitDrawing',
  description: {
    data: 'pairs',
    role: 'picture',
    styles: ['drawing'],
    controls: [
      ...[loss('lambdaL1', 100, 400), loss('lambdaLocal', 25, 100), loss('lambdaDistance', 3, 20)],
      ...[loss('lambdaAdversarial', 1, 10), loss('lambdaLocalAdversarial', 0.25, 5)],
      ...[rate('learningRate', 4e-4), rate('discriminatorLearningRate', 2e-4)],
      { id: 'stage', group: 'schedule', min: 1, max: 2, step: 1, default: 2 },
      { id: 'adversarialFromStep', group: 'schedule', min: 0, max: 100_000, step: 10, default: 200 },
    ],
    defaults: {
      ...{ sizePx: 256, cropPx: 256, batch: 1, steps: 300, decayFrom: 0.5, layers: 'late', averageDecay: 0.99 },
      ...{ checkpointEveryMs: 120_000, sampleEverySteps: 50 },
    },
  },
  answers: 'generator',
  modelRoles: {},
  fits: ({ landmarks }) => landmarks !== null,
  lacking: 'No picture of this data set has a face with its points. Find or place them first.',
  isWhole: true,
  task: 'portraitDrawing',
  late: ['generator.fusion', 'generator.whole.up', 'discriminator', ...REGIONS.map(judgeOf)],
  create: ({ controls, parent }) => {
    const ndf = (parent.discriminator?.config as { ndf?: number } | undefined)?.ndf
    return portraitDrawing({
      ...controls,
      ...(parent.generator && { generator: parent.generator.config }),
      ...(ndf !== undefined && { ndf }),
    })
  },
  batchOf: (pictures, { seed, step, batch }) => ({ portraits: portraits(pictures, batch, mulberry32(seedOf(seed, step, 1))) }),
  sample: (item, run) => {
    const real = signedTensor(item.a as PlainPicture)
    const { places, foreground } = partsOf(item, STILL, real.shape[1])
    return {
      real_A: real,
      fake_B: run('generator', { picture: real, places, foreground }).picture as Tensor4D,
      real_B: grey(signedTensor(item.b as PlainPicture)),
    }
  },
}
