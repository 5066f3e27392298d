import { describe, expect, it } from 'vitest'
import { boundsOf, distanceToPolyline, polylineLength } from '../shared/polyline'
import { mulberry32 } from '../shared/rng'
import { shapeStroke, simplifyStroke } from './strokeShape'

/** A circle of `count` points with noise. */
function circle(radius: number, noise = 0, count = 120): number[] {
  const random = mulberry32(11)
  return Array.from({ length: count + 1 }, (_, i) => {
    const angle = (2 * Math.PI * i) / count
    const r = radius + noise * (random() - 0.5)
    return [256 + r * Math.cos(angle), 256 + r * Math.sin(angle), 0.5]
  }).flat()
}

/** Sum of all turns, in radians: 2π for a smooth circle, more for a wobbly one. */
function totalTurn(points: readonly number[]): number {
  let sum = 0
  for (let i = 3; i + 5 < points.length; i += 3) {
    const [ax = 0, ay = 0, , bx = 0, by = 0, , cx = 0, cy = 0] = points.slice(i - 3, i + 6)
    sum += Math.abs(Math.atan2((bx - ax) * (cy - by) - (by - ay) * (cx - bx), (bx - ax) * (cx - bx) + (by - ay) * (cy - by)))
  }
  return sum
}

describe('shaping a drawn stroke', () => {
  it('takes the wobble out and keeps the size', () => {
    const wobbly = circle(60, 4)
    const smooth = shapeStroke(wobbly, 0.6)
    expect(totalTurn(smooth)).toBeLessThan(totalTurn(wobbly) / 3)
    const { left, right } = boundsOf(smooth, 3)
    expect(Math.abs(right - left - 120)).toBeLessThan(2.5)
  })

  it('hardly shrinks a small circle', () => {
    const { left, right } = boundsOf(shapeStroke(circle(9, 0, 40), 0.4), 3)
    expect(right - left).toBeGreaterThan(17)
  })

  it('keeps ends and a meant corner where they are', () => {
    const corner = Array.from({ length: 101 }, (_, i) => (i <= 50 ? [100 + 2 * i, 100, 0.5] : [200, 100 + 2 * (i - 50), 0.5])).flat()
    const shaped = shapeStroke(corner, 0.8)
    expect(shaped.slice(0, 2)).toEqual([100, 100])
    expect(shaped.slice(-3, -1)).toEqual([200, 200])
    expect(distanceToPolyline(shaped, 3, 200, 100)).toBeLessThan(1)
  })

  it('holds few points: a straight line two, a curve enough for a quarter of a pixel', () => {
    const line = Array.from({ length: 200 }, (_, i) => [i, 100, 0.5]).flat()
    expect(shapeStroke(line, 0.5)).toEqual([0, 100, 0.5, 199, 100, 0.5])
    const round = circle(100, 0, 400)
    const shaped = shapeStroke(round, 0.3)
    expect(shaped.length / 3).toBeLessThan(70)
    for (let i = 0; i < round.length; i += 3) expect(distanceToPolyline(shaped, 3, round[i] ?? 0, round[i + 1] ?? 0)).toBeLessThan(0.6)
  })

  it('keeps pressure that rises and falls along a straight line', () => {
    const line = Array.from({ length: 101 }, (_, i) => [100 + i, 100, 1 - Math.abs(i - 50) / 50]).flat()
    const simple = simplifyStroke(line)
    expect(simple).toEqual([100, 100, 0, 150, 100, 1, 200, 100, 0])
  })

  it('makes a dot of a tremble on the spot', () => {
    expect(shapeStroke([10, 10, 0.5, 10.3, 10.2, 0.6], 0.5)).toEqual([10, 10, 0.5])
  })

  it('copes with a very long scribble', () => {
    const random = mulberry32(5)
    const scribble = Array.from({ length: 6000 }, () => [random() * 512, random() * 512, random()]).flat()
    const shaped = shapeStroke(scribble.slice(0, 3000), 0.5)
    expect(shaped.every(Number.isFinite)).toBe(true)
    expect(polylineLength(simplifyStroke(scribble), 3)).toBeGreaterThan(1000)
  })
})
