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
