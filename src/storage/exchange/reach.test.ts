import { describe, expect, it } from 'vitest'
import { REACH_PX, withinReach } from './reach'

const line = (...xy: number[]): number[] =>
  Array.from({ length: xy.length / 2 }, (_, i) => [xy[2 * i] ?? 0, xy[2 * i + 1] ?? 0, 0.5]).flat()

describe('points of a file', () => {
  it('stay the very same array when nobody could see the difference', () => {
    const points = line(0, 0, 512, 512, -4000, 4000)
    expect(withinReach(points)).toBe(points)
  })

  it('are cut where a line leaves: what runs over the page stays where it is', () => {
    expect(withinReach([256, 256, 0, 1e6, 256, 1])).toEqual([
      256,
      256,
      0,
      REACH_PX.most,
      256,
      expect.closeTo(0.0044, 3),
      REACH_PX.most,
      256,
      1,
    ])
    // A diagonal from far to far still passes the middle of the page.
    const [x = 0, y = 0, , u = 0, v = 0] = withinReach(line(-1e6 + 256, -1e6 + 256, 1e6 + 256, 1e6 + 256)).slice(3)
    expect([x, y, u, v].map(Math.round)).toEqual([REACH_PX.least, REACH_PX.least, REACH_PX.most, REACH_PX.most])
  })

  it('go round the page when the line did, and are never extreme', () => {
    const around = withinReach(line(256, 256, 1e6, 256, 1e6, -1e6, -1e6, -1e6, -1e6, 256, 256, 256))
    const isOnPage = (i: number): boolean => [around[i] ?? 0, around[i + 1] ?? 0].every((value) => value > 0 && value < 512)
    const onPage = Array.from({ length: around.length / 3 }, (_, i) => 3 * i).filter(isOnPage)
    expect(onPage).toEqual([0, around.length - 3])
    expect(around.every((value) => value >= REACH_PX.least && value <= REACH_PX.most)).toBe(true)
  })

  it('collapse to the edge when all of it lies beyond', () => {
    expect(new Set(withinReach(line(1e6, 1e6, 2e6, 3e6)))).toEqual(new Set([REACH_PX.most, 0.5]))
  })
})
