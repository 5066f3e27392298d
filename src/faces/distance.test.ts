import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { distanceMap } from './distance'

/** A case of `pipeline/distance.py`: ink as 0–255 of a sketch, and the map. */
interface GoldenDistance {
  sizePx: number
  sketch: number[]
  map: number[]
}

const paper = (sizePx: number) => new Float32Array(sizePx * sizePx).fill(1)

describe('distanceMap', () => {
  it('is +1 everywhere on an empty page', () => {
    expect(new Set(distanceMap(paper(64), 64))).toEqual(new Set([1]))
  })

  it('grows with the distance from a line until its reach', () => {
    const sketch = paper(256)
    for (let x = 0; x < 256; x++) sketch[100 * 256 + x] = -1
    const map = distanceMap(sketch, 256)
    const at = (row: number) => map[row * 256 + 128] as number
    expect(at(100)).toBe(-1)
    expect(at(112)).toBeCloseTo(0, 5) // Half of the 24 pixels that it reaches.
    expect(at(140)).toBe(1)
  })

  it('takes a faint line for one that is farther away', () => {
    const [faint, full] = [paper(64), paper(64)]
    faint[32 * 64 + 32] = 0.2
    full[32 * 64 + 32] = -1
    const centre = 32 * 64 + 32
    expect(distanceMap(faint, 64)[centre]).toBeGreaterThan(distanceMap(full, 64)[centre] as number)
    expect(distanceMap(faint, 64)[centre]).toBeLessThan(1)
  })

  it('is what its Python twin computes', () => {
    const cases: GoldenDistance[] = JSON.parse(readFileSync(new URL('../../tests/golden/distance.json', import.meta.url), 'utf8'))
    expect(cases.length).toBeGreaterThan(1)
    for (const { sizePx, sketch, map } of cases) {
      const ours = distanceMap(
        Float32Array.from(sketch, (grey) => grey / 127.5 - 1),
        sizePx,
      )
      for (const [i, value] of map.entries()) expect(ours[i]).toBeCloseTo(value, 4)
    }
  })
})
