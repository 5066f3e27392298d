/**
 * The region mask of an aligned portrait, one byte a pixel: 0 background, clothes or unknown, 1 the person's left eye, 2 right eye, 3 nose, 4 mouth,
 * 5 skin, 6 hair, 8 brows. Parts come from the landmarks; skin and hair from colour and place, and only where that is clear.
 */

import type { RgbaImage } from '../../shared/image'
import { shrink } from '../../shared/image'
import type { Landmarks68 } from '../landmarks'
import { type Point, pointAt } from '../landmarks'
import { findMasses } from './masses'
import { markPolygon } from './polygon'
import { bilinear, type RegionPrior } from './regionPrior'

export const REGION = { unknown: 0, leftEye: 1, rightEye: 2, nose: 3, mouth: 4, skin: 5, hair: 6, brows: 8 } as const

/** A mass is written where its share is at least this. */
const CLEAR = 0.6
/** Hair or skin in patches smaller than this share of the picture are noise. */
const LEAST_PATCH = 0.004
/** Patches of hair smaller than this share of the largest are something else. */
const LEAST_MASS = 0.3

/** Colour and place are looked at in this size: finer, a strand of hair would be told from its neighbour. */
const MASS_SIZE_PX = 128

/** The mask `[size²]` of a square photo whose size is a multiple of 128. landmarks in 0–1. */
export function regionMask(photo: RgbaImage, landmarks: Landmarks68, prior: RegionPrior): Uint8Array {
  const sizePx = photo.width
  const small = shrink(photo, sizePx / MASS_SIZE_PX)
  const [, skin = [], hair = []] = findMasses(small, innerFace(scaled(landmarks, MASS_SIZE_PX), MASS_SIZE_PX), prior)
  const mask = Uint8Array.from({ length: sizePx * sizePx }, (_, i) => {
    const [x, y] = [(((i % sizePx) + 0.5) * MASS_SIZE_PX) / sizePx - 0.5, ((Math.floor(i / sizePx) + 0.5) * MASS_SIZE_PX) / sizePx - 0.5]
    if (bilinear(skin, MASS_SIZE_PX, x, y) >= CLEAR) return REGION.skin
    return bilinear(hair, MASS_SIZE_PX, x, y) >= CLEAR ? REGION.hair : REGION.unknown
  })
  for (const region of [REGION.skin, REGION.hair]) dropPatches(mask, sizePx, region)
  markParts(mask, sizePx, scaled(landmarks, sizePx))
  return mask
}

const scaled = (landmarks: Landmarks68, sizePx: number): Landmarks68 => landmarks.map(([x, y]) => [x * sizePx, y * sizePx] as const)
const pick = (points: Landmarks68, from: number, to: number): Point[] =>
  Array.from({ length: to - from + 1 }, (_, i) => pointAt(points, from + i))

/** What is surely face: from the brows to the chin, a little inside the jaw line (hair may fall over its edge, and there the line is least certain). */
function innerFace(points: Landmarks68, sizePx: number): Uint8Array {
  const nose = pointAt(points, 30)
  const towardsNose = ([x, y]: Point): Point => [x + 0.1 * (nose[0] - x), y + 0.1 * (nose[1] - y)]
  const outline = [...pick(points, 1, 15), ...pick(points, 17, 26).reverse()].map(towardsNose)
  const inner = new Uint8Array(sizePx * sizePx)
  markPolygon(inner, sizePx, 1, outline)
  return inner
}

/** Eyes, brows, nose and mouth as polygons, thickened about as the annotated ones are. */
function markParts(mask: Uint8Array, sizePx: number, points: Landmarks68): void {
  const reach = (px: number) => ({ reachPx: (px * sizePx) / 256 })
  markPolygon(mask, sizePx, REGION.nose, [pointAt(points, 27), ...pick(points, 31, 35)], reach(5))
  markPolygon(mask, sizePx, REGION.mouth, pick(points, 48, 59), reach(3))
  for (const from of [17, 22]) markPolygon(mask, sizePx, REGION.brows, pick(points, from, from + 4), { ...reach(3), isOpen: true })
  markPolygon(mask, sizePx, REGION.rightEye, pick(points, 36, 41), reach(2))
  markPolygon(mask, sizePx, REGION.leftEye, pick(points, 42, 47), reach(2))
}

/** The mask without what looked like hair and does not belong to its mass: a flag, a shadow under the jaw. */
export function withoutStrayHair(mask: Uint8Array): Uint8Array {
  const sizePx = Math.round(Math.sqrt(mask.length))
  const isSeen = new Uint8Array(mask.length)
  const patches: number[][] = []
  for (let start = 0; start < mask.length; start++) {
    if (mask[start] === REGION.hair && !isSeen[start]) patches.push(patchAt(mask, sizePx, start, isSeen))
  }
  const largest = Math.max(0, ...patches.map(({ length }) => length))
  const kept = Uint8Array.from(mask)
  for (const patch of patches) if (patch.length < LEAST_MASS * largest) for (const i of patch) kept[i] = REGION.unknown
  return kept
}

/** Sets small patches of a region to unknown. */
function dropPatches(mask: Uint8Array, sizePx: number, region: number): void {
  const isSeen = new Uint8Array(mask.length)
  for (let start = 0; start < mask.length; start++) {
    if (mask[start] !== region || isSeen[start]) continue
    const patch = patchAt(mask, sizePx, start, isSeen)
    if (patch.length < LEAST_PATCH * mask.length) for (const i of patch) mask[i] = REGION.unknown
  }
}

/** Pixels connected to `start` (four neighbours) of the same region. */
function patchAt(mask: Uint8Array, sizePx: number, start: number, isSeen: Uint8Array): number[] {
  const patch = [start]
  isSeen[start] = 1
  for (let at = 0; at < patch.length; at++) {
    const i = patch[at] ?? start
    const x = i % sizePx
    const neighbours = [x > 0 ? i - 1 : -1, x < sizePx - 1 ? i + 1 : -1, i - sizePx, i + sizePx]
    for (const j of neighbours) {
      if (j < 0 || j >= mask.length || isSeen[j] || mask[j] !== mask[start]) continue
      isSeen[j] = 1
      patch.push(j)
    }
  }
  return patch
}
