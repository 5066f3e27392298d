import { expect, it } from 'vitest'
import type { Stroke } from '../../../editor/document'
import { appendedFrom } from './committedInk'

const stroke = (id: string): Stroke => ({ id, part: 'hair', partIsChosen: false, widthPx: 2, usesPressure: false, points: [0, 0, 0.5] })
const [a, b, c] = [stroke('a'), stroke('b'), stroke('c')]

it('knows strokes that were only added from everything else', () => {
  expect(appendedFrom([a, b], [a, b, c])).toBe(2)
  expect(appendedFrom([], [a])).toBe(0)
  expect(appendedFrom([a, b], [a, b])).toBe(2)
  expect(appendedFrom([a, b], [a])).toBeNull()
  expect(appendedFrom([a, b], [a, { ...b }, c])).toBeNull()
  expect(appendedFrom([a, b], [b, a, c])).toBeNull()
})
