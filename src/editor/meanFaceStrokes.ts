/** The mean face's lines as strokes that a person can edit: a few points a line, each knowing its part. */

import { meanFaceContours } from '../faces/meanFace'
import { POINT_STRIDE, type Stroke } from './document'
import { LINE_WIDTH_PX } from './lineStrokes'
import { simplifyStroke } from './strokeShape'

const NEUTRAL_PRESSURE = 0.5

/** One stroke per contour line: upper and lower lids, outer and inner lips, nose bridge and base are separate. */
export function meanFaceStrokes(newId: () => string): Stroke[] {
  return meanFaceContours().map(({ part, points }) => ({
    id: newId(),
    part,
    partIsChosen: false,
    widthPx: LINE_WIDTH_PX,
    usesPressure: false,
    points: simplifyStroke(withPressure(points)),
  }))
}

function withPressure(points: readonly number[]): number[] {
  const out: number[] = new Array((points.length / 2) * POINT_STRIDE).fill(NEUTRAL_PRESSURE)
  for (let i = 0; i < points.length; i++) out[Math.floor(i / 2) * POINT_STRIDE + (i % 2)] = points[i] ?? 0
  return out
}
