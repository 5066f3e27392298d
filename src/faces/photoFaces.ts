/** The faces of a photo as everything after it needs them: aligned, with exact landmarks, and with what a person should know of each. */

import type { RgbaImage } from '../shared/image'
import { type AlignedSquare, alignedSquare, cropToSquare, sidePx, toPicture, toSquare, wholeIfAligned } from './alignment'
import type { FaceFinder, FoundFace } from './faceFinder'
import { eyeDistance, type Landmarks68 } from './landmarks'

export interface PhotoFace extends FoundFace {
  /** The aligned square of the photo that the landmarks (0–1) belong to. */
  square: AlignedSquare
}

/** What may be wrong with a face that was found. */
export const CAUTIONS = ['turned', 'profile', 'tilted', 'small', 'cutOff'] as const
export type Caution = (typeof CAUTIONS)[number]

/** The face is aligned twice: roughly by what was found in the whole photo, then exactly by what was found in the rough crop. */
const ROUGH_SIZE_PX = 512
/** Sides of what is looked at, in sides of the square. */
const ROOMS = [1, 1.5]
/** Of a group of people the largest ones. */
const MOST_FACES = 8
/** Landmarks may lie this far outside the photo, in eye distances. */
const CUT_OFF_TOLERANCE = 0.05
/** Turned by more than this, a contour of the face is no longer one from the front; by more than the second, half of its points are guessed. */
const TURNED_DEGREES = 30
const PROFILE_DEGREES = 55
const TILTED_DEGREES = 25
/** Aligned squares of fewer pixels have too little to see. */
const SMALL_PX = 128

/** Largest first; what looked like a face from afar and is none up close is left out. */
export async function facesOfPhoto(photo: RgbaImage, finder: FaceFinder): Promise<PhotoFace[]> {
  const faces: PhotoFace[] = []
  for (const rough of (await finder.findAll(photo)).slice(0, MOST_FACES)) {
    const near = await upClose(photo, alignedSquare(rough.landmarks), finder)
    if (!near) continue
    const square = wholeIfAligned(alignedSquare(near.landmarks), photo)
    const face = await upClose(photo, square, finder)
    if (face) faces.push({ ...face, landmarks: face.landmarks.map((point) => toSquare(square, point)), square })
  }
  return faces
}

/** The square that eyes and mouth ask for; `null` when no face is found up close. */
export async function alignExactly(photo: RgbaImage, rough: FoundFace, finder: FaceFinder): Promise<AlignedSquare | null> {
  const square = alignedSquare(rough.landmarks)
  const face = await finder.findAligned(cropToSquare(photo, square, ROUGH_SIZE_PX))
  return face && alignedSquare(face.landmarks.map((point) => toPicture(square, point)))
}

/** The face of a square, in picture pixels; with room around it where it is not found without: turned heads fill their squares. */
async function upClose(photo: RgbaImage, square: AlignedSquare, finder: FaceFinder): Promise<FoundFace | null> {
  for (const room of ROOMS) {
    const { centre, halfX } = square
    const wider: AlignedSquare = { centre, halfX: [halfX[0] * room, halfX[1] * room] }
    const face = await finder.findAligned(cropToSquare(photo, wider, ROUGH_SIZE_PX))
    if (face) return { ...face, landmarks: face.landmarks.map((point) => toPicture(wider, point)) }
  }
  return null
}

export function cautionsOf(
  { yawDegrees, pitchDegrees, landmarks, square }: PhotoFace,
  photo: { width: number; height: number },
): Caution[] {
  const yaw = Math.abs(yawDegrees)
  return [
    ...(yaw > PROFILE_DEGREES ? (['profile'] as const) : yaw > TURNED_DEGREES ? (['turned'] as const) : []),
    ...(Math.abs(pitchDegrees) > TILTED_DEGREES ? (['tilted'] as const) : []),
    ...(sidePx(square) < SMALL_PX ? (['small'] as const) : []),
    ...(landmarksOutside(landmarks, square, photo) > 0 ? (['cutOff'] as const) : []),
  ]
}

/** How many of the 68 lie beyond the photo's edge. */
export function landmarksOutside(
  landmarks: Landmarks68,
  square: AlignedSquare,
  { width, height }: { width: number; height: number },
): number {
  const slack = CUT_OFF_TOLERANCE * eyeDistance(landmarks) * sidePx(square)
  return landmarks.filter((point) => {
    const [x, y] = toPicture(square, point)
    return x < -slack || y < -slack || x > width + slack || y > height + slack
  }).length
}
