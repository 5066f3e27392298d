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

  it('compares ours with M1 at equal change inside', () => {
    const ablation = (id: string, ratioPlain: number) =>
      model(id, { local: { all: { ratioPlain, held: { outside: 0.4 } }, worstHeldOutside: 0.9 } })
    const [, row] = targetTable([ablation('ablation-m1', 0.4), ablation('ablation-ours', 0.1)])
    expect(row).toEqual([expect.stringContaining('ours at most half'), 'outside / inside 0.100 against 0.400: 0.25 times', 'reached'])
    const [, worse] = targetTable([ablation('ablation-m1', 0.4), ablation('ablation-ours', 0.3)])
    expect(worse?.[2]).toBe('**not reached**')
  })
})
