/**
 * Plane geometry on flat polylines: `points` holds `stride` numbers a point, x and y first (2 for contours, 3 for strokes with pressure).
 * Pure functions; nothing is modified.
 */

export type Flat = ArrayLike<number>

export interface Bounds {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** Place on a polyline that is nearest to a point. `along` is the arc length from the start, `index` where its segment starts in `points`. */
export interface NearestPlace {
  readonly distance: number
  readonly along: number
  readonly index: number
  readonly x: number
  readonly y: number
}

export function polylineLength(points: Flat, stride: number): number {
  let length = 0
  for (let i = stride; i + 1 < points.length; i += stride) length += stepLength(points, i - stride, i)
  return length
}

function stepLength(points: Flat, a: number, b: number): number {
  const dx = (points[b] ?? 0) - (points[a] ?? 0)
  const dy = (points[b + 1] ?? 0) - (points[a + 1] ?? 0)
  // Several times as fast as Math.hypot, and no page is so large that squares would overflow.
  return Math.sqrt(dx * dx + dy * dy)
}

/** The least box round all points; an empty polyline gives an empty box (left > right). */
export function boundsOf(points: Flat, stride: number): Bounds {
  let left = Number.POSITIVE_INFINITY
  let top = Number.POSITIVE_INFINITY
  let right = Number.NEGATIVE_INFINITY
  let bottom = Number.NEGATIVE_INFINITY
  for (let i = 0; i + 1 < points.length; i += stride) {
    const x = points[i] ?? 0
    const y = points[i + 1] ?? 0
    left = Math.min(left, x)
    right = Math.max(right, x)
    top = Math.min(top, y)
    bottom = Math.max(bottom, y)
  }
  return { left, top, right, bottom }
}

/** Evenly spaced points along the line, both ends kept, every channel interpolated. The spacing is at most about `spacing`. */
export function resample(points: Flat, stride: number, spacing: number): number[] {
  const count = Math.floor(points.length / stride)
  const length = polylineLength(points, stride)
  if (count < 2 || length === 0) return Array.from({ length: Math.min(stride, points.length) }, (_, channel) => points[channel] ?? 0)
  const steps = Math.max(1, Math.ceil(length / spacing - 1e-9))
  const out: number[] = []
  let from = 0
  let passed = 0
  let step = stepLength(points, 0, stride)
  for (let n = 0; n < steps; n++) {
    const target = (length * n) / steps
    while (passed + step < target && from + 2 * stride < points.length) {
      passed += step
      from += stride
      step = stepLength(points, from, from + stride)
    }
    const t = step > 0 ? Math.min(1, (target - passed) / step) : 0
    for (let channel = 0; channel < stride; channel++) {
      const a = points[from + channel] ?? 0
      out.push(a + t * ((points[from + stride + channel] ?? 0) - a))
    }
  }
  for (let channel = 0; channel < stride; channel++) out.push(points[(count - 1) * stride + channel] ?? 0)
  return out
}

/** How far along the segment a–b, 0–1, the place nearest to (x, y) lies. */
export function segmentParameter(x: number, y: number, ax: number, ay: number, bx: number, by: number): number {
  const dx = bx - ax
  const dy = by - ay
  const squared = dx * dx + dy * dy
  return squared > 0 ? Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / squared)) : 0
}

function squareFromSegment(x: number, y: number, ax: number, ay: number, bx: number, by: number): number {
  const t = segmentParameter(x, y, ax, ay, bx, by)
  const dx = x - ax - t * (bx - ax)
  const dy = y - ay - t * (by - ay)
  return dx * dx + dy * dy
}

export function distanceToSegment(x: number, y: number, ax: number, ay: number, bx: number, by: number): number {
  return Math.sqrt(squareFromSegment(x, y, ax, ay, bx, by))
}

