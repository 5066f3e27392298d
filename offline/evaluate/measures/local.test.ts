import { describe, expect, it } from 'vitest'
import { MEAN_LANDMARKS } from '../../../src/faces/meanFace'
import { exchange, local, pairsOf } from './local'
import { paintedSubject, person } from './testSubject'

describe('exchange', () => {
  it('takes one part from the other face', () => {
    const other = MEAN_LANDMARKS.map(([x, y]) => [x + 0.01, y] as const)
    const mixed = exchange(MEAN_LANDMARKS, other, 'nose')
    expect(mixed.slice(27, 36)).toEqual(other.slice(27, 36))
    expect([...mixed.slice(0, 27), ...mixed.slice(36)]).toEqual([...MEAN_LANDMARKS.slice(0, 27), ...MEAN_LANDMARKS.slice(36)])
  })
})

describe('pairsOf', () => {
  it('never pairs a face with itself, nor the same two twice in a row', () => {
    const pairs = pairsOf([1, 2, 3, 4, 5, 6, 7, 8], 20)
    expect(pairs).toHaveLength(20)
    expect(pairs.every(([a, b]) => a !== b)).toBe(true)
    expect(new Set(pairs.map((pair) => pair.join())).size).toBe(20)
    expect(pairsOf([1], 20)).toEqual([])
  })
})

describe('local', () => {
  it('finds all change inside for a source that paints its lines', async () => {
    const { figures } = await local.run(paintedSubject([person(0), person(0.02)]))
    const { all, pairs } = figures as { pairs: number; all: { plain: { inside: number; outside: number }; ratioPlain: number } }
    expect(pairs).toBe(20)
    expect(all.plain.inside).toBeGreaterThan(1)
    expect(all.plain.outside).toBeLessThan(0.05 * all.plain.inside)
    expect(all.ratioPlain).toBeCloseTo(all.plain.outside / all.plain.inside, 10)
  })

  it('finds change outside for a source that answers a line with the whole picture', async () => {
    const subject = paintedSubject([person(0), person(0.02)], { spills: true })
    const { figures } = await local.run(subject)
    const { all } = figures as { all: { plain: { outside: number }; held: { outside: number }; ratioPlain: number } }
    expect(all.plain.outside).toBeGreaterThan(1)
    expect(all.held.outside).toBeLessThan(0.1 * all.plain.outside) // its statistics are the base face's
  })
})
