import { describe, expect, it } from 'vitest'
import type { LayerSpread } from '../../src/lab/spread'
import type { MeasuredModel } from './measure'
import { EYE_LEFT_ALONE, labReport, statements } from './report'
import { editReport } from './reportEdits'

const IDS = [...EYE_LEFT_ALONE, 'eyeShape']

const EDITS = {
  plain: [
    { moved: [1, 1, 1, 1, 1], inside: 14, outside: 6 },
    { moved: [0.5, 1, 1, 1, 1], inside: 4, outside: 2 },
  ],
  held: [
    { moved: [0.1, 0.2, 0.3, 0.4, 0.5], inside: 12, outside: 5 },
    { moved: [0.3, 0.2, 0.3, 0.4, 0.5], inside: 2, outside: 1 },
  ],
}

function layer(within: number, between: number): LayerSpread {
  const groups = IDS.map((_, i) => ({ count: 5, distinct: within === 0 && i < EYE_LEFT_ALONE.length ? 1 : 5, zeros: 0, within }))
  return { groups, within, between }
}

function model(withins: readonly number[], betweens: readonly number[]): MeasuredModel {
  const spreads = withins.map((within, i) => layer(within, betweens[i] ?? 0))
  return { id: 'a', name: 'A', sizePx: 128, seconds: 1, spreads, together: { 'nose, mouthOtherEyes': [1, 1, 9, 9, 9] }, edits: EDITS }
}

describe('the report', () => {
  it('says of each statement what was found, and that it holds', () => {
    const [, , equal, , grows, shrinks] = statements([model([0, 0, 0.01, 0.02, 0.03], [0.5, 0.4, 0.3, 0.2, 0.1])], IDS)
    expect(equal).toContain('8 and 8 of 8 groups | holds')
    expect(grows).toContain('1.0 → 2.0 → 3.0 | holds')
    expect(shrinks).toContain('50.0 → 40.0 → 30.0 → 20.0 → 10.0 | holds')
  })

  it('and that it does not', () => {
    const [, , equal, , grows, shrinks] = statements([model([0, 0.1, 0.02, 0.01, 0.03], [0.5, 0.4, 0.45, 0.2, 0.1])], IDS)
    expect(equal).toContain('8 and 0 of 8 groups | **does not hold**')
    expect(grows).toContain('**does not hold**')
    expect(shrinks).toContain('**does not hold**')
  })

  it('judges nothing by a layer that is zero', () => {
    const zero = model([0, 0, 0, 0.02, 0.03], [0.5, 0.4, 0.3, 0.2, 0.1])
    const spreads = zero.spreads.map((one, i) => (i === 2 ? { ...one, groups: one.groups.map((group) => ({ ...group, zeros: 5 })) } : one))
    const [, , , , grows] = statements([{ ...zero, spreads }], IDS)
    expect(grows).toContain('cannot be judged')
    expect(labReport([{ ...zero, spreads }], IDS)).toContain('In L2 of A 45 of 45 vectors are zero')
  })

  it('has a table in which equal vectors show', () => {
    const text = labReport([model([0, 0, 0.01, 0.02, 0.03], [0.5, 0.4, 0.3, 0.2, 0.1])], IDS)
    expect(text).toContain('| hair | = | = | 1.0 | 2.0 | 3.0 |')
    expect(text).toContain('| between | 50.0 | 40.0 | 30.0 | 20.0 | 10.0 |')
  })

  it('has the edit that the lab opens with, the mean of all, and what becomes of the face', () => {
    const lines = editReport([
      { ...model([], []), id: 'ablation-m1', name: 'M1' },
      { ...model([], []), id: 'ablation-ours', name: 'Ours' },
    ])
    expect(lines).toContain('| Ours | held | 10.0 | 20.0 | 30.0 | 40.0 | 50.0 | 20.0 | 20.0 | 30.0 | 40.0 | 50.0 |')
    expect(lines).toContain('| M1 | as they are | 14.00 | 6.00 | 9.00 | 4.00 |')
    expect(lines.at(-2)).toContain('4.00 against 4.00, which **does not hold**')
    expect(lines.at(-1)).toContain('3.00 against 4.00, which holds')
  })
})
