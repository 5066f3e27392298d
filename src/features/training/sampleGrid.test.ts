import { expect, it } from 'vitest'
import { answerOf, type SampleRow, tablesOf } from './sampleGrid'

const row = (...names: string[]): SampleRow =>
  Object.fromEntries(names.map((name) => [name, { mime: 'image/webp', bytes: new TextEncoder().encode(name) }]))

it('pairs stand in one table, what was made beside what was wanted', () => {
  const rows = [row('real_A', 'fake_B', 'real_B'), row('real_A', 'fake_B', 'real_B')]
  const [table, ...others] = tablesOf(rows)
  expect(others).toEqual([])
  expect(table?.columns).toEqual(['real_A', 'fake_B', 'real_B'])
  expect(table?.rows.map(({ place }) => place)).toEqual([0, 1])
})

it('unpaired pictures stand in two, a direction each, and keep their places', () => {
  const rows = [
    row('real_A', 'fake_B', 'rec_A', 'same_A'),
    row('real_B', 'fake_A', 'rec_B', 'same_B'),
    row('real_A', 'fake_B', 'rec_A', 'same_A'),
  ]
  const tables = tablesOf(rows)
  expect(tables.map(({ columns }) => columns)).toEqual([
    ['real_A', 'fake_B', 'rec_A', 'same_A'],
    ['real_B', 'fake_A', 'rec_B', 'same_B'],
  ])
  expect(tables.map((table) => table.rows.map(({ place }) => place))).toEqual([[0, 2], [1]])
  expect(new TextDecoder().decode(answerOf(rows[1])?.bytes)).toBe('fake_A')
  expect(tablesOf([])).toEqual([])
})
