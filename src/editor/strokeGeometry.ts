/** Where strokes lie and how they are moved: bounds, hits and affine transforms. Bounds are cached per stroke object, as strokes never change. */

import { mirrorPart } from '../faces/landmarks'
import { type Bounds, boundsOf, distanceToPolyline } from '../shared/polyline'
import { SKETCH_SIZE_PX } from '../shared/units'
import { POINT_STRIDE, type Stroke } from './document'

/** (x, y) → (a·x + c·y + e, b·x + d·y + f), as in SVG. */
export type Affine = readonly [a: number, b: number, c: number, d: number, e: number, f: number]

const boundsCache = new WeakMap<Stroke, Bounds>()

/** Box round a stroke's points, without its width. */
export function strokeBounds(stroke: Stroke): Bounds {
  const known = boundsCache.get(stroke)
  if (known) return known
  const bounds = boundsOf(stroke.points, POINT_STRIDE)
  boundsCache.set(stroke, bounds)
  return bounds
}

export function unionBounds(strokes: readonly Stroke[]): Bounds {
  const all = strokes.map(strokeBounds)
  return {
    left: Math.min(...all.map((bounds) => bounds.left)),
    top: Math.min(...all.map((bounds) => bounds.top)),
    right: Math.max(...all.map((bounds) => bounds.right)),
    bottom: Math.max(...all.map((bounds) => bounds.bottom)),
  }
}

/** Whether the box, grown by a margin, meets another. */
export function boundsMeet(a: Bounds, b: Bounds, margin: number): boolean {
  return a.left - margin <= b.right && a.right + margin >= b.left && a.top - margin <= b.bottom && a.bottom + margin >= b.top
}

/** Distance from a place to a stroke's ink (0 on it), or infinity when it is farther than `limitPx`. */
export function distanceToInk(stroke: Stroke, x: number, y: number, limitPx: number): number {
  const half = stroke.widthPx / 2
  if (!boundsMeet(strokeBounds(stroke), { left: x, right: x, top: y, bottom: y }, limitPx + half)) return Number.POSITIVE_INFINITY
  const distance = Math.max(0, distanceToPolyline(stroke.points, POINT_STRIDE, x, y) - half)
  return distance <= limitPx ? distance : Number.POSITIVE_INFINITY
}

/** The stroke nearest to a place, the topmost of equally near ones. */
export function nearestStroke(strokes: readonly Stroke[], x: number, y: number, limitPx: number): Stroke | null {
  let best: Stroke | null = null
  let least = Number.POSITIVE_INFINITY
  for (const stroke of strokes) {
    const distance = distanceToInk(stroke, x, y, limitPx)
    if (distance <= least && distance < Number.POSITIVE_INFINITY) {
      best = stroke
      least = distance
    }
  }
  return best
}

/** The stroke with its points transformed; its width stays. */
export function transformStroke(stroke: Stroke, [a, b, c, d, e, f]: Affine): Stroke {
  const points: number[] = []
  for (let i = 0; i + 2 < stroke.points.length; i += POINT_STRIDE) {
    const [x = 0, y = 0, pressure = 0.5] = [stroke.points[i], stroke.points[i + 1], stroke.points[i + 2]]
    points.push(hundredth(a * x + c * y + e), hundredth(b * x + d * y + f), pressure)
  }
  return { ...stroke, points }
}

const hundredth = (value: number): number => Math.round(value * 100) / 100

export const translation = (dx: number, dy: number): Affine => [1, 0, 0, 1, dx, dy]

export function scaling(sx: number, sy: number, x: number, y: number): Affine {
  return [sx, 0, 0, sy, x - sx * x, y - sy * y]
}

/** Clockwise on the screen, where y points down. */
export function rotation(radians: number, x: number, y: number): Affine {
  const cos = Math.cos(radians)
  const sin = Math.sin(radians)
  return [cos, sin, -sin, cos, x - cos * x + sin * y, y - sin * x - cos * y]
}

/** Mirror image about the page's vertical middle. */
export const MIRROR: Affine = [-1, 0, 0, 1, SKETCH_SIZE_PX, 0]

/** The mirror image with the part of the other side. */
export function mirrorStroke(stroke: Stroke): Stroke {
  return { ...transformStroke(stroke, MIRROR), part: mirrorPart(stroke.part) }
}
