import { describe, expect, it } from 'vitest'
import { aligned, MOVES, movedPoint } from './aligned'
import { landmarksOf, paintedSubject, person } from './testSubject'

describe('movedPoint', () => {
  it('shifts, and turns about the middle of the page', () => {
    const [x, y] = movedPoint([0.5, 0.5], { shift: [0.1, -0.2], turn: 1 })
    expect([x, y]).toEqual([0.6, 0.3])
    const turned = movedPoint([1, 0.5], { shift: [0, 0], turn: Math.PI / 2 })
    expect(turned[0]).toBeCloseTo(0.5, 12)
    expect(turned[1]).toBeCloseTo(1, 12)
  })

  it('has the moves of the augmentation', () => {
    expect(MOVES.map(({ shift, turn }) => [...shift.map((s) => Math.round(512 * s)), Math.round((180 * turn) / Math.PI)])).toEqual([
      [-25, 0, 0],
      [25, 0, 0],
      [0, -25, 0],
      [0, 25, 0],
      [0, 0, -7],
      [0, 0, 7],
    ])
  })
})

describe('aligned', () => {
  interface Figures {
    shift: { share: number; landmarks: number; drawn: number; pixels: number; photoPixels: number }
    turn: { share: number }
  }
  const run = async (sees: NonNullable<Parameters<typeof paintedSubject>[1]>['sees']) =>
    (await aligned.run(paintedSubject([person(0)], sees ? { sees } : {}))).figures as Figures

  it('gives 1 to a face that is copied where it was drawn', async () => {
    const { shift, turn } = await run((lines) => ({ landmark68: landmarksOf(lines), score: 1, faces: 1 }))
    expect(shift.share).toBeCloseTo(1, 6)
    expect(turn.share).toBeCloseTo(1, 6)
    expect(shift.landmarks).toBeCloseTo(shift.drawn, 6)
    expect(shift.pixels).toBeGreaterThan(0)
    expect(shift.photoPixels).toBeGreaterThan(0)
  })

  it('gives 0 to a face that always sits straight, and nothing where none was found', async () => {
    const fixed = person(0).landmark68
    expect((await run(() => ({ landmark68: fixed, score: 1, faces: 1 }))).shift.share).toBeCloseTo(0, 10)
    expect((await run(() => null)).shift.share).toBeNull()
  })
})
