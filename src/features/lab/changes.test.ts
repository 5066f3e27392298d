import { expect, it } from 'vitest'
import { activityImage, changeImage, channelMoves, normShift } from './changes'

it('a map of change is clear where nothing moved, and shows the least change', () => {
  const alpha = (values: number[]) => [...changeImage(values)].filter((_, i) => i % 4 === 3)
  expect(alpha([0, 1e-9, 0.125, 0.5, 7])).toEqual([0, 10, 128, 255, 255])
})

it('tells how far a norm’s measures move in deviations, silent channels aside', () => {
  const measures = (mean: number[], deviation: number[]) => ({ mean: Float32Array.from(mean), deviation: Float32Array.from(deviation) })
  const layer = (before: ReturnType<typeof measures>, after: ReturnType<typeof measures>) => ({
    px: 1,
    change: Float32Array.of(0),
    norm: { before, after },
  })
  expect(normShift(layer(measures([1, 2, 5], [2, 4, 0]), measures([1, 4, 9], [3, 4, 0])))).toBeCloseTo((0.25 + 0.25) / 2)
  expect(normShift(layer(measures([1], [0]), measures([2], [0])))).toBe(0)
  expect(normShift({ px: 1, change: Float32Array.of(0), norm: null })).toBeNull()
})

it('a channel is ink on paper, dark where it is strong, and moves in shares of its strongest value', () => {
  expect([...activityImage([0, 2, 4], 4)].filter((_, i) => i % 4 === 0)).toEqual([255, 128, 0])
  expect([...activityImage([0, 0], 0)].every((value) => value === 255)).toBe(true)
  const channel = { before: Float32Array.of(0, 4, 1), after: Float32Array.of(2, 0, 1) }
  expect([...channelMoves(channel)]).toEqual([0.5, 1, 0])
  expect([...channelMoves({ before: Float32Array.of(0), after: Float32Array.of(0) })]).toEqual([0])
})
