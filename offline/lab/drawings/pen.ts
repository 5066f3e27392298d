/** Lines drawn by hand: corners, a curve through them, a little tremor, then the pen's own shaping of the studio. */

import { shapeStroke } from '../../../src/editor/strokeShape'
import type { Line } from '../../../src/lab/drawingSet'
import type { Random } from './person'

export type Dot = readonly [x: number, y: number]

const PRESSURE = 0.5
const SMOOTHING = 0.4

/** @param tremorPx how far the hand strays */
export function penLine(dots: readonly Dot[], random: Random, tremorPx = 0.8): Line {
  const points = dots.flatMap(([x, y]) => [x + random(tremorPx), y + random(tremorPx), PRESSURE])
  return shapeStroke(points, SMOOTHING).filter((_, i) => i % 3 < 2)
}

/** A curve, its place given for t from 0 to 1. */
export function traced(place: (t: number) => Dot, steps: number): Dot[] {
  return Array.from({ length: steps + 1 }, (_, i) => place(i / steps))
}

/** Part of an ellipse; angles in turns, clockwise from the right. */
export function arc([x, y]: Dot, rx: number, ry: number, from = 0, to = 1, steps = 24): Dot[] {
  return traced((t) => {
    const angle = 2 * Math.PI * (from + t * (to - from))
    return [x + rx * Math.cos(angle), y + ry * Math.sin(angle)]
  }, steps)
}
