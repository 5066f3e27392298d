/** The ink of a picture on a grid, and looking up what lies near it: what registration works with. */

import { SKETCH_SIZE_PX } from '../shared/units'
import { squaredDistances } from './distanceTransform'
import type { Point, Similarity } from './similarity'

/** The bitmap on which ink is sought, whatever the picture's size. */
export const GRID_PX = 256
export const PX = SKETCH_SIZE_PX / GRID_PX
/** Grey below which a pixel is ink. */
const INK_GREY = 150
export const LEAST_INK = 60
/** How many points stand for the ink. */
const INK_POINTS = 500

/** Points with weights, flat because they are looked up by the million. */
export interface Samples {
  readonly x: Float64Array
  readonly y: Float64Array
  readonly weight: Float64Array
}

export interface Scene {
  /** Clipped distance of every grid pixel to the ink, in sketch pixels. */
  readonly toInk: Float32Array
  /** Some of the ink, in sketch pixels. */
  readonly ink: Samples
}

/** The darkest grey of each grid pixel decides. */
export function inkOf(grey: ArrayLike<number>, sizePx: number): Uint8Array {
  const mask = new Uint8Array(GRID_PX * GRID_PX)
  for (let i = 0; i < grey.length; i++) {
    if ((grey[i] ?? 255) >= INK_GREY) continue
    const x = Math.floor(((i % sizePx) * GRID_PX) / sizePx)
    const y = Math.floor((Math.floor(i / sizePx) * GRID_PX) / sizePx)
    mask[y * GRID_PX + x] = 1
  }
  return mask
}

export function distances(mask: Uint8Array, clipPx: number): Float32Array {
  return Float32Array.from(
    squaredDistances(GRID_PX, (i) => mask[i] === 1),
    (squared) => Math.min(clipPx, PX * Math.sqrt(squared)),
  )
}

export function inkPoints(mask: Uint8Array, count: number): Samples {
  const step = Math.max(1, count / INK_POINTS)
  const chosen: number[] = []
  let seen = 0
  for (const [i, ink] of mask.entries()) if (ink === 1 && Math.floor(seen++ / step) >= chosen.length) chosen.push(i)
  return {
    x: Float64Array.from(chosen, (i) => PX * ((i % GRID_PX) + 0.5)),
    y: Float64Array.from(chosen, (i) => PX * (Math.floor(i / GRID_PX) + 0.5)),
    weight: new Float64Array(chosen.length).fill(1 / chosen.length),
  }
}

/** How far ink is looked for, in sketch pixels. */
const REACH_PX = 24

/** A function that finds the ink nearest to a point, in sketch pixels; `null` when none is within reach. */
export function nearestInkOf(mask: Uint8Array): (at: Point) => Point | null {
  const reach = Math.ceil(REACH_PX / PX)
  return ([x, y]) => {
    const [column, row] = [Math.floor(x / PX), Math.floor(y / PX)]
    let [nearest, squared] = [-1, (REACH_PX / PX) ** 2]
    for (let v = Math.max(0, row - reach); v <= Math.min(GRID_PX - 1, row + reach); v++) {
      for (let u = Math.max(0, column - reach); u <= Math.min(GRID_PX - 1, column + reach); u++) {
        if (mask[v * GRID_PX + u] === 0) continue
        const distance = (u - column) ** 2 + (v - row) ** 2
        if (distance < squared) [nearest, squared] = [v * GRID_PX + u, distance]
      }
    }
    return nearest < 0 ? null : [PX * ((nearest % GRID_PX) + 0.5), PX * (Math.floor(nearest / GRID_PX) + 0.5)]
  }
}

/** Weighted sum of what a field says at points that a similarity has moved; `otherwise` beyond the page. */
export function looked(field: Float32Array, { a, b, dx, dy }: Similarity, { x, y, weight }: Samples, otherwise: number): number {
  let sum = 0
  for (let i = 0; i < x.length; i++) {
    const [u, v] = [x[i] as number, y[i] as number]
    const column = Math.floor((a * u - b * v + dx) / PX)
    const row = Math.floor((b * u + a * v + dy) / PX)
    const isOutside = column < 0 || row < 0 || column >= GRID_PX || row >= GRID_PX
    sum += (weight[i] as number) * (isOutside ? otherwise : (field[row * GRID_PX + column] as number))
  }
  return sum
}

/** Share of a contour that has ink within `nearPx`. */
export function covered({ a, b, dx, dy }: Similarity, { toInk }: Scene, { x, y, weight }: Samples, nearPx: number): number {
  let share = 0
  for (let i = 0; i < x.length; i++) {
    const [u, v] = [x[i] ?? 0, y[i] ?? 0]
    const column = Math.floor((a * u - b * v + dx) / PX)
    const row = Math.floor((b * u + a * v + dy) / PX)
    const isOutside = column < 0 || row < 0 || column >= GRID_PX || row >= GRID_PX
    if (!isOutside && (toInk[row * GRID_PX + column] ?? Number.POSITIVE_INFINITY) <= nearPx) share += weight[i] ?? 0
  }
  return share
}
