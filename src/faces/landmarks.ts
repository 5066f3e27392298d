/** The 68 landmarks of a face (iBUG 300-W order): symmetry, parts, and the eye distance by which errors are measured. */

import { CONTOUR_LINES, type MeanFacePart, type Part } from './parts'

export const LANDMARK_COUNT = 68

/** 68 points `[x, y]`, in 0–1 of the picture unless said otherwise, origin top left. */
export type Landmarks68 = readonly (readonly [number, number])[]

/** Landmarks on the picture's left and their mirror images on the right; those on the middle line are their own. */
const MIRROR_PAIRS: readonly (readonly [number, number])[] = [
  ...[0, 1, 2, 3, 4, 5, 6, 7].map((i): [number, number] => [i, 16 - i]),
  ...[17, 18, 19, 20, 21].map((i): [number, number] => [i, 43 - i]),
  ...[[31, 35] as const, [32, 34] as const],
  ...[[36, 45] as const, [37, 44] as const, [38, 43] as const, [39, 42] as const, [40, 47] as const, [41, 46] as const],
  ...[[48, 54] as const, [49, 53] as const, [50, 52] as const, [55, 59] as const, [56, 58] as const],
  ...[[60, 64] as const, [61, 63] as const, [65, 67] as const],
]

/** `MIRROR_INDEX[i]` is the landmark that shows at `i` when the picture is mirrored. */
export const MIRROR_INDEX: readonly number[] = Array.from({ length: LANDMARK_COUNT }, (_, i) => {
  for (const [left, right] of MIRROR_PAIRS) {
    if (left === i) return right
    if (right === i) return left
  }
  return i
})

/** The landmarks of the mirrored picture; `width` is its width in the landmarks' unit. */
export function mirrorLandmarks(landmarks: Landmarks68, width = 1): [number, number][] {
  return MIRROR_INDEX.map((index) => [width - (landmarks[index]?.[0] ?? 0), landmarks[index]?.[1] ?? 0])
}

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

/** Indices of the landmarks that draw a part, each once, ascending. */
export function partLandmarks(part: MeanFacePart): number[] {
  const indices = CONTOUR_LINES.filter((line) => line.part === part).flatMap((line) => line.indices)
  return [...new Set(indices)].sort((a, b) => a - b)
}
