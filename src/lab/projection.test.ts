import { describe, expect, it } from 'vitest'
import { mulberry32 } from '../shared/rng'
import { project } from './projection'
import type { Projection, ProjectionMethod } from './projectionTypes'
import { joinVectors, type Vector } from './vectors'

const v = (...values: number[]) => Float32Array.from(values)

function run(method: ProjectionMethod, vectors: readonly Vector[], seed = 1): Projection[] {
  return [...project({ method, vectors: joinVectors(vectors), length: vectors[0]?.length ?? 0, seed })]
}

const placesOf = (projections: readonly Projection[]): number[][] => {
  const flat = [...(projections.at(-1)?.places ?? [])]
  return flat.flatMap((x, i) => (i % 2 === 0 ? [[x, flat[i + 1] as number]] : []))
}

/** Three clouds far apart in eight dimensions. */
function clouds(count: number): Vector[] {
  const random = mulberry32(3)
  return Array.from({ length: 3 * count }, (_, i) =>
    Float32Array.from({ length: 8 }, (_, k) => (k === Math.floor(i / count) ? 10 : 0) + random()),
  )
}

describe('principal components', () => {
  it('are known for points on a line and a little beside it', () => {
    const vectors = [v(-3, -3, 1), v(3, 3, 1), v(-1, 1, 1), v(1, -1, 1)]
    const [result] = run('pca', vectors)
    expect(result?.variance?.[0]).toBeCloseTo(36 / 40)
    expect(result?.variance?.[1]).toBeCloseTo(4 / 40)
    const places = placesOf([result as Projection])
    expect(places.map(([x = 0]) => Math.abs(x))).toEqual([
      expect.closeTo(Math.sqrt(18)),
      expect.closeTo(Math.sqrt(18)),
      expect.closeTo(0),
      expect.closeTo(0),
    ])
  })

  it('work for more dimensions than vectors', () => {
    const places = placesOf(run('pca', [v(1, 0, 0, 0, 0), v(0, 1, 0, 0, 0)]))
    expect(Math.abs((places[0]?.[0] ?? 0) - (places[1]?.[0] ?? 0))).toBeCloseTo(Math.SQRT2)
  })
})

describe('t-SNE', () => {
  it('keeps clouds apart, and is the same for the same seed', () => {
    const vectors = clouds(20)
    const places = placesOf(run('tsne', vectors))
    const centre = (cloud: number) =>
      [0, 1].map((axis) => places.slice(20 * cloud, 20 * cloud + 20).reduce((sum, place) => sum + (place[axis] ?? 0) / 20, 0))
    const wrong = places.filter(([x = 0, y = 0], i) => {
      const distances = [0, 1, 2].map((cloud) => Math.hypot(x - (centre(cloud)[0] ?? 0), y - (centre(cloud)[1] ?? 0)))
      return distances.indexOf(Math.min(...distances)) !== Math.floor(i / 20)
    })
    expect(wrong).toEqual([])
    expect(placesOf(run('tsne', vectors))).toEqual(places)
    expect(placesOf(run('tsne', vectors, 2))).not.toEqual(places)
  })

  it('shows how it comes about, and ends', () => {
    const fractions = run('tsne', clouds(4)).map(({ fraction }) => fraction)
    expect(fractions.length).toBeGreaterThan(10)
    expect(fractions.at(-1)).toBe(1)
  })

  it('lays equal vectors on one place', () => {
    const places = placesOf(run('tsne', [...clouds(3), ...clouds(3)]))
    expect(places.slice(0, 9)).toEqual(places.slice(9))
  })
})

describe.each(['pca', 'tsne'] as const)('%s of very little', (method) => {
  it.each([
    ['nothing', []],
    ['one vector', [v(1, 2)]],
    ['two', [v(1, 2), v(2, 1)]],
    ['equal ones', Array.from({ length: 9 }, () => v(1, 2, 3))],
  ])('gives finite places for %s', (_, vectors) => {
    const places = placesOf(run(method, vectors))
    expect(places).toHaveLength(vectors.length)
    expect(places.flat().every(Number.isFinite)).toBe(true)
  })
})
