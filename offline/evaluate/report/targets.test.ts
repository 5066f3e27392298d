import { describe, expect, it } from 'vitest'
import type { StoredModel } from './evaluation'
import { figureAt, targetTable } from './targets'

const model = (id: string, figures: Record<string, unknown>): StoredModel => ({
  id,
  name: id,
  role: 'live',
  sizePx: 256,
  fingerprint: id,
  measures: Object.fromEntries(
    Object.entries(figures).map(([measure, value]) => [
      measure,
      { faces: 1, date: '', references: [], rows: [], remarks: [], figures: value },
    ]),
  ),
})

describe('figureAt', () => {
  it('follows a path and gives nothing where there is none', () => {
    const live = model('live', { local: { all: { ratioPlain: 0.1 } } })
    expect(figureAt(live, 'local', 'all.ratioPlain')).toBe(0.1)
    expect(figureAt(live, 'local', 'all.ratioHeld.x')).toBeNull()
    expect(figureAt(undefined, 'local', 'all')).toBeNull()
  })
})

describe('targetTable', () => {
  it('compares with what was aimed at, and leaves out what was not measured', () => {
    const live = model('live', {
      faithful: { generated: { error: { average: 5.2 } }, truePhotos: { error: { average: 3.1 } } },
      doodles: { pictures: 25, oneFace: 20, score: 0.8 },
    })
    expect(
      targetTable([live])
        .slice(1)
        .map(([what, , outcome]) => [what?.slice(0, 14), outcome]),
    ).toEqual([
      ['live: landmark', '**not reached**'],
      ['live: one face', 'reached'],
    ])
  })

  it('wants every part of true changes and of real contours followed', () => {
    const parts = (mouth: number, others: number) => ({ jaw: others, brows: others, nose: others, eyes: others, mouth })
    const outcomes = (mouth: number, others: number, outside = 0.5) => {
      const pairs = Object.fromEntries(Object.entries(parts(mouth, others)).map(([part, followed]) => [part, { plain: { followed } }]))
      const live = model('live', {
        truePairs: { average: { plain: { followed: (mouth + 4 * others) / 5, outside } }, parts: pairs },
        realContours: { generated: { error: { average: 3 - mouth }, followed: { parts: parts(mouth, others) } } },
      })
      return targetTable([live]).slice(1)
    }
    expect(outcomes(0.9, 0.8).map(([, , outcome]) => outcome)).toEqual(['reached', 'reached', 'reached', 'reached'])
    const [pairs, outside, error, followed] = outcomes(0.4, 0.8, 0.9)
    expect(pairs?.slice(1)).toEqual(['0.72 on average, 0.40 at least (mouth)', '**not reached**'])
    expect(outside?.slice(1)).toEqual(['0.90', '**not reached**'])
    expect(error?.slice(1)).toEqual(['2.60 %', '**not reached**'])
    expect(followed?.[1]).toContain('mouth 0.40')
    expect(followed?.[2]).toBe('**not reached**')
  })

  it('wants drawn hair where it is drawn and not elsewhere', () => {
    const outcome = (inside: number, outside: number) =>
      targetTable([
        model('live', { drawnHair: { withLines: { inside, outside }, without: { inside: 0.5, outside: 0.1 }, photo: { inside: 0.8 } } }),
      ])[1]?.[2]
    expect(outcome(0.75, 0.1)).toBe('reached')
    expect(outcome(0.65, 0.1)).toBe('**not reached**')
    expect(outcome(0.9, 0.2)).toBe('**not reached**')
  })

  it('compares ours with M1 at equal change inside', () => {
    const ablation = (id: string, ratioPlain: number) =>
      model(id, { local: { all: { ratioPlain, held: { outside: 0.4 } }, worstHeldOutside: 0.9 } })
    const [, row] = targetTable([ablation('ablation-m1', 0.4), ablation('ablation-ours', 0.1)])
    expect(row).toEqual([expect.stringContaining('ours at most half'), 'outside / inside 0.100 against 0.400: 0.25 times', 'reached'])
    const [, worse] = targetTable([ablation('ablation-m1', 0.4), ablation('ablation-ours', 0.3)])
    expect(worse?.[2]).toBe('**not reached**')
  })
})
