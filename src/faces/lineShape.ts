/** The shape of a line apart from its place and size: where it lies, how large it is, and the same line with its middle at 0 and its radius 1. */

import { polylineLength, resample } from '../shared/polyline'

/** Points by which shapes are compared. */
const SAMPLES = 24

export interface LineShape {
  readonly x: number
  readonly y: number
  /** Root mean square distance from the middle, in sketch pixels. */
  readonly radiusPx: number
  readonly lengthPx: number
  /** Flat x, y about the middle, in radii. */
  readonly unit: Float64Array
}

const known = new WeakMap<object, LineShape>()

/** @param points flat; arrays are immutable, so each is measured once */
export function shapeOf(points: readonly number[], stride: number): LineShape {
  let shape = known.get(points)
  if (!shape) {
    shape = measure(points, stride)
    known.set(points, shape)
  }
  return shape
}

function measure(points: readonly number[], stride: number): LineShape {
  const lengthPx = polylineLength(points, stride)
  const even = resample(points, stride, Math.max(1e-6, lengthPx / (SAMPLES - 1)))
  const count = Math.max(1, Math.floor(even.length / stride))
  let x = 0
  let y = 0
  for (let i = 0; i < count; i++) {
    x += (even[i * stride] ?? 0) / count
    y += (even[i * stride + 1] ?? 0) / count
  }
  const unit = new Float64Array(2 * count)
  let squares = 0
  for (let i = 0; i < count; i++) {
    const dx = (even[i * stride] ?? 0) - x
    const dy = (even[i * stride + 1] ?? 0) - y
    unit[2 * i] = dx
    unit[2 * i + 1] = dy
    squares += dx * dx + dy * dy
  }
  const radiusPx = Math.sqrt(squares / count)
  if (radiusPx > 0) for (let i = 0; i < unit.length; i++) unit[i] = (unit[i] ?? 0) / radiusPx
  return { x, y, radiusPx, lengthPx, unit }
}

/**
 * Mean distance of two shapes from each other, in radii: 0 for the same shape at any place and size, whichever way it was drawn. Infinite as soon
 * as it is known to be more than `limit`.
 */
export function shapeDistance(a: LineShape, b: LineShape, limit = Number.POSITIVE_INFINITY): number {
  const there = meanDistance(a.unit, b.unit, 2 * limit)
  if (there > 2 * limit) return Number.POSITIVE_INFINITY
  const back = meanDistance(b.unit, a.unit, 2 * limit - there)
  return (there + back) / 2
}

/** From the points of one line to the other line; more than `limit` may be anything more. Plain arithmetic, as it runs for every stroke and template. */
function meanDistance(points: Float64Array, line: Float64Array, limit: number): number {
  const count = points.length / 2
  const most = limit * count
  let sum = 0
  for (let i = 0; i < points.length; i += 2) {
    sum += Math.sqrt(leastSquare(line, points[i] ?? 0, points[i + 1] ?? 0))
    if (sum > most) return Number.POSITIVE_INFINITY
  }
  return sum / Math.max(1, count)
}

/** Squared distance of a place from a line. */
function leastSquare(line: Float64Array, x: number, y: number): number {
  let ax = line[0] ?? 0
  let ay = line[1] ?? 0
  let least = (x - ax) * (x - ax) + (y - ay) * (y - ay)
  for (let j = 2; j < line.length; j += 2) {
    const bx = line[j] ?? 0
    const by = line[j + 1] ?? 0
    const dx = bx - ax
    const dy = by - ay
    const squared = dx * dx + dy * dy
    const t = squared > 0 ? Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / squared)) : 0
    const ox = x - ax - t * dx
    const oy = y - ay - t * dy
    least = Math.min(least, ox * ox + oy * oy)
    ax = bx
    ay = by
  }
  return least
}
