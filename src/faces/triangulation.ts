/** Delaunay triangulation of a few points (Bowyer 1981, Watson 1981): no point lies inside the circle through the corners of any triangle. */

import type { Point } from './similarity'

/** Indices of three points, counted the way that gives a positive area with y pointing down. */
export type Triangle = readonly [number, number, number]

/** Twice the signed area of a triangle; positive as `Triangle` is counted. */
export function doubleArea([ax, ay]: Point, [bx, by]: Point, [cx, cy]: Point): number {
  return (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
}

/** Points nearer to each other than this share of their extent are one: the later one has no triangle. */
const SAME = 1e-7
/** How far outside the points the triangle lies that the work begins with, in their extents: so far that it hardly bends the border. */
const FAR = 100

/** @returns triangles that cover the convex hull once; none for fewer than three points that are not on one line */
export function triangulate(points: readonly Point[]): Triangle[] {
  const [left, top] = [Math.min(...points.map(([x]) => x)), Math.min(...points.map(([, y]) => y))]
  const extent = Math.max(...points.map(([x, y]) => Math.max(x - left, y - top)))
  if (points.length < 3 || !(extent > 0)) return []
  const count = points.length
  const all: Point[] = [
    ...points.map(([x, y]) => [(x - left) / extent, (y - top) / extent] as const),
    [0.5, -FAR],
    [0.5 + FAR, FAR],
    [0.5 - FAR, FAR],
  ]
  let triangles: Triangle[] = [[count, count + 1, count + 2]]
  for (let index = 0; index < count; index++) {
    const isKnown = all.slice(0, index).some(([x, y]) => Math.hypot(x - (all[index]?.[0] ?? 0), y - (all[index]?.[1] ?? 0)) < SAME)
    if (!isKnown) triangles = withPoint(triangles, all, index)
  }
  return triangles.filter((corners) => corners.every((corner) => corner < count))
}

/** Takes out the triangles whose circles hold the new point, and joins it to the border of the hole. */
function withPoint(triangles: readonly Triangle[], all: readonly Point[], index: number): Triangle[] {
  const kept: Triangle[] = []
  const border = new Map<string, readonly [number, number]>()
  for (const triangle of triangles) {
    if (!circleHolds(triangle, all, index)) {
      kept.push(triangle)
      continue
    }
    const [a, b, c] = triangle
    for (const [from, to] of [
      [a, b],
      [b, c],
      [c, a],
    ] as const) {
      // An edge between two triangles that both go is met from either side.
      if (!border.delete(`${to} ${from}`)) border.set(`${from} ${to}`, [from, to])
    }
  }
  for (const [from, to] of border.values()) {
    // On a border of three points in a line the third adds no area.
    if (areaOf(all, from, to, index) > 1e-12) kept.push([from, to, index])
  }
  return kept
}

const at = (all: readonly Point[], index: number): Point => all[index] ?? [0, 0]

const areaOf = (all: readonly Point[], a: number, b: number, c: number): number => doubleArea(at(all, a), at(all, b), at(all, c))

function circleHolds([a, b, c]: Triangle, all: readonly Point[], index: number): boolean {
  const [px, py] = at(all, index)
  const rows = [a, b, c].map((corner) => {
    const [x, y] = at(all, corner)
    return [x - px, y - py, (x - px) ** 2 + (y - py) ** 2] as const
  })
  const [[ax, ay, aa], [bx, by, bb], [cx, cy, cc]] = rows as [Row, Row, Row]
  return ax * (by * cc - bb * cy) - ay * (bx * cc - bb * cx) + aa * (bx * cy - by * cx) > 1e-12
}

type Row = readonly [number, number, number]
