/**
 * An aligned photo with its face → a line drawing of the same size: `apDrawing` draws eyes, nose, mouth, hair and background by themselves, so it wants to know
 * where they are. The same as `pipeline/tasks/portrait_drawing.py`.
 */

import { type Tensor, tensor2d, tensor4d } from '@tensorflow/tfjs-core'
import * as v from 'valibot'
import type { Landmarks68 } from '../../faces/landmarks'
import { StudioError } from '../../shared/errors'
import { object } from '../../shared/schema'
import type { FaceData } from '../../workers/protocol'
import { broken, readManifest } from '../manifestFields'
import { PHOTO_CHANNELS, PICTURE_FIELDS, type PictureSettings, type PictureTask, photoBytes, picturePixels, signed } from './photoToPicture'
import type { Arrays, NetworkFace } from './task'

export interface PortraitDrawingSettings extends PictureSettings {
  readonly id: 'portraitDrawing'
}

const SCHEMA = object({ id: v.literal('portraitDrawing', 'portraitDrawing'), ...PICTURE_FIELDS })
const INPUTS = ['picture', 'foreground', 'places']
/** Landmarks whose middle is that of a patch: the eye on the picture's left, the other one, nose, mouth. */
const CENTRED_ON: readonly (readonly [from: number, to: number])[] = [
  [36, 42],
  [42, 48],
  [27, 36],
  [48, 68],
]
/** Region classes that are not the person: background, clothes. */
const NOT_PERSON: readonly number[] = [0, 7]
/** Of a head whose regions are not known: how far it goes beyond its landmarks, in their height and width. */
const HEAD = { above: 0.55, below: 0.05, beside: 0.2 } as const

function parseManifest(fields: unknown, { inputs, outputs }: NetworkFace): PortraitDrawingSettings {
  const { strength, ...settings } = readManifest(SCHEMA, fields, 'task')
  if (INPUTS.some((name) => !(name in inputs)) || outputs.picture?.shape[3] !== 1)
    broken('networks.generator', 'a network that draws a photo of known parts in one channel')
  return { ...settings, strength: strength?.default ?? null }
}

/** `[8]` in [-1, 1]: x, y of the middle of each patch. */
export function placesOf(landmarks: Landmarks68): Float32Array {
  const middles = CENTRED_ON.flatMap(([from, to]) => {
    const points = landmarks.slice(from, to)
    return [0, 1].map((axis) => points.reduce((sum, point) => sum + (point[axis] as number), 0) / points.length)
  })
  return Float32Array.from(middles, (middle) => 2 * middle - 1)
}

/** `[size · size]`, 1 where the person is. Where regions are not known, an oval round the landmarks and the hair that is likely above them. */
export function foregroundOf({ regions, landmarks }: FaceData, sizePx: number): Uint8ClampedArray {
  if (regions && regions.length !== sizePx * sizePx)
    throw new StudioError(
      'bad-request',
      `The regions have ${regions.length} numbers; this model takes pictures of ${sizePx}×${sizePx} pixels.`,
    )
  if (regions) return Uint8ClampedArray.from(regions, (region) => (NOT_PERSON.includes(region) ? 0 : 1))
  const [xs, ys] = [0, 1].map((axis) => landmarks.map((point) => point[axis] as number)) as [number[], number[]]
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
  const [width, height] = [right - left, bottom - top]
  const middle = [(left + right) / 2, (top - HEAD.above * height + bottom + HEAD.below * height) / 2] as const
  const radius = [width * (0.5 + HEAD.beside), (height * (1 + HEAD.above + HEAD.below)) / 2] as const
  return Uint8ClampedArray.from({ length: sizePx * sizePx }, (_, i) => {
    const [x, y] = [((i % sizePx) + 0.5) / sizePx, (Math.floor(i / sizePx) + 0.5) / sizePx]
    return ((x - middle[0]) / radius[0]) ** 2 + ((y - middle[1]) / radius[1]) ** 2 < 1 ? 1 : 0
  })
}

function knownFace(face: FaceData | null): FaceData {
  if (!face)
    throw new StudioError(
      'bad-request',
      'A portrait is drawn of a face that has been found. Choose a photo with a face, or place its points by hand.',
    )
  return face
}

export const portraitDrawing: PictureTask<PortraitDrawingSettings> = {
  id: 'portraitDrawing',
  network: 'generator',
  parseManifest,
  inputs: ({ sizePx }) => ({
    photo: { dtype: 'uint8', shape: [sizePx, sizePx, PHOTO_CHANNELS] },
    foreground: { dtype: 'uint8', shape: [sizePx, sizePx] },
    places: { dtype: 'float32', shape: [2 * CENTRED_ON.length] },
  }),
  // The parts' own drawings are for training.
  outputs: ({ sizePx }) => ({ picture: [sizePx, sizePx, 1] }),
  arraysOf({ sizePx }, request) {
    const face = knownFace(request.face)
    return { photo: photoBytes(request, sizePx), foreground: foregroundOf(face, sizePx), places: placesOf(face.landmarks) }
  },
  encode: ({ sizePx }, { photo = none, foreground = none, places = none }: Arrays): Record<string, Tensor> => ({
    picture: tensor4d(signed(photo), [1, sizePx, sizePx, PHOTO_CHANNELS]),
    foreground: tensor4d(
      Float32Array.from(foreground, (value) => 2 * value - 1),
      [1, sizePx, sizePx, 1],
    ),
    places: tensor2d(places as Float32Array, [1, 2 * CENTRED_ON.length]),
  }),
  decode: ({ sizePx }, outputs) => picturePixels(outputs.picture ?? new Float32Array(), sizePx, 1),
}

const none = new Uint8ClampedArray()
