/**
 * Pictures warped by points: a piecewise affine map over a Delaunay triangulation of the points and of the picture's border, sampled bilinearly. The border stays where it is.
 *
 * Every pixel of the result lies in just one triangle, and a mesh is made so that no triangle is turned over in any of the shapes that it serves: points that
 * would (the inner lips of a closed mouth beside an open one) are left out of it, and move with their neighbours.
 */

import type { Point } from './similarity'
import { doubleArea, type Triangle, triangulate } from './triangulation'

/** Points on each side of the picture, the corner counted once. */
const BORDER_STEPS = 4

/** The border of the picture in 0–1, which every shape has in the same place. */
const BORDER: readonly Point[] = Array.from({ length: BORDER_STEPS }, (_, i) => i / BORDER_STEPS).flatMap((t) => [
  [t, 0],
  [1, t],
  [1 - t, 1],
  [0, 1 - t],
])

export interface WarpMesh {
  /** Indices into the points of a shape, the border's after them. */
  readonly triangles: readonly Triangle[]
}

/** The corners of a mesh: a shape's points, then the border. */
export const withBorder = (points: readonly Point[]): readonly Point[] => [...points, ...BORDER]

/**
 * @param target points in 0–1 of the result, which is triangulated
 * @param sources the same points in each picture that will be warped
 */
export function warpMesh(target: readonly Point[], sources: readonly (readonly Point[])[]): WarpMesh {
  let kept = target.map((_, i) => i)
  for (;;) {
    const order = [...kept, ...BORDER.map((_, i) => target.length + i)]
    const corners = withBorder(target)
    const triangles = triangulate(order.map((index) => corners[index] ?? [0, 0])).map(
      ([a, b, c]): Triangle => [order[a] ?? 0, order[b] ?? 0, order[c] ?? 0],
    )
    const worst = mostTurned(triangles, sources, target.length)
    if (worst === null) return { triangles }
    kept = kept.filter((index) => index !== worst)
  }
}

/** The point that is a corner of the most triangles that some shape turns over; `null` when none does. The border never is. */
function mostTurned(triangles: readonly Triangle[], sources: readonly (readonly Point[])[], pointCount: number): number | null {
  const counts = new Map<number, number>()
  for (const source of sources) {
    const corners = withBorder(source)
    for (const triangle of triangles) {
      const [a, b, c] = triangle.map((index) => corners[index] ?? [0, 0]) as [Point, Point, Point]
      if (doubleArea(a, b, c) > 0) continue
      for (const index of triangle) if (index < pointCount) counts.set(index, (counts.get(index) ?? 0) + 1)
    }
  }
  let worst: number | null = null
  for (const [index, count] of counts) if (worst === null || count > (counts.get(worst) ?? 0)) worst = index
  return worst
}

/** Where each pixel of the result comes from. */
export interface WarpMap {
  readonly sizePx: number
  /** x, y in 0–1 of the source for each pixel of the result, `[sizePx · sizePx · 2]`. */
  readonly from: Float64Array
}

/**
 * @param source points in the picture that is warped
 * @param target the same points where they shall lie
 */
export function warpMap({ triangles }: WarpMesh, source: readonly Point[], target: readonly Point[], sizePx: number): WarpMap {
  const [from, to] = [withBorder(source), withBorder(target)]
  const map = new Float64Array(sizePx * sizePx * 2)
  for (const triangle of triangles) {
    const corner = (points: readonly Point[], k: 0 | 1 | 2): Point => points[triangle[k]] ?? [0, 0]
    const [a, b, c] = [corner(to, 0), corner(to, 1), corner(to, 2)]
    const [p, q, r] = [corner(from, 0), corner(from, 1), corner(from, 2)]
    const area = doubleArea(a, b, c)
    const span = (axis: 0 | 1): [number, number] => {
      const values = [a[axis], b[axis], c[axis]].map((value) => value * sizePx - 0.5)
      return [Math.max(0, Math.ceil(Math.min(...values))), Math.min(sizePx - 1, Math.floor(Math.max(...values)))]
    }
    const [[left, right], [top, bottom]] = [span(0), span(1)]
    for (let y = top; y <= bottom; y++) {
      for (let x = left; x <= right; x++) {
        const at: Point = [(x + 0.5) / sizePx, (y + 0.5) / sizePx]
        const [u, v] = [doubleArea(at, b, c) / area, doubleArea(a, at, c) / area]
        const w = 1 - u - v
        // Neighbours share their edges, where they agree.
        if (u < -EDGE || v < -EDGE || w < -EDGE) continue
        map[2 * (y * sizePx + x)] = u * p[0] + v * q[0] + w * r[0]
        map[2 * (y * sizePx + x) + 1] = u * p[1] + v * q[1] + w * r[1]
      }
    }
  }
  return { sizePx, from: map }
}

const EDGE = 1e-9

/**
 * The colours of a picture where a map points to, between the centres of its pixels; beyond its border, the border's.
 * @param values `[fromSizePx · fromSizePx · channels]`
 * @returns `[sizePx · sizePx · channels]`
 */
export function warped(values: ArrayLike<number>, fromSizePx: number, channels: number, { sizePx, from }: WarpMap): Float64Array {
  const out = new Float64Array(sizePx * sizePx * channels)
  const last = fromSizePx - 1
  for (let i = 0; i < sizePx * sizePx; i++) {
    const x = Math.min(last, Math.max(0, (from[2 * i] ?? 0) * fromSizePx - 0.5))
    const y = Math.min(last, Math.max(0, (from[2 * i + 1] ?? 0) * fromSizePx - 0.5))
    // A hair's breadth beside a pixel is rounding, and would blend in its neighbour.
    const [x0, y0] = [Math.floor(x + EDGE), Math.floor(y + EDGE)]
    const [fx, fy] = [Math.max(0, x - x0), Math.max(0, y - y0)]
    const [x1, y1] = [Math.min(last, x0 + 1), Math.min(last, y0 + 1)]
    for (let channel = 0; channel < channels; channel++) {
      const value = (row: number, column: number): number => values[(row * fromSizePx + column) * channels + channel] ?? 0
      const above = (1 - fx) * value(y0, x0) + fx * value(y0, x1)
      const below = (1 - fx) * value(y1, x0) + fx * value(y1, x1)
      out[i * channels + channel] = (1 - fy) * above + fy * below
    }
  }
  return out
}
