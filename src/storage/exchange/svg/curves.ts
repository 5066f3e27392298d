/** Lines, cubic curves and elliptic arcs as pure numbers: arcs → cubics (SVG 1.1, appendix F.6), cubics → polylines. */

import { type Affine, mapPoints } from './affine'

/** A line to (x, y), or a cubic curve with two control points to (x, y). */
export type Segment = readonly [number, number] | readonly [number, number, number, number, number, number]

/** Segments drawn on from (x, y). */
export interface Subpath {
  readonly x: number
  readonly y: number
  readonly segments: Segment[]
}

export interface Arc {
  readonly rx: number
  readonly ry: number
  /** Of the ellipse's x axis, in degrees. */
  readonly rotation: number
  readonly isLarge: boolean
  readonly isSweep: boolean
  /** Where the arc ends. */
  readonly x: number
  readonly y: number
}

/** The quadratic curve from (x, y) over the control point (cx, cy) as a cubic one. */
export function raiseQuadratic(x: number, y: number, cx: number, cy: number, endX: number, endY: number): Segment {
  return [x + (2 / 3) * (cx - x), y + (2 / 3) * (cy - y), endX + (2 / 3) * (cx - endX), endY + (2 / 3) * (cy - endY), endX, endY]
}

/** The arc from (x, y) as cubic curves of at most a quarter turn each; a line where the radii are 0. */
export function arcToCubics(x: number, y: number, arc: Arc): Segment[] {
  if (x === arc.x && y === arc.y) return []
  let rx = Math.abs(arc.rx)
  let ry = Math.abs(arc.ry)
  if (rx === 0 || ry === 0) return [[arc.x, arc.y]]
  const angle = (arc.rotation * Math.PI) / 180
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  // F.6.5.1: the end points in the ellipse's own axes, the origin half way between them.
  const px = (cos * (x - arc.x) + sin * (y - arc.y)) / 2
  const py = (cos * (y - arc.y) - sin * (x - arc.x)) / 2
  // F.6.6: radii too small to reach are scaled up until they do.
  const lack = (px / rx) ** 2 + (py / ry) ** 2
  if (lack > 1) {
    rx *= Math.sqrt(lack)
    ry *= Math.sqrt(lack)
  }
  // F.6.5.2 and 3: the centre, in the ellipse's axes and in the drawing's.
  const length = (rx * py) ** 2 + (ry * px) ** 2
  const root = Math.sqrt(Math.max(0, ((rx * ry) ** 2 - length) / length)) * (arc.isLarge === arc.isSweep ? -1 : 1)
  const qx = (root * rx * py) / ry
  const qy = (-root * ry * px) / rx
  const centre = { x: cos * qx - sin * qy + (x + arc.x) / 2, y: sin * qx + cos * qy + (y + arc.y) / 2 }
  // F.6.5.5 and 6: where the arc starts and how far it turns.
  const start = Math.atan2((py - qy) / ry, (px - qx) / rx)
  let turn = Math.atan2((-py - qy) / ry, (-px - qx) / rx) - start
  if (arc.isSweep && turn < 0) turn += 2 * Math.PI
  if (!arc.isSweep && turn > 0) turn -= 2 * Math.PI
  return ellipseCubics([rx * cos, rx * sin, -ry * sin, ry * cos, centre.x, centre.y], start, turn)
}

/** Part of the unit circle, mapped, as cubic curves. */
export function ellipseCubics(map: Affine, start: number, turn: number): Segment[] {
  const parts = Math.max(1, Math.ceil(Math.abs(turn) / (Math.PI / 2) - 1e-9))
  const step = turn / parts
  const reach = (4 / 3) * Math.tan(step / 4)
  return Array.from({ length: parts }, (_, i): Segment => {
    const [from, to] = [start + i * step, start + (i + 1) * step]
    const [c0, s0, c1, s1] = [Math.cos(from), Math.sin(from), Math.cos(to), Math.sin(to)]
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0, x = 0, y = 0] = mapPoints(map, [
      c0 - reach * s0,
      s0 + reach * c0,
      c1 + reach * s1,
      s1 - reach * c1,
      c1,
      s1,
    ])
    return [x1, y1, x2, y2, x, y]
  })
}

/** At most this far does a polyline stray from its curve. */
const TOLERANCE_PX = 0.1
const MAX_PIECES = 200

/**
 * The mapped subpath as a polyline, flat x, y, without repeated points.
 * @param onPoint called for each point, so that the caller can stop a drawing without end by throwing
 */
export function flatten(subpath: Subpath, map: Affine, onPoint: () => void = () => undefined): number[] {
  const points = mapPoints(map, [subpath.x, subpath.y])
  const add = (x: number, y: number): void => {
    if (points.at(-2) === x && points.at(-1) === y) return
    points.push(x, y)
    onPoint()
  }
  for (const segment of subpath.segments) {
    const mapped = mapPoints(map, segment)
    if (mapped.length === 2) add(mapped[0] ?? 0, mapped[1] ?? 0)
    else flattenCubic([points.at(-2) ?? 0, points.at(-1) ?? 0, ...mapped], add)
  }
  return points
}

/** The error of n equal steps is at most 3/4 · d / n², d being the larger second difference of the control points. */
function flattenCubic(curve: readonly number[], add: (x: number, y: number) => void): void {
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0, x2 = 0, y2 = 0, x3 = 0, y3 = 0] = curve
  const bend = Math.max(Math.hypot(x0 - 2 * x1 + x2, y0 - 2 * y1 + y2), Math.hypot(x1 - 2 * x2 + x3, y1 - 2 * y2 + y3))
  const pieces = Math.min(MAX_PIECES, Math.max(1, Math.ceil(Math.sqrt((0.75 * bend) / TOLERANCE_PX))))
  for (let i = 1; i < pieces; i++) {
    const t = i / pieces
    const u = 1 - t
    const [w0, w1, w2, w3] = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t]
    add(w0 * x0 + w1 * x1 + w2 * x2 + w3 * x3, w0 * y0 + w1 * y1 + w2 * y2 + w3 * y3)
  }
  add(x3, y3)
}
