import { describe, expect, it } from 'vitest'
import { layerSpread } from './spread'

const v = (...values: number[]) => Float32Array.from(values)

describe('spread', () => {
  it('is measured in mean lengths, by hand', () => {
    // Lengths 3, 5, 4, 4 (mean 4); means (4, 0) and (0, 4); distances from them 1 and 0.
    const { groups, within, between } = layerSpread([
      [v(3, 0), v(5, 0)],
      [v(0, 4), v(0, 4)],
    ])
    expect(groups.map((group) => group.within)).toEqual([0.25, 0])
    expect(groups.map(({ distinct }) => distinct)).toEqual([2, 1])
    expect(within).toBeCloseTo(0.125)
    expect(between).toBeCloseTo(Math.sqrt(32) / 4)
  })

  it('of equal vectors is nothing, however their mean is rounded', () => {
    expect(layerSpread([Array.from({ length: 7 }, () => v(0.1, 0.7))]).groups[0]).toEqual({ count: 7, distinct: 1, zeros: 0, within: 0 })
  })

  it('says nothing of what there is too little of', () => {
    const { groups, within, between } = layerSpread([[], [v(1, 2)]])
    expect(groups.map((group) => group.within)).toEqual([null, null])
    expect([within, between]).toEqual([null, null])
    expect(layerSpread([])).toEqual({ groups: [], within: null, between: null })
    expect(layerSpread([[v(0, 0), v(0, 0), v(1, 0)]]).groups[0]?.zeros).toBe(2)
    expect(layerSpread([[v(0, 0), v(0, 0)], [v(0, 0)]])).toMatchObject({ within: 0, between: 0 })
  })
})
