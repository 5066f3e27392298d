/** Similarity transforms of the plane: turn, scale and shift, never a mirror image. x′ = a·x − b·y + dx, y′ = b·x + a·y + dy. */

export interface Similarity {
  readonly a: number
  readonly b: number
  readonly dx: number
  readonly dy: number
}

export type Point = readonly [number, number]

export const IDENTITY: Similarity = { a: 1, b: 0, dx: 0, dy: 0 }

export const scaleOf = ({ a, b }: Similarity): number => Math.hypot(a, b)
/** Clockwise on the page, whose y axis points down. */
export const turnDegreesOf = ({ a, b }: Similarity): number => (Math.atan2(b, a) * 180) / Math.PI

export function applyTo({ a, b, dx, dy }: Similarity, [x, y]: Point): Point {
  return [a * x - b * y + dx, b * x + a * y + dy]
}

/** Flat points of any stride, of which the first two numbers of each are x and y. */
export function applyToFlat({ a, b, dx, dy }: Similarity, points: readonly number[], stride: number): number[] {
  const out = [...points]
  for (let i = 0; i + 1 < points.length; i += stride) {
    const [x, y] = [points[i] ?? 0, points[i + 1] ?? 0]
    out[i] = a * x - b * y + dx
    out[i + 1] = b * x + a * y + dy
  }
  return out
}

/** @throws RangeError when it shrinks everything to a point */
export function inverse({ a, b, dx, dy }: Similarity): Similarity {
  const squared = a * a + b * b
  if (!(squared > 0)) throw new RangeError('A similarity of scale 0 has no inverse.')
  const [p, q] = [a / squared, -b / squared]
  return { a: p, b: q, dx: -(p * dx - q * dy), dy: -(q * dx + p * dy) }
}

/** `first`, then `then`. */
export function compose(then: Similarity, first: Similarity): Similarity {
  const [dx, dy] = applyTo(then, [first.dx, first.dy])
  return { a: then.a * first.a - then.b * first.b, b: then.b * first.a + then.a * first.b, dx, dy }
}

/** Turned and scaled about a centre, then shifted. */
export function about([cx, cy]: Point, scale: number, turnDegrees: number, [x, y]: Point): Similarity {
  const turn = (turnDegrees * Math.PI) / 180
  const [a, b] = [scale * Math.cos(turn), scale * Math.sin(turn)]
  return { a, b, dx: cx + x - a * cx + b * cy, dy: cy + y - b * cx - a * cy }
}

/**
 * The similarity that takes `from` to `to` with the least weighted sum of squared distances, in closed form (Umeyama 1991 without reflection).
 * `null` when the weighted points are one point.
 */
export function fitSimilarity(from: readonly Point[], to: readonly Point[], weights: readonly number[]): Similarity | null {
  const total = weights.reduce((sum, w) => sum + w, 0)
  const centre = (points: readonly Point[], axis: 0 | 1): number =>
    points.reduce((sum, point, i) => sum + (weights[i] ?? 0) * point[axis], 0) / total
  const [fx, fy, tx, ty] = [centre(from, 0), centre(from, 1), centre(to, 0), centre(to, 1)]
  let [dot, cross, squared] = [0, 0, 0]
  for (const [i, [x, y]] of from.entries()) {
    const [u, v] = to[i] ?? [0, 0]
    const w = weights[i] ?? 0
    dot += w * ((x - fx) * (u - tx) + (y - fy) * (v - ty))
    cross += w * ((x - fx) * (v - ty) - (y - fy) * (u - tx))
    squared += w * ((x - fx) ** 2 + (y - fy) ** 2)
  }
  if (!(squared > 1e-9 * total)) return null
  const [a, b] = [dot / squared, cross / squared]
  return { a, b, dx: tx - a * fx + b * fy, dy: ty - b * fx - a * fy }
}
