/**
 * Strokes from files within a plain reach of the page: what lies farther out than anyone draws is cut where it leaves, and runs along the edge of the reach instead, so
 * that nothing on the page changes and no coordinate is extreme.
 */

import { POINT_STRIDE } from '../../editor/document'
import { SKETCH_SIZE_PX } from '../../shared/units'

/** Eight pages on every side. */
export const REACH_PX = { least: -8 * SKETCH_SIZE_PX, most: 9 * SKETCH_SIZE_PX }

/** @param points flat x, y, pressure; @returns the same array when all of it is within reach */
export function withinReach(points: readonly number[]): readonly number[] {
  const isFar = (i: number): boolean => !isWithin(points[i] ?? 0) || !isWithin(points[i + 1] ?? 0)
  let hasFar = false
  for (let i = 0; i < points.length && !hasFar; i += POINT_STRIDE) hasFar = isFar(i)
  if (!hasFar) return points
  const out: number[] = []
  for (let i = 0; i < points.length; i += POINT_STRIDE) {
    if (i > 0 && (isFar(i) || isFar(i - POINT_STRIDE))) out.push(...crossings(points, i - POINT_STRIDE, i))
    out.push(nearest(points[i] ?? 0), nearest(points[i + 1] ?? 0), points[i + 2] ?? 0)
  }
  return out
}

const isWithin = (value: number): boolean => value >= REACH_PX.least && value <= REACH_PX.most
const nearest = (value: number): number => Math.min(REACH_PX.most, Math.max(REACH_PX.least, value))

/** Where a segment enters the reach and where it leaves it (Liang and Barsky 1984). */
function crossings(points: readonly number[], a: number, b: number): number[] {
  let [from, to] = [0, 1]
  for (const axis of [0, 1]) {
    const start = points[a + axis] ?? 0
    const step = (points[b + axis] ?? 0) - start
    if (step === 0 && !isWithin(start)) return []
    if (step === 0) continue
    const [one, other] = [(REACH_PX.least - start) / step, (REACH_PX.most - start) / step]
    from = Math.max(from, Math.min(one, other))
    to = Math.min(to, Math.max(one, other))
  }
  if (from >= to) return []
  const at = (t: number): number[] =>
    [0, 1, 2].map((channel) => {
      const start = points[a + channel] ?? 0
      const value = start + t * ((points[b + channel] ?? 0) - start)
      return channel < 2 ? nearest(value) : value
    })
  return [...(from > 0 ? at(from) : []), ...(to < 1 ? at(to) : [])]
}
