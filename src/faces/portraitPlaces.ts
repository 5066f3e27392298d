/** Where the parts of a portrait lie that its drawing is made of: places of eyes, nose and mouth, and the person before the background. Twin: `pipeline/drawing_parts.py`. */

import { StudioError } from '../shared/errors'
import type { Landmarks68 } from './landmarks'

/** What is known of the face on an aligned photo. */
export interface KnownFace {
  /** In 0–1 of the photo. */
  readonly landmarks: Landmarks68
  /** Region classes, one a pixel; `null` where they are not known. */
  readonly regions: Uint8Array | null
}

/** Landmarks whose middle is that of a patch: the eye on the picture's left, the other one, nose, mouth. */
const CENTRED_ON: readonly (readonly [from: number, to: number])[] = [
  [36, 42],
  [42, 48],
  [27, 36],
  [48, 68],
]
/** Region classes that are not the person: background, clothes. */
const NOT_PERSON: readonly number[] = [0, 7]
/** Of a head whose regions are not known: how far it goes beyond its landmarks, in their height and width. */
const HEAD = { above: 0.55, below: 0.05, beside: 0.2 } as const

export const PATCH_COUNT = CENTRED_ON.length

/** `[8]` in [-1, 1]: x, y of the middle of each patch. */
export function placesOf(landmarks: Landmarks68): Float32Array {
  const middles = CENTRED_ON.flatMap(([from, to]) => {
    const points = landmarks.slice(from, to)
    return [0, 1].map((axis) => points.reduce((sum, point) => sum + (point[axis] as number), 0) / points.length)
  })
  return Float32Array.from(middles, (middle) => 2 * middle - 1)
}

/** `[size · size]`, 1 where the person is. Where regions are not known, an oval round the landmarks and the hair that is likely above them. */
export function foregroundOf({ regions, landmarks }: KnownFace, sizePx: number): Uint8ClampedArray {
  if (regions && regions.length !== sizePx * sizePx)
    throw new StudioError(
      'bad-request',
      `The regions have ${regions.length} numbers; this model takes pictures of ${sizePx}×${sizePx} pixels.`,
    )
  if (regions) return Uint8ClampedArray.from(regions, (region) => (NOT_PERSON.includes(region) ? 0 : 1))
  const [xs, ys] = [0, 1].map((axis) => landmarks.map((point) => point[axis] as number)) as [number[], number[]]
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
  const [width, height] = [right - left, bottom - top]
  const middle = [(left + right) / 2, (top - HEAD.above * height + bottom + HEAD.below * height) / 2] as const
  const radius = [width * (0.5 + HEAD.beside), (height * (1 + HEAD.above + HEAD.below)) / 2] as const
  return Uint8ClampedArray.from({ length: sizePx * sizePx }, (_, i) => {
    const [x, y] = [((i % sizePx) + 0.5) / sizePx, (Math.floor(i / sizePx) + 0.5) / sizePx]
    return ((x - middle[0]) / radius[0]) ** 2 + ((y - middle[1]) / radius[1]) ** 2 < 1 ? 1 : 0
  })
}
