/** An aligned photo → what the studio makes a sketch of: its contour and its look. The regions that hair, ears and colours need are looked for here. */

import { type RgbaImage, resizeSquare } from '../shared/image'
import type { Landmarks68 } from './landmarks'
import type { Look } from './look'
import { regionMask, withoutStrayHair } from './masks/regionMask'
import { storedPrior } from './masks/regionPrior'
import type { PartLine } from './parts'
import { type ContourOptions, photoContour } from './photoContour'
import { lookOfPhoto } from './photoLook'

/** Finer regions would tell a strand of hair from its neighbour. */
const REGION_SIZE_PX = 256

export interface PhotoSketch {
  readonly lines: readonly PartLine[]
  /** What could be measured; the rest is open. */
  readonly look: Look
}

/** @param landmarks in 0–1 of the crop */
export function photoSketch(crop: RgbaImage, landmarks: Landmarks68, options: ContourOptions): PhotoSketch {
  const photo = resizeSquare(crop, REGION_SIZE_PX)
  const regions = withoutStrayHair(faceRegions(photo, landmarks))
  return { lines: photoContour(landmarks, regions, options), look: lookOfPhoto(photo, regions, landmarks) }
}

/** A region a pixel of the square crop (see `masks/regionMask.ts`), whatever its size. */
export function faceRegions(crop: RgbaImage, landmarks: Landmarks68): Uint8Array<ArrayBuffer> {
  const small = resizeSquare(crop, REGION_SIZE_PX)
  const mask = regionMask(small, landmarks, storedPrior())
  const { width: sizePx } = crop
  const step = REGION_SIZE_PX / sizePx
  return Uint8Array.from({ length: sizePx * sizePx }, (_, i) => {
    const [x, y] = [Math.floor(((i % sizePx) + 0.5) * step), Math.floor((Math.floor(i / sizePx) + 0.5) * step)]
    return mask[y * REGION_SIZE_PX + x] ?? 0
  })
}

/** Flat x, y → points. @throws RangeError when they are not 68 */
export function landmarksOf(flat: readonly number[]): Landmarks68 {
  if (flat.length !== 136) throw new RangeError('A face has 68 points.')
  return Array.from({ length: 68 }, (_, i) => [flat[2 * i] ?? 0, flat[2 * i + 1] ?? 0] as const)
}
