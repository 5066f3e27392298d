import { describe, expect, it } from 'vitest'
import { type DrawingGroup, drawingBitmap, readDrawings, writeDrawings } from './drawingSet'

const GROUPS: DrawingGroup[] = [
  {
    id: 'a',
    drawings: [
      [[10, 10, 90, 10]],
      [
        [10, 10, 90, 10],
        [5, 5],
      ],
    ],
  },
  { id: 'b', drawings: [] },
]

describe('the drawings’ file', () => {
  it('keeps a line once, and gives back what was written', () => {
    const file = writeDrawings(GROUPS)
    expect(file.lines).toHaveLength(2)
    expect(readDrawings(JSON.parse(JSON.stringify(file)))).toEqual(GROUPS)
  })

  it.each([
    ['another version', { version: 2, lines: [], groups: [] }, '"version" must be 1'],
    ['a number that is none', { version: 1, lines: [[1, 'x']], groups: [] }, '"lines[0][1]" must be a number'],
    ['a line that is not there', { version: 1, lines: [], groups: [{ id: 'a', drawings: [[0]] }] }, 'places of lines that are there'],
    ['no object', 'hello', '"file" must be'],
  ])('is refused with %s', (_, value, message) => {
    expect(() => readDrawings(value)).toThrow(message)
  })
})

it('a drawing is two pixels of ink at 512', () => {
  const bitmap = drawingBitmap([[100, 256, 400, 256]], 512)
  const column = Array.from({ length: 6 }, (_, i) => bitmap[(253 + i) * 512 + 200])
  expect(column).toEqual([255, 255, 0, 0, 255, 255])
})
