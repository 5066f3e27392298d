import { describe, expect, it } from 'vitest'
import { NO_OFFSETS } from '../../../src/faces/calibration'
import type { Landmarks68 } from '../../../src/faces/landmarks'
import { parseLandmark68 } from '../../../src/faces/landmarks'
import meanFace from '../../../src/faces/meanFace.json'
import { judge } from './faithful'

const mean = parseLandmark68(meanFace, 'mean face')
/** Five people: the mean face, its mouth and jaw lowered step by step. */
const people: Landmarks68[] = [0, 1, 2, 3, 4].map((step) => mean.map(([x, y]) => [x, y > 0.6 ? y + 0.01 * step : y] as const))

describe('judge', () => {
  it('has nothing to say against a generator that draws what was drawn', () => {
    const { found, error, followed } = judge(people, people, NO_OFFSETS)
    expect(found).toBe(5)
    expect(error?.average).toBeCloseTo(0, 10)
    expect(followed?.all).toBeCloseTo(1, 10)
    expect(followed?.parts.mouth).toBeCloseTo(1, 10)
  })

  it('sees through a generator that always gives the mean face', () => {
    const { error, followed } = judge(
      people,
      people.map(() => mean),
      NO_OFFSETS,
    )
    expect(error?.average).toBeGreaterThan(1)
    expect(error?.parts.eyes).toBeCloseTo(0, 10)
    expect(followed?.all).toBeCloseTo(0, 10)
  })

  it('counts the faces that were not found and judges the others', () => {
    const { pictures, found, error } = judge(people, [null, ...people.slice(1)], NO_OFFSETS)
    expect([pictures, found, error?.faces]).toEqual([5, 4, 4])
    const none = judge(
      people,
      people.map(() => null),
      NO_OFFSETS,
    )
    expect([none.found, none.error, none.followed, none.uncalibrated]).toEqual([0, null, null, null])
  })
})
