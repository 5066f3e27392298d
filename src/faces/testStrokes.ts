/** Strokes for tests: shapes and the mean face's own lines, with a part each. */

import type { Contour } from './meanFace'
import { meanFaceContours } from './meanFace'
import type { Part, PartLine } from './parts'

/** Flat x, y → flat x, y, pressure 0.5. */
export function withPressure(points: readonly number[], dx = 0, dy = 0): number[] {
  const out: number[] = []
  for (let i = 0; i + 1 < points.length; i += 2) out.push((points[i] ?? 0) + dx, (points[i + 1] ?? 0) + dy, 0.5)
  return out
}

export function ellipse(x: number, y: number, rx: number, ry: number, from = 0, to = 2 * Math.PI): number[] {
  const steps = Math.max(8, Math.ceil(((rx + ry) * Math.abs(to - from)) / 8))
  return Array.from({ length: steps + 1 }, (_, n) => from + ((to - from) * n) / steps).flatMap((angle) => [
    x + rx * Math.cos(angle),
    y + ry * Math.sin(angle),
    0.5,
  ])
}

export function meanContour(id: string): Contour {
  const contour = meanFaceContours().find((line) => line.id === id)
  if (!contour) throw new Error(`No contour ${id}`)
  return contour
}

/** A line of the mean face as if drawn, moved by (dx, dy). */
export function drawnContour(id: string, dx = 0, dy = 0): PartLine {
  const contour = meanContour(id)
  return { part: contour.part, points: withPressure(contour.points, dx, dy) }
}

export function drawn(part: Part, points: readonly number[]): PartLine {
  return { part, points }
}
