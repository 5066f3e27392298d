/**
 * Strokes as they look on the screen: perfect-freehand's outline as a path. `thinning` is chosen so that the width equals the rasteriser's
 * (diameter = width · (0.5 + pressure)); what the model sees is the rasteriser's bitmap, never this.
 */

import { getStroke } from 'perfect-freehand'
import { POINT_STRIDE, type Stroke } from '../../../editor/document'

interface Ink {
  readonly widthPx: number
  readonly usesPressure: boolean
  readonly points: readonly number[]
}

const THINNING = 0.5

/** The outline of the points `from … to` (indices of points, `to` exclusive) in sketch pixels. */
export function outlinePath(ink: Ink, from = 0, to = ink.points.length / POINT_STRIDE): Path2D {
  const input: [number, number, number][] = []
  for (let i = from; i < to; i++) {
    const at = i * POINT_STRIDE
    input.push([ink.points[at] ?? 0, ink.points[at + 1] ?? 0, ink.points[at + 2] ?? 0.5])
  }
  const outline = getStroke(input, {
    size: ink.widthPx,
    thinning: ink.usesPressure ? THINNING : 0,
    smoothing: 0.5,
    streamline: 0,
    simulatePressure: false,
    last: true,
  })
  return smoothClosedPath(outline)
}

/** A closed path through the midpoints of the outline, its points as controls. */
function smoothClosedPath(outline: readonly (readonly number[])[]): Path2D {
  const path = new Path2D()
  const first = outline[0]
  const last = outline.at(-1)
  if (!first || !last) return path
  path.moveTo(((last[0] ?? 0) + (first[0] ?? 0)) / 2, ((last[1] ?? 0) + (first[1] ?? 0)) / 2)
  for (let i = 0; i < outline.length; i++) {
    const [x = 0, y = 0] = outline[i] ?? []
    const [nextX = 0, nextY = 0] = outline[(i + 1) % outline.length] ?? []
    path.quadraticCurveTo(x, y, (x + nextX) / 2, (y + nextY) / 2)
  }
  path.closePath()
  return path
}

const paths = new WeakMap<Stroke, Path2D>()

/** The path of a committed stroke, made once: strokes never change. */
export function strokePath(stroke: Stroke): Path2D {
  let path = paths.get(stroke)
  if (!path) {
    path = outlinePath(stroke)
    paths.set(stroke, path)
  }
  return path
}

/** A plain polyline, for strokes that move with the pointer in great numbers. */
export function polylinePath(points: readonly number[]): Path2D {
  const path = new Path2D()
  path.moveTo(points[0] ?? 0, points[1] ?? 0)
  for (let i = POINT_STRIDE; i + 1 < points.length; i += POINT_STRIDE) path.lineTo(points[i] ?? 0, points[i + 1] ?? 0)
  return path
}
