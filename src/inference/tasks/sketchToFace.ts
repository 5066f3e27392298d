/**
 * Sketch → face: a grey drawing, a look and how far the lines of each part may be off → an opaque picture.
 *
 * The network's input is the sketch, paper +1, ink −1; for a network with a second channel the sketch as far as it is meant, lines in full where the
 * tolerance map is 0 and none where it is 1 (decision 10); for one with a third how far each place is from such a line. A network without `look` takes none.
 */

import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core'
import { tensor2d, tensor4d } from '@tensorflow/tfjs-core'
import * as v from 'valibot'
import { distanceMap } from '../../faces/distance'
import { encodeLook, type Look, type LookField, type LookPreset, lookLength } from '../../faces/look'
import { TOLERANCE_PARTS, type Tolerance, toleranceMap, toleranceOf, toleranceVector } from '../../faces/tolerance'
import { StudioError } from '../../shared/errors'
import { finite, list, localized, numberWithin, object, text, wholeNumber } from '../../shared/schema'
import { broken, ID, readManifest } from '../manifestFields'
import type { Arrays, NetworkFace, Task } from './task'

export interface SketchToFaceSettings {
  readonly id: 'sketchToFace'
  readonly sizePx: number
  readonly look: { readonly fields: readonly LookField[]; readonly presets: readonly LookPreset[] }
  /** Of the network's input: the sketch, its trusted lines, their distance map. */
  readonly channels: number
  /** Present when the network has a second input channel, the sketch faded by a tolerance map. */
  readonly tolerance: { readonly defaults: Tolerance } | null
}

export interface SketchToFaceRequest {
  /** Grey `[size · size]`, 255 paper, 0 ink. */
  readonly sketch: Uint8ClampedArray
  readonly look: Look
  /** `null` is the model's default. */
  readonly tolerance: Tolerance | null
}

/** RGBA `[size · size · 4]`, opaque. */
export type FacePixels = Uint8ClampedArray<ArrayBuffer>

const CHANNELS = 3
const INPUTS = '1 (sketch), 2 (with trusted lines) or 3 (with their distance)'

/** sRGB 0–255. */
const COLOUR = v.strictTuple([finite, finite, finite], 'three numbers')
const SCALAR = v.pipe(
  object({ id: ID, kind: v.literal('scalar'), min: finite, max: finite, default: finite }),
  v.forward(
    v.partialCheck([['min'], ['max']], ({ min, max }) => max > min, 'greater than its "min"'),
    ['max'],
  ),
)
const LOOK_FIELD = v.variant(
  'kind',
  [
    SCALAR,
    object({ id: ID, kind: v.literal('colour'), default: COLOUR }),
    object({ id: ID, kind: v.literal('choice'), options: list(text), default: text }),
  ],
  'scalar, colour or choice',
)
/** Whether a value fits its field is decided where it is encoded. */
const LOOK = v.record(v.string(), v.union([finite, v.string(), COLOUR, v.null()], 'a number, a colour or the id of a choice'), 'an object')
const UNIT = numberWithin(0, 1)

const SCHEMA = object({
  id: v.literal('sketchToFace', 'sketchToFace'),
  sizePx: wholeNumber(8, 2048),
  look: object({ fields: list(LOOK_FIELD), presets: list(object({ id: ID, name: localized, look: LOOK })) }),
  tolerance: v.optional(object({ defaults: object({ jaw: UNIT, brows: UNIT, eyes: UNIT, nose: UNIT, mouth: UNIT, rest: UNIT }) })),
})

function parseManifest(fields: unknown, { inputs, outputs }: NetworkFace): SketchToFaceSettings {
  const { tolerance = null, ...settings } = readManifest(SCHEMA, fields, 'task')
  const taken = inputs.look?.shape[1] ?? 0
  if (lookLength(settings.look.fields) !== taken) broken('task.look.fields', 'as long as the configuration says (lookLength)')
  const channels = inputs.sketch?.shape[3] ?? 0
  if (![1, 2, 3].includes(channels)) broken('networks.generator.config.inputChannels', INPUTS)
  if (outputs.face?.shape[3] !== CHANNELS) broken('networks.generator.config.outputChannels', `${CHANNELS} (red, green, blue)`)
  if (channels === 1 && tolerance) broken('task.tolerance', 'absent for a model with one input channel')
  if (channels > 1 && !tolerance) broken('task.tolerance', 'an object')
  return { ...settings, channels, tolerance }
}

