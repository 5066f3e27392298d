import { describe, expect, it } from 'vitest'
import type { Features } from '../features/features'
import { honest, nearest } from './honest'
import { paintedSubject, person } from './testSubject'

const vector = (...values: number[]) => Float64Array.from(values)

describe('nearest', () => {
  it('finds the nearest, with its distance, and can leave one out', () => {
    const others = [vector(0, 0), vector(3, 4), vector(6, 8)]
    expect(nearest(vector(3, 3), others)).toEqual({ index: 1, distance: 1 })
    expect(nearest(vector(3, 3), others, 1).index).toBe(0)
    expect(nearest(vector(0, 0), []).index).toBe(-1)
  })
})

describe('honest', () => {
  const faces = [person(0), person(0.01)]
  const training = [person(0.02), person(0.03), person(0.04), person(0.05), person(0.06)]
  const places = new Map([...faces, ...training].map(({ photoPath }, i) => [photoPath, i]))
  /** Photos lie along a line in feature space, one unit apart; generated faces lie where `generated` says. */
  const features = (generated: number): Features => {
    const at = (place: number) => Float32Array.from({ length: 768 }, (_, i) => (i === 0 || i === 256 ? place : 0))
    return {
      pooled: async () => at(generated),
      pooledPhoto: async (photoPath) => at(places.get(photoPath) ?? Number.NaN),
      distance: async () => 0,
      save() {},
    }
  }
  const run = async (generated: number) => {
    const result = await honest.run({ ...paintedSubject(faces), training, features: features(generated) })
    return result.figures as { ratio: number; nearerToSelf: number; smallest: number }
  }

  it('gives a ratio near 0 to a model that paints training photos', async () => {
    const { ratio, nearerToSelf, smallest } = await run(4)
    expect(ratio).toBeCloseTo(0, 3)
    expect(smallest).toBeCloseTo(0, 3)
    expect(nearerToSelf).toBe(0)
  })

  it('gives a larger one to a model that paints its own people', async () => {
    const { ratio, nearerToSelf } = await run(-1)
    expect(ratio).toBeCloseTo(2, 3) // 3 from the nearest training photo; the true photos are 2 and 1
    expect(nearerToSelf).toBe(2)
  })

  it('says so when there is nothing to measure with', async () => {
    const { figures, remarks } = await honest.run(paintedSubject(faces))
    expect(figures).toBeNull()
    expect(remarks[0]).toContain('--squeezenet')
  })
})
