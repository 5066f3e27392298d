/** How landmarks move from one picture to another, beside how they were drawn to move. */

import { eyeDistance, type Landmarks68, pointAt } from '../../../src/faces/landmarks'
import { mean } from '../statistics/summary'

export interface Shift {
  drawnBefore: Landmarks68
  drawnAfter: Landmarks68
  seenBefore: Landmarks68
  seenAfter: Landmarks68
}

export type LandmarkRange = readonly [first: number, last: number]
const ALL: LandmarkRange = [0, 67]

/** Slope of the seen over the drawn shift through the origin: 1 goes along fully, 0 stays. `NaN` when nothing was drawn to move. */
export function shareFollowed(shifts: readonly Shift[], [first, last]: LandmarkRange = ALL): number {
  let along = 0
  let total = 0
  for (const { drawnBefore, drawnAfter, seenBefore, seenAfter } of shifts) {
    const unit = eyeDistance(drawnBefore)
    for (let i = first; i <= last; i++) {
      for (const axis of [0, 1] as const) {
        const drawn = (pointAt(drawnAfter, i)[axis] - pointAt(drawnBefore, i)[axis]) / unit
        along += (drawn * (pointAt(seenAfter, i)[axis] - pointAt(seenBefore, i)[axis])) / unit
        total += drawn ** 2
      }
    }
  }
  return along / total
}

/** Mean distance that landmarks moved, in % of the eye distance of the face `unitOf`. */
export function meanShift(before: Landmarks68, after: Landmarks68, unitOf: Landmarks68): number {
  const moved = before.map(([x, y], i) => Math.hypot(pointAt(after, i)[0] - x, pointAt(after, i)[1] - y))
  return (100 * mean(moved)) / eyeDistance(unitOf)
}