/** @param tolerance `[size · size]` in 0–1; not looked at where there is only one channel */
function sketchTensor(sketch: ArrayLike<number>, tolerance: Float32Array | null, channels: number, sizePx: number): Tensor4D {
  const values = new Float32Array(channels * sketch.length)
  const trusted = new Float32Array(channels > 1 ? sketch.length : 0)
  // One loop over plain numbers: `from` and `map` with functions take many times as long, on every stroke.
  for (let i = 0; i < sketch.length; i++) {
    const value = (sketch[i] ?? 255) / 127.5 - 1
    values[channels * i] = value
    if (channels === 1) continue
    const meant = 1 - (1 - value) * (1 - (tolerance?.[i] ?? 0))
    trusted[i] = meant
    values[channels * i + 1] = meant
  }
  if (channels > 2) {
    const distance = distanceMap(trusted, sizePx)
    for (let i = 0; i < distance.length; i++) values[channels * i + 2] = distance[i] as number
  }
  return tensor4d(values, [1, sizePx, sizePx, channels])
}

function encode({ sizePx, channels, look, tolerance }: SketchToFaceSettings, arrays: Arrays): Record<string, Tensor> {
  const map = tolerance && toleranceMap(toleranceOf(arrays.tolerance ?? []), sizePx)
  const sketch = sketchTensor(arrays.sketch ?? [], map, channels, sizePx)
  const length = lookLength(look.fields)
  return length > 0 ? { sketch, look: tensor2d(arrays.look as Float32Array, [1, length]) } : { sketch }
}

/** `[size · size, 3]` in [-1, 1] → pixels. */
function decode({ sizePx }: SketchToFaceSettings, { face = new Float32Array() }: Arrays): FacePixels | null {
  const pixels = new Uint8ClampedArray(4 * sizePx * sizePx).fill(255)
  let sum = 0
  for (let i = 0; i < sizePx * sizePx; i++) {
    for (let channel = 0; channel < CHANNELS; channel++) {
      const value = face[CHANNELS * i + channel] ?? Number.NaN
      sum += value
      pixels[4 * i + channel] = (value + 1) * 127.5
    }
  }
  return Number.isFinite(sum) ? pixels : null
}

function arraysOf({ sizePx, look: known, tolerance: map }: SketchToFaceSettings, { sketch, look, tolerance }: SketchToFaceRequest): Arrays {
  checkLength('sketch', sketch, sizePx ** 2, sizePx)
  const wrong = tolerance && TOLERANCE_PARTS.find((part) => !(tolerance[part] >= 0 && tolerance[part] <= 1))
  if (wrong) throw new StudioError('bad-request', `The tolerance of "${wrong}" must be a number from 0 to 1.`)
  return {
    sketch,
    look: encodeLook(known.fields, look),
    ...(map && { tolerance: Float32Array.from(toleranceVector(tolerance ?? map.defaults)) }),
  }
}

/** Refuses a picture of another size. */
export function checkLength(name: string, data: ArrayLike<number>, wanted: number, sizePx: number): void {
  if (data.length === wanted) return
  throw new StudioError('bad-request', `The ${name} has ${data.length} numbers; this model takes pictures of ${sizePx}×${sizePx} pixels.`)
}

export const sketchToFace: Task<SketchToFaceSettings, SketchToFaceRequest, FacePixels> = {
  id: 'sketchToFace',
  network: 'generator',
  parseManifest,
  inputs: ({ sizePx, look, tolerance }) => ({
    sketch: { dtype: 'uint8', shape: [sizePx, sizePx] },
    ...(look.fields.length > 0 && { look: { dtype: 'float32', shape: [lookLength(look.fields)] } }),
    ...(tolerance && { tolerance: { dtype: 'float32', shape: [TOLERANCE_PARTS.length] } }),
  }),
  outputs: ({ sizePx }) => ({ face: [sizePx, sizePx, CHANNELS] }),
  arraysOf,
  encode,
  decode,
}
