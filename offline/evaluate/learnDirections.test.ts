import { describe, expect, it } from 'vitest'
import { MEAN_LANDMARKS } from '../../src/faces/meanFace'
import { mulberry32 } from '../../src/shared/rng'
import { SKETCH_SIZE_PX } from '../../src/shared/units'
import type { AnnotatedFace } from '../node/faceSet'
import { learnDirections } from './learnDirections'

interface Learnt {
  readonly faces: number
  readonly heldOut: number
  readonly modesExplained: readonly number[]
  readonly directions: readonly { id: string; readable: number | null; shapeShare: number; px: readonly number[] }[]
}

/** People whose upper lip (51) sinks by a pixel every ten years, whose brows (19, 24) are 8 px lower in men; the rest is noise of a pixel. */
function people(seed: number, count: number): AnnotatedFace[] {
  const random = mulberry32(seed)
  return Array.from({ length: count }, (_, k) => {
    const [ageYears, male, smile] = [18 + 60 * random(), random() < 0.5 ? 0 : 1, random()]
    const noise = (): number => (random() + random() - 1) * 2
    const landmark68 = MEAN_LANDMARKS.map(([x, y], i): [number, number] => {
      const down = i === 51 ? ageYears / 10 : i === 19 || i === 24 ? 8 * male : 0
      return [x + noise() / SKETCH_SIZE_PX, y + (down + noise()) / SKETCH_SIZE_PX]
    })
    return { name: `${k}`, landmark68, photoPath: '', maskPath: '', isValidation: false, person: { male, ageYears, skinTone: null, smile } }
  })
}

describe('directions of whole faces', () => {
  const learnt = JSON.parse(learnDirections(people(1, 400), people(2, 80))) as Learnt
  const of = (id: string) => learnt.directions.find((direction) => direction.id === id)

  it('find what a quality does, and only that', () => {
    expect(of('age')?.px[2 * 51 + 1]).toBeCloseTo(1, 0)
    expect(Math.abs((of('age')?.px[2 * 51 + 1] ?? 0) - 1)).toBeLessThan(0.15)
    expect(Math.abs(of('age')?.px[2 * 19 + 1] ?? 9)).toBeLessThan(0.15)
    expect(Math.abs((of('sex')?.px[2 * 19 + 1] ?? 0) - 8)).toBeLessThan(0.4)
    expect(Math.abs(of('sex')?.px[2 * 51 + 1] ?? 9)).toBeLessThan(0.4)
  })

  it('are symmetric', () => {
    for (const { px } of learnt.directions) expect(px[2 * 19 + 1]).toBeCloseTo(px[2 * 24 + 1] ?? 0, 1)
  })

  it('say how much of age and sex the landmarks of unseen people tell', () => {
    expect(of('sex')?.readable).toBeGreaterThan(0.9)
    expect(of('age')?.readable).toBeGreaterThan(0.5)
    expect(of('age')?.readable).toBeLessThan(1)
    expect(of('width')?.readable).toBeNull()
    expect(of('sex')?.shapeShare).toBeGreaterThan(0.1)
    expect([learnt.faces, learnt.heldOut]).toEqual([400, 80])
  })

  it('need what they are about', () => {
    const [first, ...rest] = people(3, 10)
    if (!first) throw new Error('nobody')
    expect(() => learnDirections([{ ...first, person: { ...first.person, ageYears: null } }, ...rest], rest)).toThrow('age')
  })
})
