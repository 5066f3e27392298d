import { expect, it } from 'vitest'
import { mulberry32 } from '../shared/rng'
import { squaredDistances } from './distanceTransform'

it('equals the brute-force distance to the nearest source on random bitmaps', () => {
  const random = mulberry32(7)
  for (const density of [0.01, 0.1, 0.5]) {
    const size = 24
    const sources = Array.from({ length: size * size }, () => random() < density)
    sources[5] = true
    const distances = squaredDistances(size, (i) => sources[i] === true)
    for (let i = 0; i < sources.length; i++) {
      let least = Number.POSITIVE_INFINITY
      sources.forEach((isSource, j) => {
        const dx = (i % size) - (j % size)
        const dy = Math.floor(i / size) - Math.floor(j / size)
        if (isSource) least = Math.min(least, dx * dx + dy * dy)
      })
      expect(distances[i]).toBe(least)
    }
  }
})

it('is very far everywhere without a source', () => {
  expect(Math.min(...squaredDistances(8, () => false))).toBeGreaterThan(1e11)
})
