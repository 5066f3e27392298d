/**
 * The look of a photo, so that a contour drawn after it becomes a face with its colours: measured from the picture and its region mask, and from what is
 * known of the person. What is not known stays open. Twin: `look_of` in `pipeline/looks.py`.
 */

import type { RgbaImage } from '../shared/image'
import { type Landmarks68, pointAt } from './landmarks'
import type { Look } from './look'
import { REGION } from './masks/regionMask'

/** What an annotation or an estimate may say of a person, in the words of the annotated faces. */
export interface PersonAttributes {
  /** 0 female – 1 male. */
  readonly male?: number
  readonly age?: number
  readonly grey?: number
  readonly hair?: string
  readonly beard?: string
  readonly eye?: string
  readonly light?: string
}

type Rgb = readonly [number, number, number]

/** Fewer pixels say nothing about a colour. */
const LEAST_PIXELS = 60

/**
 * @param photo square
 * @param mask a region a pixel of the photo (see `masks/regionMask.ts`), 0 where it is unknown or background
 */
export function lookOfPhoto(photo: RgbaImage, mask: ArrayLike<number>, landmarks: Landmarks68, person: PersonAttributes = {}): Look {
  const { width, height } = photo
  if (mask.length !== width * height) throw new RangeError('The photo and its mask differ in size.')
  const middle = (width * [27, 28, 29, 30].reduce((sum, i) => sum + pointAt(landmarks, i)[0], 0)) / 4
  const chin = height * pointAt(landmarks, 8)[1]
  const isSkin = (i: number): boolean => (mask[i] === REGION.skin || mask[i] === REGION.nose) && Math.floor(i / width) < chin
  return {
    sex: person.male ?? null,
    age: person.age ?? null,
    skinColour: meanColour(photo, isSkin),
    hairColour: meanColour(photo, (i) => mask[i] === REGION.hair),
    grey: person.grey ?? null,
    hairStyle: person.hair ?? null,
    beard: person.beard ?? null,
    eyeColour: person.eye ?? null,
    light: person.light ?? null,
    lightSide: lightSide(photo, isSkin, middle),
    background: meanColour(photo, (i) => mask[i] === REGION.unknown),
  }
}

function meanColour({ data, width, height }: RgbaImage, isIn: (i: number) => boolean): Rgb | null {
  const sum = [0, 0, 0]
  let count = 0
  for (let i = 0; i < width * height; i++) {
    if (!isIn(i)) continue
    count++
    for (let channel = 0; channel < 3; channel++) sum[channel] = (sum[channel] ?? 0) + (data[4 * i + channel] ?? 0)
  }
  const [r, g, b] = sum.map((total) => Math.round((10 * total) / count) / 10)
  return count > LEAST_PIXELS && r !== undefined && g !== undefined && b !== undefined ? [r, g, b] : null
}

/** From which side the skin is lit: −1 the picture's left, 1 its right. */
function lightSide({ data, width, height }: RgbaImage, isSkin: (i: number) => boolean, middle: number): number {
  const sides: { sum: number; count: number }[] = [
    { sum: 0, count: 0 },
    { sum: 0, count: 0 },
  ]
  for (let i = 0; i < width * height; i++) {
    if (!isSkin(i)) continue
    const side = sides[i % width < middle ? 0 : 1] ?? { sum: 0, count: 0 }
    side.sum += 0.299 * (data[4 * i] ?? 0) + 0.587 * (data[4 * i + 1] ?? 0) + 0.114 * (data[4 * i + 2] ?? 0)
    side.count++
  }
  const [left, right] = sides.map(({ sum, count }) => (count > 0 ? sum / count : 1)) as [number, number]
  return Math.round(1000 * Math.min(1, Math.max(-1, (2 * (right - left)) / Math.max(1, right + left)))) / 1000
}
