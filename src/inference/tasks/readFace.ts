/**
 * An aligned picture of a face, in any style → where its 68 landmarks lie and which region each place belongs to. The network is a face reader; a landmark is the
 * expected place under the softmax of its map, and is the surer the more of the softmax lies next to it.
 */

import { tensor4d } from '@tensorflow/tfjs-core'
import * as v from 'valibot'
import { READ_LANDMARKS, READ_REGIONS } from '../../models/readers/faceReader'
import { object, wholeNumber } from '../../shared/schema'
import { broken, readManifest } from '../manifestFields'
import { PHOTO_CHANNELS, photoBytes, signed } from './photoToPicture'
import type { NetworkFace, Task, TaskSettings } from './task'

export interface ReadFaceSettings extends TaskSettings {
  readonly id: 'readFace'
}

export interface ReadFaceRequest {
  /** RGBA `[size · size · 4]`; what is transparent is not looked at. */
  readonly photo: Uint8ClampedArray
}

export interface FaceReading {
  /** x and y of each landmark in iBUG order, 0–1 of the picture: `[68 · 2]`. */
  readonly landmarks: Float32Array
  /** Of each landmark, 0–1: how much of its map's softmax lies within two pixels of it. */
  readonly confidence: Float32Array
  /** Region of each place, row by row, as in a mask (0 background … 8 brows, beard, lashes): `[sidePx · sidePx]`. */
  readonly regions: Uint8Array<ArrayBuffer>
  readonly sidePx: number
}

/** How near to a landmark its map is counted as sure of it, in pixels of the map. */
const NEAR_PX = 2

const SCHEMA = object({ id: v.literal('readFace', 'readFace'), sizePx: wholeNumber(8, 2048) })

function parseManifest(fields: unknown, { inputs, outputs }: NetworkFace): ReadFaceSettings {
  const settings = readManifest(SCHEMA, fields, 'task')
  if (Object.keys(inputs).join() !== 'picture' || Object.keys(outputs).join() !== 'landmarks,regions')
    broken('networks.reader', 'a network that reads landmarks and regions from a picture')
  return settings
}

/** Numbers of channel `channel` of `[side · side, channels]`, as their softmax; `null` where one is not finite. */
function softmaxOf(values: ArrayLike<number>, channels: number, channel: number): Float64Array | null {
  const weights = new Float64Array(values.length / channels)
  let most = Number.NEGATIVE_INFINITY
  for (let i = 0; i < weights.length; i++) most = Math.max(most, values[i * channels + channel] as number)
  let sum = 0
  for (let i = 0; i < weights.length; i++) {
    weights[i] = Math.exp((values[i * channels + channel] as number) - most)
    sum += weights[i] as number
  }
  if (!Number.isFinite(sum) || sum === 0) return null
  for (let i = 0; i < weights.length; i++) weights[i] = (weights[i] as number) / sum
  return weights
}

/** The expected place in pixels of the map, and how much lies near it. */
function placeOf(weights: Float64Array, side: number): { x: number; y: number; confidence: number } {
  let [x, y, confidence] = [0, 0, 0]
  weights.forEach((weight, i) => {
    x += weight * ((i % side) + 0.5)
    y += weight * (Math.floor(i / side) + 0.5)
  })
  weights.forEach((weight, i) => {
    if (Math.hypot((i % side) + 0.5 - x, Math.floor(i / side) + 0.5 - y) <= NEAR_PX) confidence += weight
  })
  return { x, y, confidence }
}

function regionsOf(values: ArrayLike<number>, places: number): Uint8Array<ArrayBuffer> {
  const regions = new Uint8Array(places)
  for (let i = 0; i < places; i++) {
    let best = 0
    for (let k = 1; k < READ_REGIONS; k++) {
      if ((values[i * READ_REGIONS + k] as number) > (values[i * READ_REGIONS + best] as number)) best = k
    }
    regions[i] = best
  }
  return regions
}

export const readFace: Task<ReadFaceSettings, ReadFaceRequest, FaceReading> = {
  id: 'readFace',
  network: 'reader',
  parseManifest,
  inputs: ({ sizePx }) => ({ photo: { dtype: 'uint8', shape: [sizePx, sizePx, PHOTO_CHANNELS] } }),
  outputs: ({ sizePx }) => ({ landmarks: [sizePx / 2, sizePx / 2, READ_LANDMARKS], regions: [sizePx / 2, sizePx / 2, READ_REGIONS] }),
  arraysOf: ({ sizePx }, request) => ({ photo: photoBytes(request, sizePx) }),
  encode: ({ sizePx }, { photo = new Uint8ClampedArray() }) => ({ picture: tensor4d(signed(photo), [1, sizePx, sizePx, PHOTO_CHANNELS]) }),
  decode({ sizePx }, { landmarks: maps = new Float32Array(), regions = new Float32Array() }) {
    const side = sizePx / 2
    const landmarks = new Float32Array(2 * READ_LANDMARKS)
    const confidence = new Float32Array(READ_LANDMARKS)
    for (let k = 0; k < READ_LANDMARKS; k++) {
      const weights = softmaxOf(maps, READ_LANDMARKS, k)
      if (!weights) return null
      const place = placeOf(weights, side)
      landmarks.set([place.x / side, place.y / side], 2 * k)
      confidence[k] = place.confidence
    }
    return { landmarks, confidence, regions: regionsOf(regions, side * side), sidePx: side }
  },
}
