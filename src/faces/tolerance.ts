/**
 * The tolerance map: how far each line of a sketch may be off. Six values, one a part → `[size · size]` in 0–1, 0 where the drawn line is meant
 * exactly, 1 where it may be off by `MAX_TOLERANCE_PX`; the generator's second input channel is the sketch faded by the map (decision 10).
 *
 * Every place belongs to the parts by nearness to their landmarks on the mean face, so that the map needs no landmark of the drawing and is linear in the
 * six values. Twin: `pipeline/tolerance.py`; this is what the thesis leaves open: faithful to eyes, nose and mouth, forgiving to a clumsy jaw.
 */

import { MEAN_LANDMARKS } from './meanFace'

/** In the order of the vector; `rest` is hair, ears, neck and everything else. */
export const TOLERANCE_PARTS = ['jaw', 'brows', 'eyes', 'nose', 'mouth', 'rest'] as const
export type TolerancePart = (typeof TOLERANCE_PARTS)[number]
/** For each part 0 (the line is meant exactly) to 1 (it may be off by `MAX_TOLERANCE_PX`). */
export type Tolerance = Readonly<Record<TolerancePart, number>>

/** What tolerance 1 means: the standard deviation, on each axis, of a line's displacement in training; in sketch pixels. */
export const MAX_TOLERANCE_PX = 20

/** First and last landmark of each part that has some. */
const LANDMARKS: Readonly<Record<Exclude<TolerancePart, 'rest'>, readonly [number, number]>> = {
  jaw: [0, 16],
  brows: [17, 26],
  eyes: [36, 47],
  nose: [27, 35],
  mouth: [48, 67],
}
/** Reach of a landmark: standard deviation in 0–1 of the picture. */
const REACH = 0.05
/** Weight of `rest` everywhere, which decides where no landmark is near. */
const REST_WEIGHT = 0.02

/** Shares of the parts in every pixel, `[size · size, 6]`, adding up to 1. */
const sharesBySize = new Map<number, Float32Array>()

/** The map as `[size · size]`, row by row, in 0–1. */
export function toleranceMap(tolerance: Tolerance, sizePx: number): Float32Array {
  const shares = sharesAt(sizePx)
  const { jaw, brows, eyes, nose, mouth, rest } = tolerance
  const map = new Float32Array(sizePx * sizePx)
  for (let i = 0, k = 0; i < map.length; i++, k += 6) {
    map[i] =
      (shares[k] as number) * jaw +
      (shares[k + 1] as number) * brows +
      (shares[k + 2] as number) * eyes +
      (shares[k + 3] as number) * nose +
      (shares[k + 4] as number) * mouth +
      (shares[k + 5] as number) * rest
  }
  return map
}

/** The six values in the order of `TOLERANCE_PARTS`. */
export function toleranceVector(tolerance: Tolerance): number[] {
  return TOLERANCE_PARTS.map((part) => tolerance[part])
}

/** The inverse of `toleranceVector`. */
export function toleranceOf(values: ArrayLike<number>): Tolerance {
  const [jaw = 0, brows = 0, eyes = 0, nose = 0, mouth = 0, rest = 0] = Array.from(values)
  return { jaw, brows, eyes, nose, mouth, rest }
}

function sharesAt(sizePx: number): Float32Array {
  const known = sharesBySize.get(sizePx)
  if (known) return known
  const shares = new Float32Array(TOLERANCE_PARTS.length * sizePx * sizePx)
  for (let row = 0, at = 0; row < sizePx; row++) {
    for (let column = 0; column < sizePx; column++, at += TOLERANCE_PARTS.length) {
      const weights = TOLERANCE_PARTS.map((part) => weight(part, (column + 0.5) / sizePx, (row + 0.5) / sizePx))
      const total = weights.reduce((sum, w) => sum + w, 0)
      for (const [k, w] of weights.entries()) shares[at + k] = w / total
    }
  }
  sharesBySize.set(sizePx, shares)
  return shares
}

function weight(part: TolerancePart, x: number, y: number): number {
  if (part === 'rest') return REST_WEIGHT
  const [first, last] = LANDMARKS[part]
  let nearest = Number.POSITIVE_INFINITY
  for (let i = first; i <= last; i++) {
    const [lx, ly] = MEAN_LANDMARKS[i] as readonly [number, number]
    nearest = Math.min(nearest, (lx - x) ** 2 + (ly - y) ** 2)
  }
  return Math.exp(-nearest / (2 * REACH ** 2))
}
