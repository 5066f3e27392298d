/**
 * A photo warped so that its landmarks land where an edit puts them: the same edit, applied to a true picture. Thin-plate spline (Bookstein 1989)
 * through all 68 landmarks, of which those that the edit leaves alone stay, and eight points of the frame; it fades out round the landmarks that move.
 */

import { Matrix } from 'ml-matrix'
import type { Landmarks68 } from '../../../src/faces/landmarks'
import type { RgbaImage } from '../../../src/shared/image'
import { solve } from '../statistics/linearAlgebra'

type Point = readonly [number, number]

const FRAME: readonly Point[] = [
  [0, 0],
  [0.5, 0],
  [1, 0],
  [0, 0.5],
  [1, 0.5],
  [0, 1],
  [0.5, 1],
  [1, 1],
]
/** Landmarks closer than this (in 0–1) count as one; two different targets for one place have no spline. */
const SAME_PLACE = 1e-4

const kernel = (squaredDistance: number): number => (squaredDistance > 0 ? 0.5 * squaredDistance * Math.log(squaredDistance) : 0)

/** The smooth map that takes each of `from` to its partner in `to`, all in 0–1. */
export function thinPlateSpline(from: readonly Point[], to: readonly Point[]): (x: number, y: number) => Point {
  const n = from.length
  const system = Matrix.zeros(n + 3, n + 3)
  const wanted = Matrix.zeros(n + 3, 2)
  from.forEach(([x, y], i) => {
    from.forEach(([u, v], j) => {
      system.set(i, j, kernel((x - u) ** 2 + (y - v) ** 2))
    })
    ;[1, x, y].forEach((value, k) => {
      system.set(i, n + k, value)
      system.set(n + k, i, value)
    })
    wanted.setRow(i, [...(to[i] ?? [x, y])])
  })
  const flat = Float64Array.from(solve(system, wanted).to1DArray())
  const places = Float64Array.from(from.flat())
  return (x, y) => evaluate(flat, places, x, y)
}

function evaluate(weights: Float64Array, places: Float64Array, x: number, y: number): Point {
  const n = places.length / 2
  const affine = (axis: number) =>
    (weights[2 * n + axis] as number) + (weights[2 * n + 2 + axis] as number) * x + (weights[2 * n + 4 + axis] as number) * y
  let outX = affine(0)
  let outY = affine(1)
  for (let i = 0; i < n; i++) {
    const dx = x - (places[2 * i] as number)
    const dy = y - (places[2 * i + 1] as number)
    const value = kernel(dx * dx + dy * dy)
    outX += (weights[2 * i] as number) * value
    outY += (weights[2 * i + 1] as number) * value
  }
  return [outX, outY]
}

/** Changes when warped pictures do; part of what remembered detections are known by. */
export const WARP_ID = 'warp 2'

/** Up to this far from a moved landmark the spline holds in full; at the larger distance it has faded out. In 0–1, at least. */
const FADE = [0.03, 0.15] as const
/** A fade over fewer times the largest shift than this would fold the picture. */
const FADE_OF_SHIFT = 3

/** `map` near the moved landmarks, nothing moved far from them. */
function faded(map: (x: number, y: number) => Point, before: Landmarks68, after: Landmarks68): (x: number, y: number) => Point {
  const shifts = after.map(([x, y], i) => Math.hypot(x - (before[i]?.[0] ?? x), y - (before[i]?.[1] ?? y)))
  const moved = after.filter((_, i) => (shifts[i] as number) > 0)
  const end = Math.max(FADE[1], FADE[0] + FADE_OF_SHIFT * Math.max(...shifts))
  return (x, y) => {
    const distance = Math.min(...moved.map(([u, v]) => Math.hypot(u - x, v - y)))
    const t = Math.min(1, Math.max(0, (end - distance) / (end - FADE[0])))
    const weight = t * t * (3 - 2 * t)
    if (weight === 0) return [x, y]
    const [u, v] = map(x, y)
    return [x + weight * (u - x), y + weight * (v - y)]
  }
}

/** The picture with what was at `before` now at `after`. */
export function warpedPhoto(photo: RgbaImage, before: Landmarks68, after: Landmarks68): RgbaImage {
  const isNew = (i: number) =>
    after.findIndex((p, j) => j < i && Math.hypot(p[0] - (after[i]?.[0] ?? 0), p[1] - (after[i]?.[1] ?? 0)) < SAME_PLACE) < 0
  const kept = after.flatMap((_, i) => (isNew(i) ? [i] : []))
  // From where each place of the new picture takes its colour: the spline runs backwards.
  const back = thinPlateSpline([...kept.map((i) => after[i] as Point), ...FRAME], [...kept.map((i) => before[i] as Point), ...FRAME])
  return resampled(photo, gridded(faded(back, before, after)))
}

/** Cells of the grid on which a spline is evaluated; it is smooth, and in between it is as good as linear. */
const GRID = 64

/** A map of the unit square by bilinear interpolation between its values on a grid. */
export function gridded(map: (x: number, y: number) => Point): (x: number, y: number) => Point {
  const side = GRID + 1
  const nodes = new Float64Array(side * side * 2)
  for (let i = 0; i < side * side; i++) nodes.set(map((i % side) / GRID, Math.floor(i / side) / GRID), 2 * i)
  const cell = (value: number) => Math.min(GRID - 1, Math.max(0, Math.floor(value * GRID)))
  return (x, y) => {
    const [column, row] = [cell(x), cell(y)]
    const [fx, fy] = [x * GRID - column, y * GRID - row]
    const at = (dx: number, dy: number, axis: number) => nodes[2 * ((row + dy) * side + column + dx) + axis] as number
    const mix = (axis: number) =>
      (at(0, 0, axis) * (1 - fx) + at(1, 0, axis) * fx) * (1 - fy) + (at(0, 1, axis) * (1 - fx) + at(1, 1, axis) * fx) * fy
    return [mix(0), mix(1)]
  }
}

/** The picture whose pixel at (x, y), in 0–1, shows what `photo` has at `source(x, y)`; bilinear, the edge goes on outside. */
export function resampled(photo: RgbaImage, source: (x: number, y: number) => Point): RgbaImage {
  const { width, height, data } = photo
  const out = new Uint8ClampedArray(data.length)
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const [u, v] = source((column + 0.5) / width, (row + 0.5) / height)
      sample(photo, u * width - 0.5, v * height - 0.5, out, (row * width + column) * 4)
    }
  }
  return { width, height, data: out }
}

function sample({ width, height, data }: RgbaImage, x: number, y: number, out: Uint8ClampedArray, offset: number): void {
  const cx = Math.min(width - 1, Math.max(0, x))
  const cy = Math.min(height - 1, Math.max(0, y))
  const [x0, y0] = [Math.floor(cx), Math.floor(cy)]
  const [x1, y1] = [Math.min(width - 1, x0 + 1), Math.min(height - 1, y0 + 1)]
  const [fx, fy] = [cx - x0, cy - y0]
  for (let channel = 0; channel < 4; channel++) {
    const pixel = (px: number, py: number) => data[(py * width + px) * 4 + channel] as number
    const above = pixel(x0, y0) * (1 - fx) + pixel(x1, y0) * fx
    const below = pixel(x0, y1) * (1 - fx) + pixel(x1, y1) * fx
    out[offset + channel] = above * (1 - fy) + below * fy
  }
}
