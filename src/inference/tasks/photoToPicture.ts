/**
 * An aligned photo → a picture of the same size: a cartoon, an anime face, a drawing …, whichever style the model has. The network takes one picture of three
 * channels and gives one of three, or of one, which becomes grey.
 *
 * A picture is mixed with the photo by `strength` (1 is the network's own, 0 the photo), where the manifest says that this may be asked for.
 */

import { tensor4d } from '@tensorflow/tfjs-core'
import * as v from 'valibot'
import { StudioError } from '../../shared/errors'
import { numberWithin, object, oneOf, wholeNumber } from '../../shared/schema'
import { PICTURE_STYLES, type PictureRequest, type PictureStyle } from '../../workers/protocol'
import { broken, readManifest } from '../manifestFields'
import type { Arrays, NetworkFace, Task, TaskSettings } from './task'

/** What a manifest says of every task that makes a picture of a photo. */
export interface PictureSettings extends TaskSettings {
  readonly style: PictureStyle
  /** How much of the network's picture there is by default; `null` for one that is only given whole. */
  readonly strength: number | null
}

export interface PhotoToPictureSettings extends PictureSettings {
  readonly id: 'photoToPicture'
  /** Names of the network's input and output, and the channels of the output. */
  readonly input: string
  readonly output: string
  readonly channels: number
}

/** RGBA `[size · size · 4]`, opaque. */
export type PicturePixels = Uint8ClampedArray<ArrayBuffer>

/** A task that makes a picture of a photo: its requests and answers are the same for all of them. */
export type PictureTask<S extends PictureSettings> = Task<S, PictureRequest, PicturePixels>

/** Red, green, blue. */
export const PHOTO_CHANNELS = 3

/** Fields that every task of pictures has. */
export const PICTURE_FIELDS = {
  sizePx: wholeNumber(8, 2048),
  style: oneOf(PICTURE_STYLES),
  strength: v.optional(object({ default: numberWithin(0, 1) })),
}

const SCHEMA = object({ id: v.literal('photoToPicture', 'photoToPicture'), ...PICTURE_FIELDS })

function parseManifest(fields: unknown, { inputs, outputs }: NetworkFace): PhotoToPictureSettings {
  const { strength, ...settings } = readManifest(SCHEMA, fields, 'task')
  const [input, ...otherInputs] = Object.keys(inputs)
  const [output, ...otherOutputs] = Object.keys(outputs)
  if (input === undefined || otherInputs.length > 0 || inputs[input]?.shape[3] !== PHOTO_CHANNELS)
    broken('networks.generator', `a network of one input, a picture of ${PHOTO_CHANNELS} channels`)
  const channels = output === undefined ? 0 : (outputs[output]?.shape[3] ?? 0)
  if (output === undefined || otherOutputs.length > 0 || ![1, PHOTO_CHANNELS].includes(channels))
    broken('networks.generator', `a network of one output, a picture of 1 or ${PHOTO_CHANNELS} channels`)
  return { ...settings, strength: strength?.default ?? null, input, output, channels }
}

/** RGBA → `[size · size, 3]` bytes. */
export function photoBytes({ photo }: Pick<PictureRequest, 'photo'>, sizePx: number): Uint8ClampedArray {
  if (photo.length !== 4 * sizePx * sizePx)
    throw new StudioError('bad-request', `The photo has ${photo.length} numbers; this model takes pictures of ${sizePx}×${sizePx} pixels.`)
  const bytes = new Uint8ClampedArray(PHOTO_CHANNELS * sizePx * sizePx)
  for (let i = 0; i < sizePx * sizePx; i++) {
    for (let channel = 0; channel < PHOTO_CHANNELS; channel++) bytes[PHOTO_CHANNELS * i + channel] = photo[4 * i + channel] as number
  }
  return bytes
}

/** Bytes → [-1, 1]. */
export function signed(bytes: ArrayLike<number>): Float32Array {
  const values = new Float32Array(bytes.length)
  for (let i = 0; i < values.length; i++) values[i] = (bytes[i] as number) / 127.5 - 1
  return values
}

/** `[size · size, channels]` in [-1, 1] → pixels; one channel becomes grey. */
export function picturePixels(values: ArrayLike<number>, sizePx: number, channels: number): PicturePixels | null {
  const pixels = new Uint8ClampedArray(4 * sizePx * sizePx).fill(255)
  let sum = 0
  for (let i = 0; i < sizePx * sizePx; i++) {
    for (let channel = 0; channel < PHOTO_CHANNELS; channel++) {
      const value = values[channels === 1 ? i : PHOTO_CHANNELS * i + channel] ?? Number.NaN
      sum += value
      pixels[4 * i + channel] = (value + 1) * 127.5
    }
  }
  return Number.isFinite(sum) ? pixels : null
}

export const photoToPicture: PictureTask<PhotoToPictureSettings> = {
  id: 'photoToPicture',
  network: 'generator',
  parseManifest,
  inputs: ({ sizePx }) => ({ photo: { dtype: 'uint8', shape: [sizePx, sizePx, PHOTO_CHANNELS] } }),
  outputs: ({ sizePx, output, channels }) => ({ [output]: [sizePx, sizePx, channels] }),
  arraysOf: ({ sizePx }, request) => ({ photo: photoBytes(request, sizePx) }),
  encode: ({ sizePx, input }, { photo = new Uint8ClampedArray() }: Arrays) => ({
    [input]: tensor4d(signed(photo), [1, sizePx, sizePx, PHOTO_CHANNELS]),
  }),
  decode: ({ sizePx, output, channels }, outputs) => picturePixels(outputs[output] ?? new Float32Array(), sizePx, channels),
}
