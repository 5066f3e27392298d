import { describe, expect, it } from 'vitest'
import { draw, normal, randomFor } from './random'
import { deviation, mean, meanOrNull, slope, standardError } from './summary'

describe('summary', () => {
  it('averages, with spread', () => {
    expect(mean([1, 2, 6])).toBe(3)
    expect(meanOrNull([])).toBeNull()
    expect(deviation([1, 3])).toBeCloseTo(Math.SQRT2, 12)
    expect(deviation([4])).toBe(0)
    expect(standardError([1, 3, 1, 3])).toBeCloseTo(Math.sqrt(4 / 3) / 2, 12)
  })

  it('gives the slope of a line through noise-free points and none without spread', () => {
    expect(
      slope([
        [0, 1],
        [1, 3],
        [2, 5],
      ]),
    ).toBeCloseTo(2, 12)
    expect(
      slope([
        [1, 1],
        [1, 3],
      ]),
    ).toBeNull()
  })
})

describe('random', () => {
  it('depends on its text alone', () => {
    expect(randomFor('010020 jaw')()).toBe(randomFor('010020 jaw')())
    expect(randomFor('010020 jaw')()).not.toBe(randomFor('010040 jaw')())
  })

  it('is normal and draws without repetition', () => {
    const random = randomFor('x')
    const values = Array.from({ length: 4000 }, () => normal(random))
    expect(mean(values)).toBeCloseTo(0, 1)
    expect(deviation(values)).toBeCloseTo(1, 1)
    const drawn = draw([1, 2, 3, 4, 5], 3, random)
    expect(new Set(drawn).size).toBe(3)
    expect(draw([1, 2], 9, random).sort()).toEqual([1, 2])
  })
})
