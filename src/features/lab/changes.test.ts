import { expect, it } from 'vitest'
import { changeImage, movedShare } from './changes'

it('a map of change is clear where nothing moved, and shows the least change', () => {
  const alpha = (values: number[]) => [...changeImage(values)].filter((_, i) => i % 4 === 3)
  expect(alpha([0, 1e-9, 0.125, 0.5, 7])).toEqual([0, 10, 128, 255, 255])
})

it('tells the share of places that moved', () => {
  expect(movedShare([0, 0, 1e-9, 2])).toBe(0.5)
  expect(movedShare([])).toBe(0)
})
