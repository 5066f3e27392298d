/** One photo → the aligned face with landmarks and region mask, or the reason why not. */

import { type AlignedSquare, cropToSquare, sidePx, wholeIfAligned } from '../../src/faces/alignment'
import type { FaceFinder, FoundFace } from '../../src/faces/faceFinder'
import type { Landmarks68 } from '../../src/faces/landmarks'
import { regionMask } from '../../src/faces/masks/regionMask'
import type { RegionPrior } from '../../src/faces/masks/regionPrior'
import { alignExactly, landmarksOutside } from '../../src/faces/photoFaces'
import type { RgbaImage } from '../../src/shared/image'
import type { Settings } from './options'

export const REASONS = {
  unreadable: 'cannot be read',
  duplicate: 'the same picture as another',
  noFace: 'no face found',
  tooSmall: 'face too small',
  tooTurned: 'face turned too far',
  cutOff: "face cut off by the photo's edge",
} as const
export type Reason = keyof typeof REASONS

export interface PreparedFace {
  photo: RgbaImage
  /** Region classes, one byte a pixel. */
  mask: Uint8Array
  /** In 0–1 of `photo`. */
  landmarks: Landmarks68
  yawDegrees: number
  pitchDegrees: number
  /** The square of the source photo that was taken, and the one that eyes and mouth ask for: not the same where the photo came aligned. */
  square: AlignedSquare
  foundSquare: AlignedSquare
  facesInPhoto: number
}

export interface Refusal {
  reason: Reason
  detail: string
}

/** The largest face of a photo. */
export async function prepareFace(
  photo: RgbaImage,
  finder: FaceFinder,
  prior: RegionPrior,
  settings: Settings,
): Promise<PreparedFace | Refusal> {
  const faces = await finder.findAll(photo)
  const [largest] = faces
  if (!largest) return { reason: 'noFace', detail: '' }
  const foundSquare = await alignExactly(photo, largest, finder)
  if (!foundSquare) return { reason: 'noFace', detail: 'what looked like a face from afar was none up close' }
  const square = wholeIfAligned(foundSquare, photo)
  const side = Math.round(sidePx(square))
  if (side < settings.minFacePx) return { reason: 'tooSmall', detail: `${side} px across, ${settings.minFacePx} needed` }
  const crop = cropToSquare(photo, square, settings.sizePx)
  const face = await finder.findAligned(crop)
  if (!face) return { reason: 'noFace', detail: 'lost in the aligned picture' }
  const refusal = turnedTooFar(face, settings) ?? cutOff(face.landmarks, square, photo)
  if (refusal) return refusal
  return { ...face, photo: crop, mask: regionMask(crop, face.landmarks, prior), square, foundSquare, facesInPhoto: faces.length }
}

function turnedTooFar({ yawDegrees, pitchDegrees }: FoundFace, { maxYawDegrees, maxPitchDegrees }: Settings): Refusal | null {
  if (Math.abs(yawDegrees) > maxYawDegrees) return { reason: 'tooTurned', detail: `about ${Math.abs(Math.round(yawDegrees))}° to the side` }
  if (Math.abs(pitchDegrees) > maxPitchDegrees)
    return { reason: 'tooTurned', detail: `about ${Math.abs(Math.round(pitchDegrees))}° up or down` }
  return null
}

function cutOff(landmarks: Landmarks68, square: AlignedSquare, photo: RgbaImage): Refusal | null {
  const outside = landmarksOutside(landmarks, square, photo)
  return outside > 0 ? { reason: 'cutOff', detail: `${outside} of 68 landmarks lie outside` } : null
}
