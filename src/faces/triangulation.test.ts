import { describe, expect, it } from 'vitest'
import { mulberry32 } from '../shared/rng'
import type { Point } from './similarity'
import { doubleArea, type Triangle, triangulate } from './triangulation'

const corners = (points: readonly Point[], triangle: Triangle): [Point, Point, Point] =>
  triangle.map((index) => points[index] ?? [0, 0]) as [Point, Point, Point]

const areaOf = (points: readonly Point[], triangles: readonly Triangle[]): number =>
  triangles.reduce((sum, triangle) => sum + doubleArea(...corners(points, triangle)) / 2, 0)

/** The border of the unit square in steps of a quarter. */
const border = [0, 0.25, 0.5, 0.75].flatMap((t): Point[] => [
  [t, 0],
  [1, t],
  [1 - t, 1],
  [0, 1 - t],
])

function randomPoints(seed: number, count: number): Point[] {
  const random = mulberry32(seed)
  return Array.from({ length: count }, () => [0.02 + 0.96 * random(), 0.02 + 0.96 * random()])
}

describe('a Delaunay triangulation', () => {
  it('of a square and its middle is four triangles', () => {
    const points: Point[] = [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
      [0.5, 0.5],
    ]
    const triangles = triangulate(points)
    expect(triangles).toHaveLength(4)
    expect(triangles.every((triangle) => triangle.includes(4))).toBe(true)
    expect(areaOf(points, triangles)).toBeCloseTo(1, 12)
  })

  it('takes the shorter diagonal', () => {
    const points: Point[] = [
      [0, 0],
      [2, -1],
      [4, 0],
      [2, 1],
    ]
    const triangles = triangulate(points)
    expect(triangles).toHaveLength(2)
    expect(triangles.every((triangle) => triangle.includes(1) && triangle.includes(3))).toBe(true)
  })

  it('covers the square once, all triangles counted one way, with no point inside a circle', () => {
    for (let seed = 1; seed <= 40; seed++) {
      const points = [...randomPoints(seed, 60), ...border]
      const triangles = triangulate(points)
      expect(areaOf(points, triangles)).toBeCloseTo(1, 9)
      // Euler: 2n − 2 − h triangles of n points, h of them on the border.
      expect(triangles).toHaveLength(2 * points.length - 2 - border.length)
      for (const triangle of triangles) {
        const [a, b, c] = corners(points, triangle)
        expect(doubleArea(a, b, c)).toBeGreaterThan(0)
        const centre = circumcentre(a, b, c)
        const radius = Math.hypot(a[0] - centre[0], a[1] - centre[1])
        expect(points.every(([x, y]) => Math.hypot(x - centre[0], y - centre[1]) > radius - 1e-6)).toBe(true)
      }
    }
  })

  it('covers a grid, whose squares lie on circles all four corners at once', () => {
    const points = Array.from({ length: 25 }, (_, i): Point => [i % 5, Math.floor(i / 5)])
    const triangles = triangulate(points)
    expect(areaOf(points, triangles)).toBeCloseTo(16, 9)
    expect(triangles).toHaveLength(32)
  })

  it('gives a point that is there twice one place', () => {
    const points: Point[] = [...border, [0.4, 0.4], [0.4, 0.4]]
    const triangles = triangulate(points)
    expect(areaOf(points, triangles)).toBeCloseTo(1, 9)
    expect(triangles.some((triangle) => triangle.includes(points.length - 1))).toBe(false)
  })

  it('has no triangle without an area', () => {
    expect(triangulate([])).toEqual([])
    expect(
      triangulate([
        [0, 0],
        [1, 0],
        [2, 0],
      ]),
    ).toEqual([])
  })
})

function circumcentre([ax, ay]: Point, [bx, by]: Point, [cx, cy]: Point): Point {
  const d = 2 * (ax * (by - cy) + bx * (cy - ay) + cx * (ay - by))
  const [a, b, c] = [ax * ax + ay * ay, bx * bx + by * by, cx * cx + cy * cy]
  return [(a * (by - cy) + b * (cy - ay) + c * (ay - by)) / d, (a * (cx - bx) + b * (ax - cx) + c * (bx - ax)) / d]
}
