import { describe, expect, it } from 'vitest'
import { mulberry32 } from '../../../src/shared/rng'
import { frechetDistance, project, projectionOf } from './frechet'
import { normal } from './random'

const random = mulberry32(5)
const cloud = (count: number, centre: readonly number[], spread: readonly number[]) =>
  Array.from({ length: count }, () => Float64Array.from(centre, (c, i) => c + (spread[i] ?? 0) * normal(random)))

describe('frechetDistance', () => {
  it('is 0 for the same set and the squared shift for a shifted one', () => {
    const set = cloud(40, [0, 0, 0], [1, 2, 0.5])
    expect(frechetDistance(set, set)).toBeCloseTo(0, 8)
    const shifted = set.map((row) => Float64Array.from([(row[0] ?? 0) + 3, (row[1] ?? 0) - 4, row[2] ?? 0]))
    expect(frechetDistance(set, shifted)).toBeCloseTo(25, 8)
  })

  it('sees another spread: (σ₁ − σ₂)² an axis', () => {
    const set = cloud(4000, [0, 0], [1, 1])
    const wider = set.map((row) => Float64Array.from([3 * (row[0] ?? 0), row[1] ?? 0]))
    expect(frechetDistance(set, wider)).toBeCloseTo(4, 0)
    expect(frechetDistance(wider, set)).toBeCloseTo(frechetDistance(set, wider), 6)
  })

  it('survives a set that does not fill its dimensions', () => {
    const flat = [1, 2, 3].map((x) => Float64Array.from([x, 0, 0]))
    expect(frechetDistance(flat, flat)).toBeCloseTo(0, 8)
  })
})

describe('projectionOf', () => {
  it('finds the axes that vary and gives every layer the same say', () => {
    // Two layers of two features; in each, one feature varies. The second layer's numbers are a hundred times larger.
    const samples = cloud(300, [5, 5, 500, 500], [1, 0.01, 1, 100])
    const projection = projectionOf(samples, [2, 2], 2)
    expect(projection.explained).toBeGreaterThan(0.99)
    const step = (index: number, by: number) => {
      const from = [5, 5, 500, 500]
      const to = from.map((x, i) => (i === index ? x + by : x))
      const [a, b] = [project(projection, from), project(projection, to)]
      return Math.hypot(...a.map((x, i) => x - (b[i] ?? 0)))
    }
    expect(step(0, 1)).toBeCloseTo(1, 0)
    expect(step(3, 100)).toBeCloseTo(1, 0)
    expect(step(1, 0.01)).toBeLessThan(0.1)
  })
})
