import { describe, expect, it } from 'vitest'
import { greyToRgba, meanChange } from '../../../src/shared/image'
import type { Features } from '../features/features'
import { blur, photoLike } from './photoLike'
import { paintedSubject, person } from './testSubject'

describe('blur', () => {
  it('keeps broad shades and loses fine ones', () => {
    const broad = greyToRgba(
      Array.from({ length: 256 * 256 }, (_, i) => (i % 256) / 2),
      256,
    )
    const fine = greyToRgba(
      Array.from({ length: 256 * 256 }, (_, i) => (i % 2) * 200),
      256,
    )
    expect(meanChange(blur(broad), broad)).toBeLessThan(1)
    expect(meanChange(blur(fine), fine)).toBeCloseTo(100, 0)
  })
})

describe('photoLike', () => {
  const faces = Array.from({ length: 12 }, (_, i) => person(0.001 * i))
  const training = Array.from({ length: 60 }, (_, i) => person(0.1 + 0.001 * i))
  /** A fixed scatter of photos in feature space; generated faces lie `off` from their person's. */
  const features = (off: number): Features => {
    const at = (place: number, shift: number) =>
      Float32Array.from({ length: 768 }, (_, i) => (i % 256 < 3 ? Math.sin(place * (i + 1)) + shift : 0))
    let generated = 0
    return {
      pooled: async () => at(generated++ >> 1, off),
      pooledPhoto: async (photoPath) => at(Number(/(\d+)\.png/.exec(photoPath)?.[1]), 0),
      distance: async () => 0.25,
      save() {},
    }
  }
  const run = async (off: number) => {
    const { figures } = await photoLike.run({ ...paintedSubject(faces), training, features: features(off) })
    return figures as { frechet: { generated: number; floor: number; dimension: number }; perceptual: { generated: number } }
  }

  it('gives a far set a large distance, a near one a distance below the floor', async () => {
    const [near, far] = [await run(0), await run(3)]
    expect(near.frechet.generated).toBeLessThan(near.frechet.floor)
    expect(far.frechet.generated).toBeGreaterThan(5 * far.frechet.floor)
    expect(near.frechet.floor).toBe(far.frechet.floor)
    expect(near.perceptual.generated).toBeCloseTo(25, 10)
  })

  it('takes fewer dimensions than half as many as there are faces', async () => {
    expect((await run(0)).frechet.dimension).toBe(5)
  })
})
