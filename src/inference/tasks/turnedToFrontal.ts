/**
 * An aligned photo of a turned face with its landmarks → the face seen from the front. The photo is mirrored where that brings the hidden side to the right, as the network
 * has learnt it, and so is its answer. The network sees the whole photo and patches round the landmarks (`faces/facePatches.ts`).
 */

import { tensor4d } from '@tensorflow/tfjs-core'
import * as v from 'valibot'
import { FACE_PATCHES, type FacePatch, hidesLeft, patchCorner } from '../../faces/facePatches'
import { LANDMARK_COUNT, type Landmarks68, mirrorLandmarks, type Point } from '../../faces/landmarks'
import { StudioError } from '../../shared/errors'
import { object } from '../../shared/schema'
import { broken, readManifest } from '../manifestFields'
import { PHOTO_CHANNELS, PICTURE_FIELDS, type PictureSettings, type PictureTask, photoBytes, picturePixels, signed } from './photoToPicture'
import type { Arrays, NetworkFace } from './task'

export interface TurnedToFrontalSettings extends PictureSettings {
  readonly id: 'turnedToFrontal'
  /** Width and height of every patch, in pixels. */
  readonly patches: Readonly<Record<FacePatch, Point>>
}

const { sizePx, style } = PICTURE_FIELDS
const SCHEMA = object({ id: v.literal('turnedToFrontal', 'turnedToFrontal'), sizePx, style })

function parseManifest(fields: unknown, { inputs, outputs }: NetworkFace): TurnedToFrontalSettings {
  const settings = readManifest(SCHEMA, fields, 'task')
  const isPicture = (shape: readonly (number | null)[] | undefined) => shape?.[3] === PHOTO_CHANNELS
  if (!isPicture(inputs.picture?.shape) || inputs.picture?.shape[1] !== settings.sizePx || !isPicture(outputs.frontal?.shape))
    broken('networks.generator', `a network from a picture of ${settings.sizePx}×${settings.sizePx} pixels to a frontal face`)
  const patches = FACE_PATCHES.map((patch) => {
    const [, height, width] = inputs[patch]?.shape ?? []
    return typeof height === 'number' && typeof width === 'number'
      ? [patch, [width, height]]
      : broken('networks.generator', `one that takes ${patch}`)
  })
  return { ...settings, strength: null, patches: Object.fromEntries(patches) }
}

function points(landmarks: Float32Array): Landmarks68 {
  return Array.from({ length: LANDMARK_COUNT }, (_, i) => [landmarks[2 * i] as number, landmarks[2 * i + 1] as number])
}

/** `[size · size · channels]` with its columns in reverse. */
function mirrored<A extends Uint8ClampedArray | Float32Array>(values: A, size: number): A {
  const out = values.slice() as A
  for (let i = 0; i < size * size; i++) {
    const other = i - (i % size) + (size - 1 - (i % size))
    for (let channel = 0; channel < PHOTO_CHANNELS; channel++)
      out[PHOTO_CHANNELS * i + channel] = values[PHOTO_CHANNELS * other + channel] as number
  }
  return out
}

function cut(values: Float32Array, size: number, [left, top]: Point, [width, height]: Point): Float32Array {
  const rows = Array.from({ length: height }, (_, y) => {
    const start = PHOTO_CHANNELS * ((top + y) * size + left)
    return values.subarray(start, start + PHOTO_CHANNELS * width)
  })
  const out = new Float32Array(PHOTO_CHANNELS * width * height)
  rows.forEach((row, y) => {
    out.set(row, PHOTO_CHANNELS * width * y)
  })
  return out
}

export const turnedToFrontal: PictureTask<TurnedToFrontalSettings> = {
  id: 'turnedToFrontal',
  network: 'generator',
  parseManifest,
  inputs: ({ sizePx: size }) => ({
    photo: { dtype: 'uint8', shape: [size, size, PHOTO_CHANNELS] },
    landmarks: { dtype: 'float32', shape: [LANDMARK_COUNT, 2] },
  }),
  outputs: ({ sizePx: size }) => ({ frontal: [size, size, PHOTO_CHANNELS] }),
  arraysOf({ sizePx: size }, request) {
    const landmarks = request.face?.landmarks
    if (landmarks?.length !== LANDMARK_COUNT)
      throw new StudioError('bad-request', 'The frontal view needs the points of the face. Choose a photo in which a face was found.')
    return { photo: photoBytes(request, size), landmarks: Float32Array.from(landmarks.flat()) }
  },
  encode({ sizePx: size, patches }, { photo = new Uint8ClampedArray(), landmarks = new Float32Array() }: Arrays) {
    const given = points(landmarks as Float32Array)
    const mirrors = hidesLeft(given)
    const face = mirrors ? mirrorLandmarks(given) : given
    const values = signed(mirrors ? mirrored(photo, size) : photo)
    const cuts = FACE_PATCHES.map((patch) => {
      const [width, height] = patches[patch]
      const pixels = cut(values, size, patchCorner(face, patch, [width, height], size), [width, height])
      return [patch, tensor4d(pixels, [1, height, width, PHOTO_CHANNELS])] as const
    })
    return { picture: tensor4d(values, [1, size, size, PHOTO_CHANNELS]), ...Object.fromEntries(cuts) }
  },
  decode({ sizePx: size }, { frontal = new Float32Array() }: Arrays, { landmarks = new Float32Array() }) {
    const values = hidesLeft(points(landmarks as Float32Array)) ? mirrored(frontal, size) : frontal
    return picturePixels(values, size, PHOTO_CHANNELS)
  },
}
