/** Whether a traced drawing has the right parts in the right places. */

import { MEAN_FACE_PARTS } from '../../src/faces/parts'
import { boundsOf } from '../../src/shared/polyline'
import type { Scan } from './scans'

interface TracedStroke {
  readonly part: string
  readonly points: readonly number[]
}

/** How far the middle of a part may lie from where it was drawn, in sketch pixels. */
const NEAR_PX = 20

/** @returns what is wrong, a sentence a part; empty when all is right */
export function faults({ contours }: Pick<Scan, 'contours'>, strokes: readonly TracedStroke[]): string[] {
  return MEAN_FACE_PARTS.flatMap((part) => {
    const drawn = middle(
      contours.filter((contour) => contour.part === part).flatMap(({ points }) => points),
      2,
    )
    const found = strokes.filter((stroke) => stroke.part === part).flatMap(({ points }) => points)
    if (found.length === 0) return [`${part} is missing`]
    const [x, y] = middle(found, 3)
    const distance = Math.hypot(x - drawn[0], y - drawn[1])
    return distance > NEAR_PX ? [`${part} lies ${Math.round(distance)} px off`] : []
  })
}

function middle(points: readonly number[], stride: number): [number, number] {
  const { left, top, right, bottom } = boundsOf(points, stride)
  return [(left + right) / 2, (top + bottom) / 2]
}