/** A single point counts as a line of no length. An empty polyline is infinitely far. Plain arithmetic, as it runs for every sample of every stroke. */
export function nearestOnPolyline(points: Flat, stride: number, x: number, y: number): NearestPlace {
  let least = Number.POSITIVE_INFINITY
  let index = 0
  let share = 0
  let nearX = 0
  let nearY = 0
  if (points.length < 2) return { distance: least, along: 0, index, x: nearX, y: nearY }
  let ax = points[0] ?? 0
  let ay = points[1] ?? 0
  for (let i = 0; i === 0 || i + stride + 1 < points.length; i += stride) {
    const bx = points[i + stride] ?? ax
    const by = points[i + stride + 1] ?? ay
    const t = segmentParameter(x, y, ax, ay, bx, by)
    const px = ax + t * (bx - ax)
    const py = ay + t * (by - ay)
    const squared = (x - px) * (x - px) + (y - py) * (y - py)
    if (squared < least) {
      least = squared
      index = i
      share = t
      nearX = px
      nearY = py
    }
    ax = bx
    ay = by
  }
  const along = lengthUpTo(points, stride, index) + (share > 0 ? share * stepLength(points, index, index + stride) : 0)
  return { distance: Math.sqrt(least), along, index, x: nearX, y: nearY }
}

function lengthUpTo(points: Flat, stride: number, end: number): number {
  let length = 0
  for (let i = stride; i <= end; i += stride) length += stepLength(points, i - stride, i)
  return length
}

export function distanceToPolyline(points: Flat, stride: number, x: number, y: number): number {
  let least = Number.POSITIVE_INFINITY
  if (points.length < 2) return least
  let ax = points[0] ?? 0
  let ay = points[1] ?? 0
  for (let i = 0; i === 0 || i + stride + 1 < points.length; i += stride) {
    const bx = points[i + stride] ?? ax
    const by = points[i + stride + 1] ?? ay
    least = Math.min(least, squareFromSegment(x, y, ax, ay, bx, by))
    ax = bx
    ay = by
  }
  return Math.sqrt(least)
}

/** Convex hull as flat x, y, without repeating the first corner (monotone chain, Andrew 1979). One or two points stay as they are. */
export function convexHull(points: Flat, stride: number): number[] {
  const corners: [number, number][] = []
  for (let i = 0; i + 1 < points.length; i += stride) corners.push([points[i] ?? 0, points[i + 1] ?? 0])
  corners.sort((a, b) => a[0] - b[0] || a[1] - b[1])
  const unique = corners.filter((corner, i) => corner[0] !== corners[i - 1]?.[0] || corner[1] !== corners[i - 1]?.[1])
  if (unique.length < 3) return unique.flat()
  const lower = halfHull(unique)
  const upper = halfHull(unique.reverse())
  return [...lower.slice(0, -1), ...upper.slice(0, -1)].flat()
}

function halfHull(sorted: readonly (readonly [number, number])[]): (readonly [number, number])[] {
  const chain: (readonly [number, number])[] = []
  for (const point of sorted) {
    for (;;) {
      const b = chain.at(-1)
      const a = chain.at(-2)
      if (!a || !b || (b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0]) > 0) break
      chain.pop()
    }
    chain.push(point)
  }
  return chain
}

/** Even-odd rule on a closed polygon of flat x, y. */
export function insidePolygon(polygon: Flat, x: number, y: number): boolean {
  let inside = false
  for (let i = 0, j = polygon.length - 2; i + 1 < polygon.length; j = i, i += 2) {
    const ay = polygon[i + 1] ?? 0
    const by = polygon[j + 1] ?? 0
    if (ay > y === by > y) continue
    const ax = polygon[i] ?? 0
    if (x < ax + ((y - ay) / (by - ay)) * ((polygon[j] ?? 0) - ax)) inside = !inside
  }
  return inside
}

/** 0 inside a closed polygon of flat x, y, else the distance to its outline. */
export function distanceToPolygon(polygon: Flat, x: number, y: number): number {
  if (polygon.length >= 6 && insidePolygon(polygon, x, y)) return 0
  const last = polygon.length - 2
  const closing = distanceToSegment(x, y, polygon[last] ?? 0, polygon[last + 1] ?? 0, polygon[0] ?? 0, polygon[1] ?? 0)
  return Math.min(closing, distanceToPolyline(polygon, 2, x, y))
}

/** Whether a box lies inside a convex polygon: then what it holds changes nothing about the hull of both. */
export function boxInside(hull: Flat, { left, top, right, bottom }: Bounds): boolean {
  const corners = [left, top, right, top, right, bottom, left, bottom]
  return hull.length >= 6 && [0, 2, 4, 6].every((i) => insidePolygon(hull, corners[i] ?? 0, corners[i + 1] ?? 0))
}
