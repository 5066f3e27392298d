import { expect, it } from 'vitest'
import { eyeDistance } from './landmarks'
import { MEAN_LANDMARKS } from './meanFace'
import { sampleShape } from './shapeSampler'

it('draws faces that differ, the same for the same seed, each with its parts in order', () => {
  expect(sampleShape(1)).toEqual(sampleShape(1))
  expect(sampleShape(1)).not.toEqual(sampleShape(2))
  for (let seed = 0; seed < 200; seed++) {
    const face = sampleShape(seed)
    expect(face).toHaveLength(68)
    const [brow, eye, nose, mouth, chin] = [19, 37, 33, 57, 8].map((index) => face[index]?.[1] ?? Number.NaN)
    expect([brow, eye, nose, mouth, chin], `seed ${seed}`).toEqual([brow, eye, nose, mouth, chin].toSorted((a = 0, b = 0) => a - b))
    expect(eyeDistance(face) / eyeDistance(MEAN_LANDMARKS)).toBeGreaterThan(0.75)
    for (const [x, y] of face) expect([x, y].every((value) => value > 0 && value < 1)).toBe(true)
  }
})
