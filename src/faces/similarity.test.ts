import { describe, expect, it } from 'vitest'
import { about, applyTo, applyToFlat, compose, fitSimilarity, IDENTITY, inverse, type Point, scaleOf, turnDegreesOf } from './similarity'

const moved = about([100, 200], 0.8, 10, [40, -5])

describe('similarities', () => {
  it('turn and scale about a centre, then shift', () => {
    expect(applyTo(moved, [100, 200])).toEqual([140, 195])
    expect(scaleOf(moved)).toBeCloseTo(0.8, 12)
    expect(turnDegreesOf(moved)).toBeCloseTo(10, 12)
    const [x, y] = applyTo(about([0, 0], 2, 90, [0, 0]), [1, 0])
    expect([x, y].map((value) => Math.round(value * 1e9) / 1e9)).toEqual([0, 2])
  })

  it('have inverses and can be done one after the other', () => {
    const { a, b, dx, dy } = compose(inverse(moved), moved)
    for (const [i, value] of [a, b, dx, dy].entries()) expect(value).toBeCloseTo([1, 0, 0, 0][i] ?? 0, 10)
    const other = about([3, 4], 1.5, -30, [7, 8])
    const [x, y] = applyTo(compose(other, moved), [11, 12])
    const [u, v] = applyTo(other, applyTo(moved, [11, 12]))
    expect([x, y]).toEqual([expect.closeTo(u, 9), expect.closeTo(v, 9)])
    expect(() => inverse({ a: 0, b: 0, dx: 1, dy: 1 })).toThrow(RangeError)
  })

  it('leave pressure alone', () => {
    expect(applyToFlat({ ...IDENTITY, dx: 2, dy: 3 }, [1, 1, 0.5, 2, 2, 0.7], 3)).toEqual([3, 4, 0.5, 4, 5, 0.7])
  })

  it('are found from points, by their weights, and never mirrored', () => {
    const from: Point[] = [
      [0, 0],
      [10, 0],
      [3, 8],
      [50, 50],
    ]
    const to = from.map((point, i) => (i === 3 ? ([0, 0] as Point) : applyTo(moved, point)))
    const found = fitSimilarity(from, to, [1, 1, 1, 0])
    expect(found?.a).toBeCloseTo(moved.a, 10)
    expect(found?.dy).toBeCloseTo(moved.dy, 9)
    const mirrored = fitSimilarity(
      from,
      from.map(([x, y]): Point => [-x, y]),
      [1, 1, 1, 1],
    )
    expect(mirrored && mirrored.a ** 2 + mirrored.b ** 2).toBeLessThan(1)
    expect(fitSimilarity([[1, 1]], [[2, 2]], [1])).toBeNull()
  })
})
