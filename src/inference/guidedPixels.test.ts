import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import { describe, expect, it } from 'vitest'
import { guidedFilter } from '../models/guidedFilter'
import { guidedPixels } from '../shared/guidedPixels'

const SIZE = 20
const noise = (seed: number) =>
  Uint8ClampedArray.from({ length: 4 * SIZE * SIZE }, (_, i) =>
    i % 4 === 3 ? 255 : (Math.abs(Math.sin(seed + i * 12.9898)) * 43758.5) % 256,
  )
const tensor = (pixels: Uint8ClampedArray) =>
  tf.tensor4d(
    Float32Array.from({ length: 3 * SIZE * SIZE }, (_, i) => (pixels[4 * Math.floor(i / 3) + (i % 3)] as number) / 127.5 - 1),
    [1, SIZE, SIZE, 3],
  )

describe('the guided filter on pixels', () => {
  it.each([1, 3, 8])('is that of the networks, radius %i', async (radius) => {
    const [guide, picture] = [noise(1), noise(2)]
    const expected = await guidedFilter(tensor(guide), tensor(picture), radius, 0.01).data()
    const found = guidedPixels(guide, picture, SIZE, radius)
    expected.forEach((value, i) => {
      const wanted = Math.min(255, Math.max(0, (value + 1) * 127.5))
      expect(Math.abs((found[4 * Math.floor(i / 3) + (i % 3)] as number) - wanted)).toBeLessThan(0.6)
    })
  })

  it('leaves what is even even, and is opaque', () => {
    const grey = new Uint8ClampedArray(4 * SIZE * SIZE).fill(90)
    const found = guidedPixels(noise(3), grey, SIZE, 4)
    expect(new Set(found.filter((_, i) => i % 4 < 3))).toEqual(new Set([90]))
    expect(new Set(found.filter((_, i) => i % 4 === 3))).toEqual(new Set([255]))
  })
})
