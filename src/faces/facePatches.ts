/**
 * What the frontal view's local pathways look at (Huang et al. 2017, section 3.1): patches of a face round its landmarks, and on which side a turned face hides.
 * Twin: `pipeline/patches.py`, held to it by `tests/golden/facePatches.json`.
 */

import { type Landmarks68, type Point, pointAt } from './landmarks'

/** The first and last of the landmarks whose middle is a patch's. */
const CENTRED_ON = { leftEye: [36, 41], rightEye: [42, 47], nose: [27, 35], mouth: [48, 67] } as const
export type FacePatch = keyof typeof CENTRED_ON
export const FACE_PATCHES = Object.keys(CENTRED_ON) as FacePatch[]

const NOSE_TIP = 30
const JAW_ENDS = [0, 16] as const

/** A face that looks to the picture's left hides its side on the picture's left: the tip of its nose lies left of the middle of its outline. */
export function hidesLeft(landmarks: Landmarks68): boolean {
  const [left, right] = JAW_ENDS
  return pointAt(landmarks, NOSE_TIP)[0] < (pointAt(landmarks, left)[0] + pointAt(landmarks, right)[0]) / 2
}

/**
 * Left and top of a patch in a picture of `sidePx` a side: centred on its landmarks, wholly inside the picture.
 * @param size width and height, in pixels
 */
export function patchCorner(landmarks: Landmarks68, patch: FacePatch, size: Point, sidePx: number): Point {
  const [from, to] = CENTRED_ON[patch]
  let [x, y] = [0, 0]
  for (let i = from; i <= to; i++) {
    x += pointAt(landmarks, i)[0] / (to - from + 1)
    y += pointAt(landmarks, i)[1] / (to - from + 1)
  }
  const corner = (centre: number, length: number) => Math.min(Math.max(Math.floor(centre * sidePx - length / 2 + 0.5), 0), sidePx - length)
  return [corner(x, size[0]), corner(y, size[1])]
}
