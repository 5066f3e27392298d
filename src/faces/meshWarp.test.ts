import { describe, expect, it } from 'vitest'
import { warped, warpMap, warpMesh, withBorder } from './meshWarp'
import type { Point } from './similarity'
import { doubleArea } from './triangulation'

const SIZE_PX = 16

/** Linear in the place: what any affine piece moves exactly. */
const ramp = Float64Array.from({ length: SIZE_PX * SIZE_PX }, (_, i) => (i % SIZE_PX) + 100 * Math.floor(i / SIZE_PX))

describe('a warp by points', () => {
  const square: Point[] = [
    [0.25, 0.25],
    [0.75, 0.25],
    [0.75, 0.75],
    [0.25, 0.75],
  ]

  it('changes nothing when no point moves', () => {
    const map = warpMap(warpMesh(square, [square]), square, square, SIZE_PX)
    expect([...warped(ramp, SIZE_PX, 1, map)]).toEqual([...ramp].map((value) => expect.closeTo(value, 9)))
  })

  it('brings what lay between the points between them again, and leaves the border', () => {
    const moved = square.map(([x, y]): Point => [x + 0.125, y])
    const out = warped(ramp, SIZE_PX, 1, warpMap(warpMesh(moved, [square]), square, moved, SIZE_PX))
    // In the square's own triangles everything moves by an eighth of 16 pixels, to the right.
    for (const [x, y] of [
      [8, 6],
      [10, 8],
      [12, 11],
    ] as const) {
      expect(out[y * SIZE_PX + x]).toBeCloseTo(x - 2 + 100 * y, 9)
    }
    expect(out[0]).toBeCloseTo(ramp[0] ?? 0, 9)
    // Right of it half as much room is left: the last pixel's centre comes from twice as far before the border.
    expect(out[8 * SIZE_PX + 15]).toBeCloseTo(14.5 + 800, 9)
  })

  it('reaches every pixel of a larger result', () => {
    const map = warpMap(warpMesh(square, [square]), square, square, 40)
    const out = warped(new Float64Array(SIZE_PX * SIZE_PX).fill(7), SIZE_PX, 1, map)
    expect(out.every((value) => Math.abs(value - 7) < 1e-9)).toBe(true)
    // Places go from the first pixel's centre to the last one's: each pixel of the map was written.
    expect(map.from[0]).toBeCloseTo(0.5 / 40, 12)
    expect(map.from.at(-1)).toBeCloseTo(39.5 / 40, 12)
    expect(map.from.every((value) => value > 0)).toBe(true)
  })

  it('leaves out a point that another shape has on the far side of its neighbours', () => {
    const target: Point[] = [...square, [0.5, 0.5], [0.5, 0.52]]
    const crossed: Point[] = [...square, [0.5, 0.52], [0.5, 0.5]]
    const mesh = warpMesh(target, [target, crossed])
    for (const shape of [target, crossed]) {
      const corners = withBorder(shape)
      for (const triangle of mesh.triangles) {
        const [a, b, c] = triangle.map((index) => corners[index] ?? [0, 0]) as [Point, Point, Point]
        expect(doubleArea(a, b, c)).toBeGreaterThan(0)
      }
    }
    const used = new Set(mesh.triangles.flat())
    expect([0, 1, 2, 3].every((index) => used.has(index))).toBe(true)
    expect(used.has(4) && used.has(5)).toBe(false)
  })
})
