/** The 68 landmarks of a face (iBUG 300-W order): symmetry of its parts, and the eye distance by which errors are measured. */

import type { Part } from './parts'

export const LANDMARK_COUNT = 68

/** 68 points `[x, y]`, in 0–1 of the picture unless said otherwise, origin top left. */
export type Landmarks68 = readonly (readonly [number, number])[]
export type Point = Landmarks68[number]

/** The part on the other side of the face. */
export function mirrorPart(part: Part): Part {
  switch (part) {
    case 'leftEye':
      return 'rightEye'
    case 'rightEye':
      return 'leftEye'
    case 'leftBrow':
      return 'rightBrow'
    case 'rightBrow':
      return 'leftBrow'
    default:
      return part
  }
}

/** Of every landmark the one on the other side: jaw, brows, nose, eyes, mouth. */
const MIRRORED: readonly number[] = [
  ...[16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
  ...[26, 25, 24, 23, 22, 21, 20, 19, 18, 17, 27, 28, 29, 30, 35, 34, 33, 32, 31],
  ...[45, 44, 43, 42, 47, 46, 39, 38, 37, 36, 41, 40],
  ...[54, 53, 52, 51, 50, 49, 48, 59, 58, 57, 56, 55, 64, 63, 62, 61, 60, 67, 66, 65],
]

/** The landmarks of the mirrored picture, in 0–1 as these are. */
export function mirrorLandmarks(landmarks: Landmarks68): Landmarks68 {
  return MIRRORED.map((other) => {
    const [x, y] = pointAt(landmarks, other)
    return [1 - x, y]
  })
}

/** Distance of the outer eye corners (36 and 45), the usual unit for landmark errors. */
export function eyeDistance(landmarks: Landmarks68): number {
  const [ax, ay] = landmarks[36] ?? [0, 0]
  const [bx, by] = landmarks[45] ?? [0, 0]
  return Math.hypot(bx - ax, by - ay)
}

/** Landmarks from untrusted JSON. @throws Error that names the source when they are not 68 finite points */
export function parseLandmark68(value: unknown, source: string): Landmarks68 {
  const isPoint = (p: unknown): p is [number, number] => Array.isArray(p) && p.length === 2 && p.every(Number.isFinite)
  if (!Array.isArray(value) || value.length !== LANDMARK_COUNT || !value.every(isPoint)) {
    throw new Error(`${source}: expected ${LANDMARK_COUNT} landmarks [x, y]`)
  }
  return value
}

/** The point with this index. @throws RangeError when a list is shorter than 68 points */
export function pointAt(landmarks: Landmarks68, index: number): Point {
  const point = landmarks[index]
  if (!point) throw new RangeError(`no landmark ${index} among ${landmarks.length}`)
  return point
}
