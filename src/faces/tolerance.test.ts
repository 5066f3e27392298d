import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { MEAN_LANDMARKS } from './meanFace'
import { TOLERANCE_PARTS, type Tolerance, type TolerancePart, toleranceMap, toleranceOf, toleranceVector } from './tolerance'

/** A case of `pipeline/golden.py`. */
interface GoldenMap {
  sizePx: number
  tolerance: number[]
  map: number[]
}

const SIZE = 64
const all = (value: number): Tolerance => toleranceOf(TOLERANCE_PARTS.map(() => value))
const only = (part: TolerancePart): Tolerance => ({ ...all(0), [part]: 1 })
/** The map's value at a landmark of the mean face. */
function atLandmark(map: Float32Array, landmark: number): number {
  const [x, y] = MEAN_LANDMARKS[landmark] as readonly [number, number]
  return map[Math.floor(y * SIZE) * SIZE + Math.floor(x * SIZE)] as number
}

describe('toleranceMap', () => {
  it('is 0 where every line is meant exactly and 1 where all are loose', () => {
    for (const value of [0, 0.3, 1]) {
      const map = toleranceMap(all(value), SIZE)
      expect(map).toHaveLength(SIZE * SIZE)
      for (const level of map) expect(level).toBeCloseTo(value, 6)
    }
  })

  it.each([
    ['jaw', 8],
    ['brows', 19],
    ['eyes', 38],
    ['nose', 30],
    ['mouth', 57],
  ] as const)('loosens the %s at its own landmarks more than at any other part', (part, landmark) => {
    const map = toleranceMap(only(part), SIZE)
    const own = atLandmark(map, landmark)
    expect(own).toBeGreaterThan(0.5)
    for (const [other, place] of [
      ['jaw', 8],
      ['brows', 19],
      ['eyes', 38],
      ['nose', 30],
      ['mouth', 57],
    ] as const) {
      if (other !== part) expect(atLandmark(map, place), other).toBeLessThan(own)
    }
    expect(map[0]).toBeLessThan(0.05)
  })

  it('gives the corners to the rest', () => {
    const map = toleranceMap(only('rest'), SIZE)
    expect(map[0]).toBeGreaterThan(0.95)
    expect(atLandmark(map, 30)).toBeLessThan(0.05)
  })

  it('is linear in the six values', () => {
    const tolerance = toleranceOf([0.5, 0.1, 0.2, 0.3, 0.9, 0.7])
    const sum = new Float32Array(SIZE * SIZE)
    for (const part of TOLERANCE_PARTS) {
      for (const [i, level] of toleranceMap(only(part), SIZE).entries()) sum[i] = (sum[i] as number) + tolerance[part] * level
    }
    for (const [i, level] of toleranceMap(tolerance, SIZE).entries()) expect(level).toBeCloseTo(sum[i] as number, 5)
  })

  it('keeps the order of its parts', () => {
    const values = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6]
    expect(toleranceVector(toleranceOf(values))).toEqual(values)
    expect(toleranceOf(values)).toEqual({ jaw: 0.1, brows: 0.2, eyes: 0.3, nose: 0.4, mouth: 0.5, rest: 0.6 })
  })

  it('equals the map of the Python twin', () => {
    const cases = JSON.parse(readFileSync(new URL('../../tests/golden/tolerance.json', import.meta.url), 'utf8')) as GoldenMap[]
    expect(cases.length).toBeGreaterThan(1)
    for (const { sizePx, tolerance, map } of cases) {
      const own = toleranceMap(toleranceOf(tolerance), sizePx)
      expect(own).toHaveLength(map.length)
      for (const [i, level] of map.entries()) expect(Math.abs(level - (own[i] as number))).toBeLessThan(1e-5)
    }
  })
})
