/** A placement as one would say it. */

import { SKETCH_SIZE_PX } from '../shared/units'
import { MEAN_LANDMARKS } from './meanFace'
import { applyTo, inverse, type Point, type Similarity, scaleOf, turnDegreesOf } from './similarity'

/** What a placement does to a drawing, as one would say it. */
export interface PlacementWords {
  /** Sketch pixels by which the middle of the face moves. */
  readonly rightPx: number
  readonly downPx: number
  readonly turnDegrees: number
  readonly scale: number
}

export function describePlacement(placement: Similarity): PlacementWords {
  const middle = faceMiddle()
  const [x, y] = applyTo(inverse(placement), middle)
  return { rightPx: middle[0] - x, downPx: middle[1] - y, turnDegrees: turnDegreesOf(placement), scale: scaleOf(placement) }
}

function faceMiddle(): Point {
  const mean = (axis: 0 | 1): number =>
    (SKETCH_SIZE_PX * MEAN_LANDMARKS.reduce((sum, point) => sum + point[axis], 0)) / MEAN_LANDMARKS.length
  return [mean(0), mean(1)]
}
