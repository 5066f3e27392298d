import { describe, expect, it } from 'vitest'
import { distanceToPolyline, polylineLength } from '../shared/polyline'
import { mulberry32 } from '../shared/rng'
import { cutByDisc } from './cutStroke'

describe('cutting a disc out of a line', () => {
  it('leaves a line alone that it does not touch', () => {
    expect(cutByDisc([0, 0, 0.5, 100, 0, 0.5], 50, 11, 10)).toBeNull()
    expect(cutByDisc([0, 0, 0.5, 100, 0, 0.5], 120, 0, 10)).toBeNull()
  })

  it('cuts exactly at the circle', () => {
    const pieces = cutByDisc([0, 0, 0, 100, 0, 1], 50, 6, 10)
    expect(pieces?.map((piece) => piece.map((value) => Math.round(value * 1e9) / 1e9))).toEqual([
      [0, 0, 0, 42, 0, 0.42],
      [58, 0, 0.58, 100, 0, 1],
    ])
  })

  it('removes a line that lies inside, and crumbs', () => {
    expect(cutByDisc([49, 0, 0.5, 51, 0, 0.5], 50, 0, 10)).toEqual([])
    expect(cutByDisc([39.5, 0, 0.5, 51, 0, 0.5], 50, 0, 10)).toEqual([])
  })

  it('on random lines, keeps no ink inside and loses none outside', () => {
    const random = mulberry32(21)
    for (let n = 0; n < 200; n++) {
      const line = Array.from({ length: 2 + Math.floor(random() * 12) }, () => [random() * 100, random() * 100, random()]).flat()
      const [x, y, radius] = [random() * 100, random() * 100, 2 + 20 * random()]
      const pieces = cutByDisc(line, x, y, radius) ?? [line]
      for (const piece of pieces) expect(distanceToPolyline(piece, 3, x, y)).toBeGreaterThan(radius - 1e-6)
      const kept = pieces.reduce((sum, piece) => sum + polylineLength(piece, 3), 0)
      expect(Math.abs(kept - lengthOutside(line, x, y, radius))).toBeLessThan(2)
    }
  })
})

/** By brute force: how much of the line lies outside the disc. */
function lengthOutside(line: readonly number[], x: number, y: number, radius: number): number {
  let length = 0
  for (let i = 0; i + 5 < line.length; i += 3) {
    const [ax = 0, ay = 0, , bx = 0, by = 0] = line.slice(i, i + 5)
    const steps = 4000
    for (let n = 0; n < steps; n++) {
      const t = (n + 0.5) / steps
      if (Math.hypot(ax + t * (bx - ax) - x, ay + t * (by - ay) - y) > radius) length += Math.hypot(bx - ax, by - ay) / steps
    }
  }
  return length
}
