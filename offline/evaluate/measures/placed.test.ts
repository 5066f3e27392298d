import { describe, expect, it } from 'vitest'
import { PLACES, placed } from './placed'
import { landmarksOf, paintedSubject, person } from './testSubject'

interface Figures {
  strokes: { drawn: number; seen: number | null; worst: number; facesLost: number; samples: number }
  picture: { drawn: number; seen: number | null }
}

describe('placed', () => {
  it('brings the moved mean face back, by strokes and by the picture alone, and its face with it', async () => {
    const subject = paintedSubject([person(0)], { sees: (lines) => ({ landmark68: landmarksOf(lines), score: 1, faces: 1 }) })
    const { strokes, picture } = (await placed.run(subject)).figures as Figures
    expect(strokes.samples).toBe(PLACES.length)
    expect(strokes.drawn).toBeLessThan(0.2)
    expect(picture.drawn).toBeLessThan(2.5)
    // The detector sees the placed lines themselves.
    expect(strokes.seen).toBeCloseTo(strokes.drawn, 1)
  })

  it('counts faces that were lost', async () => {
    const { strokes } = (await placed.run(paintedSubject([person(0)], { sees: () => null }))).figures as Figures
    expect(strokes).toMatchObject({ facesLost: PLACES.length, seen: null })
  })
})
