import { describe, expect, it } from 'vitest'
import { bentLips } from './bentLips'
import { assignPart } from './partAssignment'
import type { PartLine } from './parts'
import { standIns } from './standIns'
import { drawn, drawnContour, ellipse, meanContour, withPressure } from './testStrokes'

/** A line from corner to corner whose middle lies `bendPx` below its ends. */
const mouth = (bendPx: number, { left = 200, right = 312, y = 380 } = {}): PartLine =>
  drawn(
    'mouth',
    Array.from({ length: 21 }, (_, i) => i / 20).flatMap((t) => [left + t * (right - left), y + 4 * bendPx * t * (1 - t), 0.5]),
  )
const lipsOf = (lines: readonly PartLine[]) => standIns(lines).filter(({ part }) => part === 'mouth')
const middleOf = (points: readonly number[]): number => points[2 * Math.floor(points.length / 4) + 1] ?? 0

describe('a mouth drawn as one line', () => {
  it('is one mouth: the lips go along with a broad smile, a flat line and a slight frown', () => {
    for (const bend of [45, 36, 4, 0, -6]) {
      const lips = lipsOf([mouth(bend)])
      expect(lips.map(({ id }) => id).sort(), String(bend)).toEqual(['lowerLipOuter', 'upperLipOuter'])
      for (const { id, points } of lips) {
        // Corner on corner, and the upper lip above the line that the lower one is below.
        expect(Math.min(...points.filter((_, i) => i % 2 === 0))).toBeCloseTo(200, 0)
        expect(Math.max(...points.filter((_, i) => i % 2 === 0))).toBeCloseTo(312, 0)
        const above = 380 + bend - middleOf(points)
        if (id === 'upperLipOuter') expect(above).toBeGreaterThan(3)
        else expect(above).toBeLessThan(-3)
      }
    }
  })

  it('is one mouth though it hangs far below it, and an open mouth stands for itself', () => {
    const grin = mouth(60)
    expect(assignPart(grin.points)).toBe('mouth')
    expect(lipsOf([grin]).map(({ id }) => id)).toEqual(['upperLipOuter', 'lowerLipOuter'])
    for (const [rx, ry] of [
      [23, 24],
      [40, 34],
      [16, 20],
    ] as const) {
      const open = ellipse(256, 390, rx, ry)
      expect(assignPart(open), `${rx} × ${ry}`).toBe('mouth')
      expect(lipsOf([drawn('mouth', open)]), `${rx} × ${ry}`).toEqual([])
    }
    // A mole is no mouth.
    expect(lipsOf([drawn('mouth', ellipse(256, 390, 5, 5))]).length).toBeGreaterThan(1)
    // The outline of the lips has its line between them.
    expect(lipsOf([drawn('mouth', ellipse(256, 388, 50, 20))]).map(({ id }) => id)).toEqual(['upperLipInner', 'lowerLipInner'])
  })

  it('is a grin when it is far wider than any lip, though it bends like the lower one', () => {
    const { points: lower } = meanContour('lowerLipOuter')
    const grin = (scale: number) =>
      drawn('mouth', withPressure(lower.map((value, i) => (i % 2 === 0 ? 256 + scale * (value - 256) : 388 + scale * (value - 388)))))
    for (const scale of [0.7, 1, 1.5]) expect(lipsOf([grin(scale)]), `${scale}`).not.toEqual(['upperLipOuter', 'lowerLipOuter'])
    for (const scale of [1.7, 2, 2.2])
      expect(
        lipsOf([grin(scale)]).map(({ id }) => id),
        `${scale}`,
      ).toEqual(['upperLipOuter', 'lowerLipOuter'])
  })

  it('is as wide as it was drawn, from either side', () => {
    const wide = mouth(55, { left: 175, right: 337 })
    const backwards = drawn(
      'mouth',
      [...Array(21).keys()].reverse().flatMap((i) => wide.points.slice(3 * i, 3 * i + 3)),
    )
    const [one, other] = [lipsOf([wide]), lipsOf([backwards])]
    expect(other.map(({ points }) => points.map(Math.round))).toEqual(one.map(({ points }) => points.map(Math.round)))
    expect(Math.min(...(one[0]?.points.filter((_, i) => i % 2 === 0) ?? []))).toBeCloseTo(175, 0)
  })

  it('does not take a lip in its place, a bow, a loop, a slanted stroke or a short mark for it', () => {
    for (const id of ['upperLipOuter', 'lowerLipOuter']) expect(bentLips(drawnContour(id)), id).toBeNull()
    expect(bentLips(drawnContour('upperLipOuter', 0, -12))).toBeNull()
    expect(bentLips(drawnContour('lowerLipOuter', 15, 20))).toBeNull()
    expect(bentLips(drawn('mouth', ellipse(256, 385, 55, 20)))).toBeNull()
    expect(bentLips(drawn('mouth', withPressure([220, 340, 300, 420])))).toBeNull()
    expect(bentLips(drawn('mouth', withPressure([250, 380, 262, 380])))).toBeNull()
  })

  it('is told by a second line: then each is what its shape and place say', () => {
    const lips = lipsOf([mouth(5), drawnContour('upperLipOuter')])
    expect(lips.map(({ id }) => id)).not.toContain('upperLipOuter')
    expect(meanContour('lowerLipOuter').points.length).toBeGreaterThan(4)
  })

  it('stays the same for the same line', () => {
    const smile = mouth(30)
    expect(bentLips(smile)).toBe(bentLips(smile))
  })
})
