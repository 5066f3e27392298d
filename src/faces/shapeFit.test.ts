import { describe, expect, it } from 'vitest'
import { SKETCH_SIZE_PX } from '../shared/units'
import { contoursOf, MEAN_LANDMARKS } from './meanFace'
import { largestMove } from './placement'
import { placementWithShape } from './shapeFit'
import model from './shapeModel.json' with { type: 'json' }
import { about, applyTo, compose, IDENTITY, inverse, type Point, type Similarity } from './similarity'

const AWAY = about([256, 290], 0.8, 10, [40, -10])

/** Ink along the contour of a face that lies `deviations` along each mode, somewhere else on the page. */
function nearestInk(deviations: readonly number[], by: Similarity): (at: Point) => Point | null {
  const landmarks = MEAN_LANDMARKS.map(([x, y], i) => {
    const along = (axis: 0 | 1) =>
      deviations.reduce((sum, amount, k) => sum + amount * (model.deviationsPx[k] ?? 0) * (model.modes[k]?.[2 * i + axis] ?? 0), 0)
    return [x + along(0) / SKETCH_SIZE_PX, y + along(1) / SKETCH_SIZE_PX] as const
  })
  const ink = contoursOf(landmarks).flatMap(({ points }) =>
    points.flatMap((x, i) => (i % 2 === 0 ? [applyTo(by, [x, points[i + 1] ?? 0])] : [])),
  )
  return ([x, y]) => {
    let [nearest, best]: [Point | null, number] = [null, 24]
    for (const point of ink) {
      const distance = Math.hypot(point[0] - x, point[1] - y)
      if (distance < best) [nearest, best] = [point, distance]
    }
    return nearest
  }
}

const off = (placement: Similarity | null): number => largestMove(IDENTITY, compose(placement ?? IDENTITY, AWAY))

describe('a placement found together with the shape', () => {
  it('is exact for the mean face from a start that is a little off', () => {
    const start = compose(about([256, 290], 1.04, 2, [5, -4]), inverse(AWAY))
    expect(off(placementWithShape(start, nearestInk([], AWAY)))).toBeLessThan(1)
  })

  it("does not take a person's proportions for a placement", () => {
    for (const person of [[1.5], [0, -1.5], [0.5, 1, -1], [-1, -1, 1, 1]]) {
      expect(off(placementWithShape(inverse(AWAY), nearestInk(person, AWAY))), String(person)).toBeLessThan(6)
    }
  })

  it('says nothing where hardly any ink is near', () => {
    expect(placementWithShape(IDENTITY, () => null)).toBeNull()
    expect(placementWithShape(about([0, 0], 1, 0, [600, 0]), nearestInk([], IDENTITY))).toBeNull()
  })
})
