import { describe, expect, it } from 'vitest'
import { readToleranceChoice, resolveTolerance, storedTolerance, withTolerance } from './toleranceChoice'

const DEFAULTS = { jaw: 0.5, brows: 0.1, eyes: 0.1, nose: 0.1, mouth: 0.1, rest: 0.5 }

describe('a choice of tolerance', () => {
  it('changes only the parts that were set', () => {
    expect(resolveTolerance({}, DEFAULTS)).toEqual(DEFAULTS)
    expect(resolveTolerance({ jaw: 0 }, DEFAULTS)).toEqual({ ...DEFAULTS, jaw: 0 })
  })

  it('sets a part, keeps it within 0 and 1, and gives it back to the model', () => {
    const set = withTolerance({ eyes: 0.3 }, 'jaw', 1.2)
    expect(set).toEqual({ eyes: 0.3, jaw: 1 })
    expect(withTolerance(set, 'jaw', null)).toEqual({ eyes: 0.3 })
  })

  it('takes from stored data what has the right shape', () => {
    expect(readToleranceChoice({ jaw: 0.2, eyes: 2, nose: 'x', mouth: Number.NaN, ears: 0.5, __proto__: { rest: 1 } })).toEqual({
      jaw: 0.2,
    })
    for (const raw of [undefined, null, 3, 'jaw', []]) expect(readToleranceChoice(raw)).toEqual({})
  })

  it('takes no room in a sketch until something was chosen', () => {
    expect(storedTolerance({})).toEqual({})
    expect(storedTolerance({ jaw: 0.2 })).toEqual({ tolerance: { jaw: 0.2 } })
  })
})
