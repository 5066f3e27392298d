/**
 * An aligned photo with its face → a line drawing of the same size: `apDrawing` draws eyes, nose, mouth, hair and background by themselves, so it wants to know
 * where they are. The same as `pipeline/tasks/portrait_drawing.py`.
 */

import { type Tensor, tensor2d, tensor4d } from '@tensorflow/tfjs-core'
import * as v from 'valibot'
import { foregroundOf, PATCH_COUNT, placesOf } from '../../faces/portraitPlaces'
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
function parseManifest(fields: unknown, { inputs, outputs }: NetworkFace): PortraitDrawingSettings {
  const { strength, ...settings } = readManifest(SCHEMA, fields, 'task')
  if (INPUTS.some((name) => !(name in inputs)) || outputs.picture?.shape[3] !== 1)
    broken('networks.generator', 'a network that draws a photo of known parts in one channel')
  return { ...settings, strength: strength?.default ?? null }
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
    places: { dtype: 'float32', shape: [2 * PATCH_COUNT] },
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
    places: tensor2d(places as Float32Array, [1, 2 * PATCH_COUNT]),
  }),
  decode: ({ sizePx }, outputs) => picturePixels(outputs.picture ?? new Float32Array(), sizePx, 1),
}

const none = new Uint8ClampedArray()
