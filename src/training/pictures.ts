/**
 * The pictures of a data set as a training has them: decoded once to the model's size, held-out ones apart, and drawn anew for every step. What a step is shown is
 * a function of data, seed and step alone, so that a run that goes on is shown the same.
 */

import type { Tensor4D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import {
  type Augmentation,
  type AugmentationDraw,
  type AugmentedKind,
  augmented,
  drawAugmentation,
  type PlainPicture,
} from '../shared/augment'
import { StudioError } from '../shared/errors'

/** One face of a data set, decoded. */
export interface ShownItem {
  readonly a: PlainPicture | null
  readonly b: PlainPicture | null
  /** Flat x, y of the 68 in 0–1. */
  readonly landmarks: readonly number[] | null
  /** Region classes, 256 × 256. */
  readonly regions: Uint8Array | null
}

/** An item as it lies in the database. */
export interface StoredItem<Picture> {
  readonly heldOut: boolean
  readonly a: Picture | null
  readonly b: Picture | null
  readonly landmarks: readonly number[] | null
  readonly regions: Uint8Array | null
}

export interface TrainingPictures {
  /** At least one has what the method learns from. */
  readonly items: readonly ShownItem[]
  readonly heldOut: readonly ShownItem[]
  readonly augmentation: Augmentation
  /** Side of the whole pictures, and of the piece that a step is shown. */
  readonly sizePx: number
  readonly cropPx: number
}

/** Beyond this the pictures would take more memory than a tab has: 256 px, in colours, both sides. */
const MOST_BYTES = 600 * 2 ** 20

type Decode<Picture> = (picture: Picture, sizePx: number) => Promise<PlainPicture>

/** @throws StudioError `bad-request` where there is nothing to learn from */
export async function readPictures<Picture>(
  stored: readonly StoredItem<Picture>[],
  kind: 'pairs' | 'unpaired',
  decode: Decode<Picture>,
  settings: Pick<TrainingPictures, 'augmentation' | 'sizePx' | 'cropPx'>,
): Promise<TrainingPictures> {
  const fits = stored.filter(({ a, b }) => (kind === 'pairs' ? a && b : a || b))
  checkMemory(fits.length, settings.sizePx)
  const [items, heldOut]: [ShownItem[], ShownItem[]] = [[], []]
  for (const item of fits) {
    const [a, b] = await Promise.all([item.a && decode(item.a, settings.sizePx), item.b && decode(item.b, settings.sizePx)])
    const list = item.heldOut ? heldOut : items
    list.push({ a, b, landmarks: item.landmarks, regions: item.regions })
  }
  const lacks = kind === 'pairs' ? items.length === 0 : !items.some(({ a }) => a) || !items.some(({ b }) => b)
  if (lacks)
    throw new StudioError(
      'bad-request',
      kind === 'pairs'
        ? 'This data set has no pair to learn from: add photos with their pictures, and hold out only some of them.'
        : 'This data set lacks one of its two heaps: add photos (A) and pictures (B), and hold out only some of them.',
    )
  return { items, heldOut, ...settings }
}

function checkMemory(count: number, sizePx: number): void {
  const bytes = count * 2 * 3 * sizePx ** 2
  if (bytes <= MOST_BYTES) return
  const most = Math.floor(MOST_BYTES / (6 * sizePx ** 2))
  throw new StudioError(
    'out-of-memory',
    `This data set has ${count} items; at ${sizePx} px there is room for ${most}. Take some out, or train at a smaller size.`,
  )
}

/** A draw for one sample, whichever item it is made of. */
export function drawOf({ augmentation }: TrainingPictures, random: () => number): AugmentationDraw {
  return drawAugmentation(augmentation, random)
}

/** One side of an item as this draw makes it, `[1, crop, crop, channels]` in [-1, 1]. */
export function shown(picture: PlainPicture, kind: AugmentedKind, draw: AugmentationDraw, { sizePx, cropPx }: TrainingPictures): Tensor4D {
  return signedTensor({ ...picture, sizePx: cropPx, data: augmented(picture, kind, draw, sizePx, cropPx) })
}

/** Bytes → `[1, S, S, channels]` in [-1, 1]. */
export function signedTensor({ data, sizePx, channels }: PlainPicture): Tensor4D {
  const values = new Float32Array(data.length)
  for (let i = 0; i < values.length; i++) values[i] = (data[i] as number) / 127.5 - 1
  return tf.tensor4d(values, [1, sizePx, sizePx, channels])
}

/** `[1, S, S, channels]` in [-1, 1] → bytes. */
export async function plainOf(tensor: Tensor4D): Promise<PlainPicture> {
  const [, sizePx, , channels] = tensor.shape
  const values = await tensor.data()
  const data = new Uint8ClampedArray(values.length)
  for (let i = 0; i < data.length; i++) data[i] = ((values[i] as number) + 1) * 127.5
  return { sizePx, channels: channels as 1 | 3, data }
}
