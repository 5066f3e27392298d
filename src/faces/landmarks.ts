/** The 68 landmarks of a face (iBUG 300-W order): symmetry of its parts, and the eye distance by which errors are measured. */

import type { Part } from './parts'

export const LANDMARK_COUNT = 68

/** 68 points `[x, y]`, in 0–1 of the picture unless said otherwise, origin top left. */
export type Landmarks68 = readonly (readonly [number, number])[]

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
