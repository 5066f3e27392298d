import { describe, expect, it } from 'vitest'
import { MEAN_LANDMARKS } from '../../../src/faces/meanFace'
import { randomFor } from '../statistics/random'
import { EXACT } from '../subject'
import { forgiving, withDroppedParts, wobbledJaw } from './forgiving'
import { landmarksOf, paintedSubject, person } from './testSubject'

describe('wobbledJaw', () => {
  const rootMeanSquare = (px: number, axis: 0 | 1) => {
    const wobbled = wobbledJaw(MEAN_LANDMARKS, px, randomFor('a face'))
    const squares = wobbled.slice(0, 17).map((point, i) => (512 * ((point[axis] ?? 0) - (MEAN_LANDMARKS[i]?.[axis] ?? 0))) ** 2)
    return Math.sqrt(squares.reduce((sum, value) => sum + value, 0) / 17)
  }

  it('strays by as much as asked on each axis, and leaves the other parts', () => {
    expect(rootMeanSquare(10, 0)).toBeCloseTo(10, 6)
    expect(rootMeanSquare(20, 1)).toBeCloseTo(20, 6)
    expect(wobbledJaw(MEAN_LANDMARKS, 20, randomFor('a face')).slice(17)).toEqual(MEAN_LANDMARKS.slice(17))
  })

  it('is smooth: neighbours stray alike', () => {
    const strays = wobbledJaw(MEAN_LANDMARKS, 20, randomFor('a face')).map(([x], i) => 512 * (x - (MEAN_LANDMARKS[i]?.[0] ?? 0)))
    const steps = Array.from({ length: 16 }, (_, i) => Math.abs((strays[i + 1] ?? 0) - (strays[i] ?? 0)))
    // Independent ones would be 23 px apart on average.
    expect(steps.reduce((sum, step) => sum + step, 0) / 16).toBeLessThan(12)
  })
})

describe('withDroppedParts', () => {
  it('leaves whole parts out', () => {
    const lines = withDroppedParts(MEAN_LANDMARKS, 2, randomFor('x'))
    expect(lines.length).toBeLessThan(13)
    expect(lines.length).toBeGreaterThan(3)
    expect(withDroppedParts(MEAN_LANDMARKS, 7, randomFor('x'))).toEqual([])
  })
})

describe('forgiving', () => {
  interface Figures {
    dropped: { pictures: number; oneFace: number }
    wobbles: { strengthPx: number; followed: Record<string, number> }[]
  }

  it('tells a model that follows exact lines and forgives others from one that always follows', async () => {
    const face = person(0)
    const subject = paintedSubject([face], {
      sees: (lines, { tolerance }) => {
        const share = tolerance ? 1 - tolerance.jaw : 1
        const drawn = landmarksOf(lines)
        const landmark68 = face.landmark68.map(
          ([x, y], i) => [x + share * ((drawn[i]?.[0] ?? x) - x), y + share * ((drawn[i]?.[1] ?? y) - y)] as const,
        )
        return { landmark68, score: 0.8, faces: 1 }
      },
    })
    const own = { ...EXACT, jaw: 0.5 }
    const { figures } = await forgiving.run({ ...subject, source: { ...subject.source, tolerance: own } })
    const { wobbles, dropped } = figures as Figures
    expect(dropped).toMatchObject({ pictures: 1, oneFace: 1 })
    for (const { followed } of wobbles) {
      const [exact, half, forgiven] = Object.values(followed)
      expect(exact).toBeCloseTo(1, 6)
      expect(half).toBeCloseTo(0.5, 6)
      expect(forgiven).toBeCloseTo(0, 6)
    }
    const withoutMap = (await forgiving.run(subject)).figures as Figures
    expect(withoutMap.wobbles.map(({ followed }) => Object.keys(followed))).toEqual([['exact'], ['exact'], ['exact']])
  })

  it('counts pictures with two faces as no success', async () => {
    const subject = paintedSubject([person(0)], { sees: () => ({ landmark68: MEAN_LANDMARKS, score: 0.9, faces: 2 }) })
    const { figures } = await forgiving.run(subject)
    expect((figures as Figures).dropped).toMatchObject({ pictures: 1, oneFace: 0 })
  })
})
