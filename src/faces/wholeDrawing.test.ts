import { describe, expect, it } from 'vitest'
import { IN_PLACE, placed } from './drawnFace'
import { meanFaceContours } from './meanFace'
import { assignParts } from './partAssignment'
import { drawnContour, withPressure } from './testStrokes'
import { broughtHome, placeOfDrawing } from './wholeDrawing'

/** A jaw, a wide mouth and either brows or lids: alone, the two arcs could be either. */
const faceOf = (arcs: 'Brow' | 'UpperLid'): { points: readonly number[]; part: string }[] => {
  const ids = arcs === 'Brow' ? ['jaw', 'leftBrow', 'rightBrow'] : ['jaw', 'leftUpperLid', 'rightUpperLid']
  const lines = ids.map((id) => {
    const contour = meanFaceContours().find((one) => one.id === id)
    if (!contour) throw new Error(`no ${id}`)
    return { points: drawnContour(id).points, part: contour.part as string }
  })
  return [...lines, { points: withPressure([150, 380, 203, 402, 256, 410, 309, 402, 362, 380]), part: 'mouth' }]
}

const PLACES = [0.5, 0.67, 0.8, 1, 1.2].flatMap((scale) =>
  [
    [0, 0],
    [0, -40],
    [30, 25],
    [-45, 10],
  ].map(([dx = 0, dy = 0]) => ({ scale, dx, dy })),
)

const moved = (place: (typeof PLACES)[number], points: readonly number[]): number[] =>
  points.map((value, i) => {
    const { x, y } = placed(place, points[i - (i % 3)] ?? 0, points[i - (i % 3) + 1] ?? 0)
    return i % 3 === 0 ? x : i % 3 === 1 ? y : value
  })

describe.each(['Brow', 'UpperLid'] as const)('a drawing with two arcs that are %ss', (arcs) => {
  it('has the same parts wherever on the page it lies, and however small, in whatever order', () => {
    const face = faceOf(arcs)
    for (const place of PLACES) {
      const lines = face.map(({ points }) => ({ points: moved(place, points) }))
      expect(assignParts(lines), JSON.stringify(place)).toEqual(face.map(({ part }) => part))
      expect(assignParts([...lines].reverse()), `${JSON.stringify(place)}, last line first`).toEqual(face.map(({ part }) => part).reverse())
    }
  })

  it('is brought home', () => {
    for (const place of PLACES) {
      const lines = faceOf(arcs).map(({ points }) => moved(place, points))
      const found = placeOfDrawing(lines)
      const off = faceOf(arcs).flatMap(({ points }, n) => {
        const home = broughtHome(found, lines[n] ?? [])
        return points
          .filter((_, i) => i % 3 === 0)
          .map((x, i) => Math.hypot(x - (home[3 * i] ?? 0), (points[3 * i + 1] ?? 0) - (home[3 * i + 1] ?? 0)))
      })
      // What is not clearly off stays where it is: two common deviations of a line's place.
      expect(Math.max(...off), JSON.stringify(place)).toBeLessThan(found === IN_PLACE ? 60 : 15)
    }
  })
})

it('leaves a face where it lies when it lies there', () => {
  expect(placeOfDrawing(meanFaceContours().map(({ id }) => drawnContour(id).points))).toBe(IN_PLACE)
})

it('says nothing of a line or two, or of no face at all', () => {
  expect(placeOfDrawing([drawnContour('jaw', 60, -80).points])).toBe(IN_PLACE)
  const hatching = Array.from({ length: 200 }, (_, i) => withPressure([10 + 2 * i, 20, 40 + 2 * i, 90]))
  expect(placeOfDrawing(hatching)).toBe(IN_PLACE)
})
