import { describe, expect, it } from 'vitest'
import type { StoredModel } from './evaluation'
import { formatTable, markdownTable, tableOf } from './table'

const model = (id: string, measures: StoredModel['measures']): StoredModel => ({
  id,
  name: id,
  role: 'live',
  sizePx: 256,
  fingerprint: id,
  measures,
})
const measure = (...rows: [label: string, value: string, reference: string][]) => ({
  faces: 1,
  date: '2026-01-01',
  references: ['true photo'],
  rows: rows.map(([label, value, reference]) => ({ label, value, references: [reference] })),
  remarks: [],
  figures: null,
})

describe('tableOf', () => {
  it('puts models side by side, rows by label, and what true photos give last', () => {
    const models = [
      model('live', { faithful: measure(['error', '3.1', ''], ['only live', '1', '2']) }),
      model('fine', { faithful: measure(['error', '2.9', '3.0']) }),
      model('other', {}),
    ]
    expect(tableOf('faithful', models)).toEqual([
      ['', 'live', 'fine', 'other', 'true photo'],
      ['error', '3.1', '2.9', '–', '3.0'],
      ['only live', '1', '–', '–', '2'],
    ])
  })
})

describe('formatTable', () => {
  it('aligns names left and figures right under a ruled header', () => {
    const lines = formatTable([
      ['', 'a', 'photos'],
      ['average', '3.10', '12.00'],
    ]).split('\n')
    expect(lines).toEqual(['             a   photos', '-----------------------', 'average   3.10    12.00'])
  })
})

describe('markdownTable', () => {
  it('keeps a bar in a cell from breaking the row', () => {
    expect(
      markdownTable([
        ['', 'a'],
        ['x|y', '1'],
      ]),
    ).toBe('|  | a |\n| --- | ---: |\n| x\\|y | 1 |')
  })
})
