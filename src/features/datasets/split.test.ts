import { describe, expect, it } from 'vitest'
import { mulberry32 } from '../../shared/rng'
import { neededBytes, shortageOf } from './space'
import { chooseHeldOut, countOf } from './split'

const picture = { mime: 'image/png', bytes: new Uint8Array(1) } as const
const entries = (count: number, a: boolean, b: boolean) =>
  Array.from({ length: count }, (_, i) => ({ id: `${a} ${b} ${i}`, a: a ? picture : null, b: b ? picture : null }))

describe('what is held out', () => {
  it('is the share of each heap, at least one and never all', () => {
    expect([countOf(20, 0.15), countOf(3, 0.05), countOf(2, 0.9), countOf(1, 0.5), countOf(10, 0), countOf(0, 0.2)]).toEqual([
      3, 1, 1, 0, 0, 0,
    ])
    const chosen = [...chooseHeldOut([...entries(10, true, false), ...entries(4, false, true)], 0.2, mulberry32(1))]
    expect(chosen.filter((id) => id.startsWith('true'))).toHaveLength(2)
    expect(chosen.filter((id) => id.startsWith('false'))).toHaveLength(1)
  })

  it('is drawn at random, the same for the same numbers', () => {
    const pairs = entries(30, true, true)
    const draw = (seed: number) => [...chooseHeldOut(pairs, 0.2, mulberry32(seed))]
    expect(draw(1)).toEqual(draw(1))
    expect(draw(1)).not.toEqual(draw(2))
    expect(new Set(draw(1)).size).toBe(6)
  })
})

describe('space', () => {
  it('is asked for before anything is read: a tenth of what is free is left', () => {
    const need = neededBytes(100, 200)
    expect(need).toBeGreaterThan(20e6)
    expect(shortageOf(need, { usedBytes: 0, quotaBytes: 2 * need })).toBeNull()
    expect(shortageOf(need, { usedBytes: need, quotaBytes: 2.05 * need })).toEqual({
      needBytes: need,
      freeBytes: expect.closeTo(0.945 * need, -3),
    })
    expect(shortageOf(need, { usedBytes: 5, quotaBytes: 1 })).toEqual({ needBytes: need, freeBytes: 0 })
    expect(shortageOf(need, null)).toBeNull()
  })
})
