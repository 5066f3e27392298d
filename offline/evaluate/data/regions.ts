/** Regions of a face's picture, by its mask and landmarks, and the colours found in them. */

import { existsSync } from 'node:fs'
import { squaredDistances } from '../../../src/faces/distanceTransform'
import type { Landmarks68 } from '../../../src/faces/landmarks'
import { pointAt } from '../../../src/faces/landmarks'
import { type RgbaImage, resizeSquare } from '../../../src/shared/image'
import type { AnnotatedFace } from '../../node/faceSet'
import { readImage } from '../../node/imageFiles'

/** All pictures are measured at this size. */
export const REGION_SIZE_PX = 256
/** A generated hairline or cheek does not lie exactly where the photo's does: this much of a region's edge is left out. */
const MARGIN_PX = 4
/** Values of the mask. */
const [BACKGROUND, NOSE, SKIN, HAIR] = [0, 3, 5, 6]
/** Radius of an iris, in widths of its eye. */
const IRIS_RADIUS = 0.2
/** The pupil is left out. */
const PUPIL_RADIUS = 0.08

export type Rgb = readonly [number, number, number]

/** Indices of pixels at `REGION_SIZE_PX`. */
export interface FaceRegions {
  /** Cheeks, forehead and nose above the chin. */
  skin: readonly number[]
  skinLeft: readonly number[]
  skinRight: readonly number[]
  hair: readonly number[]
  background: readonly number[]
  irises: readonly number[]
  /** Upper lip, chin and jaw, where a beard grows: the lower face without the mouth, whatever covers it. */
  beard: readonly number[]
}

const known = new WeakMap<AnnotatedFace, FaceRegions | null>()

/** Found once for each face. @returns `null` when the face has no mask */
export function regionsOf(face: AnnotatedFace): FaceRegions | null {
  const found = known.get(face)
  if (found !== undefined) return found
  const regions = existsSync(face.maskPath) ? regionsFrom(readImage(face.maskPath), face.landmark68) : null
  known.set(face, regions)
  return regions
}

/** @param mask regions as grey values 0–8, `REGION_SIZE_PX` square */
export function regionsFrom(mask: RgbaImage, landmark68: Landmarks68): FaceRegions {
  if (mask.width !== REGION_SIZE_PX || mask.height !== REGION_SIZE_PX) throw new Error(`A mask must be ${REGION_SIZE_PX} px square.`)
  const valueAt = (i: number) => mask.data[4 * i] as number
  const chin = pointAt(landmark68, 8)[1] * REGION_SIZE_PX
  const middle = pointAt(landmark68, 30)[0] * REGION_SIZE_PX
  const column = (i: number) => i % REGION_SIZE_PX
  const row = (i: number) => Math.floor(i / REGION_SIZE_PX)
  const within = (isIn: (i: number) => boolean): number[] => {
    const distances = squaredDistances(REGION_SIZE_PX, (i) => !isIn(i))
    return indicesWhere((i) => (distances[i] as number) > MARGIN_PX ** 2)
  }
  const skin = within((i) => (valueAt(i) === SKIN || valueAt(i) === NOSE) && row(i) < chin)
  return {
    skin,
    skinLeft: skin.filter((i) => column(i) < middle),
    skinRight: skin.filter((i) => column(i) >= middle),
    hair: within((i) => valueAt(i) === HAIR),
    background: within((i) => valueAt(i) === BACKGROUND),
    irises: irises(landmark68),
    beard: beard(landmark68),
  }
}

const indicesWhere = (isIn: (i: number) => boolean): number[] => {
  const indices: number[] = []
  for (let i = 0; i < REGION_SIZE_PX ** 2; i++) if (isIn(i)) indices.push(i)
  return indices
}

/** Distance of a pixel's centre from a place in 0–1, in 0–1. */
const distanceTo = (i: number, [x, y]: readonly [number, number]): number =>
  Math.hypot(((i % REGION_SIZE_PX) + 0.5) / REGION_SIZE_PX - x, (Math.floor(i / REGION_SIZE_PX) + 0.5) / REGION_SIZE_PX - y)

const meanPoint = (points: Landmarks68): readonly [number, number] => [
  points.reduce((sum, [x]) => sum + x, 0) / points.length,
  points.reduce((sum, [, y]) => sum + y, 0) / points.length,
]

function irises(landmark68: Landmarks68): number[] {
  const eyes = [landmark68.slice(36, 42), landmark68.slice(42, 48)].map((eye) => ({
    centre: meanPoint(eye),
    width: Math.hypot(pointAt(eye, 3)[0] - pointAt(eye, 0)[0], pointAt(eye, 3)[1] - pointAt(eye, 0)[1]),
  }))
  return indicesWhere((i) =>
    eyes.some(({ centre, width }) => {
      const distance = distanceTo(i, centre)
      return distance <= IRIS_RADIUS * width && distance >= PUPIL_RADIUS * width
    }),
  )
}

/** A band round the chin and one between nose and mouth, by the landmarks. */
function beard(landmark68: Landmarks68): number[] {
  const lip = meanPoint([pointAt(landmark68, 33), pointAt(landmark68, 51)])
  const underLip = pointAt(landmark68, 57)
  const chin = pointAt(landmark68, 8)
  const chinMiddle = [(underLip[0] + chin[0]) / 2, (underLip[1] + chin[1]) / 2] as const
  const chinRadius = 0.4 * Math.hypot(chin[0] - underLip[0], chin[1] - underLip[1])
  const lipRadius =
    0.35 * Math.hypot(pointAt(landmark68, 33)[0] - pointAt(landmark68, 51)[0], pointAt(landmark68, 33)[1] - pointAt(landmark68, 51)[1])
  return indicesWhere((i) => distanceTo(i, chinMiddle) < chinRadius || distanceTo(i, lip) < lipRadius)
}

/** Fewer pixels than this say nothing. */
const MIN_PIXELS = 12

/** Mean colour of some pixels, 0–255; `null` when there are too few. */
export function meanColour(image: RgbaImage, indices: readonly number[]): Rgb | null {
  if (indices.length < MIN_PIXELS) return null
  const { data } = resizeSquare(image, REGION_SIZE_PX)
  const sums = [0, 0, 0]
  for (const i of indices)
    for (let channel = 0; channel < 3; channel++) sums[channel] = (sums[channel] as number) + (data[4 * i + channel] as number)
  return sums.map((sum) => sum / indices.length) as unknown as Rgb
}

/** Rec. 601 brightness, 0–255. */
export const brightness = ([r, g, b]: Rgb): number => 0.299 * r + 0.587 * g + 0.114 * b

/** Difference of two sRGB colours as CIE76 ΔE: about 2 is just seen, 10 is plainly another colour. */
export function colourDifference(a: Rgb, b: Rgb): number {
  const [p, q] = [lab(a), lab(b)]
  return Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2])
}

/** CIE L*a*b* of an sRGB colour, D65. */
function lab(colour: Rgb): Rgb {
  const [r, g, b] = colour.map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4)) as unknown as Rgb
  const f = (t: number) => (t > 216 / 24389 ? Math.cbrt(t) : ((24389 / 27) * t + 16) / 116)
  const x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047)
  const y = f(0.2126 * r + 0.7152 * g + 0.0722 * b)
  const z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883)
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}
