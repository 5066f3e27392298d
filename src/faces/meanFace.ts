/**
 * The mean face: the average of the training landmarks (made symmetric) as contour lines in sketch pixels. It lies under the page, gives its
 * parts as editable strokes, and stands in for what is not drawn yet.
 */

import { polylineLength } from '../shared/polyline'
import { SKETCH_SIZE_PX } from '../shared/units'
import type { Landmarks68 } from './landmarks'
import mean from './meanFace.json' with { type: 'json' }
import { CONTOUR_LINES, type ContourLine, type MeanFacePart } from './parts'

/** `[68][x, y]` in 0–1 of the page. */
export const MEAN_LANDMARKS: Landmarks68 = mean.map(([x = 0, y = 0]) => [x, y])

/** One contour line: flat x, y in sketch pixels. */
export interface Contour {
  readonly id: string
  readonly part: MeanFacePart
  readonly points: readonly number[]
  readonly lengthPx: number
}

/** Greatest distance of neighbouring points on a contour, in sketch pixels. */
const CONTOUR_SPACING_PX = 4

/** Landmarks in 0–1 → smooth contour lines through them, in sketch pixels. */
export function contoursOf(landmarks: Landmarks68): Contour[] {
  return CONTOUR_LINES.map((line) => {
    const points = curveThrough(line, landmarks)
    return { id: line.id, part: line.part, points, lengthPx: polylineLength(points, 2) }
  })
}

let meanContours: readonly Contour[] | null = null

/** The mean face's contour lines; always the same objects. */
export function meanFaceContours(): readonly Contour[] {
  meanContours ??= contoursOf(MEAN_LANDMARKS)
  return meanContours
}

/** Centripetal Catmull-Rom spline (Yuksel et al. 2011): passes through every landmark, without loops or overshoot. */
function curveThrough(line: ContourLine, landmarks: Landmarks68): number[] {
  const corners = line.indices.map((index) => {
    const [x, y] = landmarks[index] ?? [0, 0]
    return [x * SKETCH_SIZE_PX, y * SKETCH_SIZE_PX] as const
  })
  const points: number[] = []
  for (let i = 0; i + 1 < corners.length; i++) {
    const b = corners[i] ?? [0, 0]
    const c = corners[i + 1] ?? b
    const a = corners[i - 1] ?? reflected(b, c)
    const d = corners[i + 2] ?? reflected(c, b)
    const steps = Math.max(1, Math.ceil(Math.hypot(c[0] - b[0], c[1] - b[1]) / CONTOUR_SPACING_PX))
    for (let n = 0; n < steps; n++) points.push(...catmullRom(a, b, c, d, n / steps))
  }
  const last = corners.at(-1)
  if (last) points.push(...last)
  return points
}

type Point = readonly [number, number]

/** `q` mirrored at `p`: the missing neighbour beyond an end. */
function reflected(p: Point, q: Point): Point {
  return [2 * p[0] - q[0], 2 * p[1] - q[1]]
}

/** Place between b (t = 0) and c (t = 1), by Barry and Goldman's pyramid with centripetal knots. */
function catmullRom(a: Point, b: Point, c: Point, d: Point, t: number): Point {
  const ka = 0
  const kb = ka + knot(a, b)
  const kc = kb + knot(b, c)
  const kd = kc + knot(c, d)
  const k = kb + t * (kc - kb)
  const ab = mix(a, b, ka, kb, k)
  const bc = mix(b, c, kb, kc, k)
  const cd = mix(c, d, kc, kd, k)
  return mix(mix(ab, bc, ka, kc, k), mix(bc, cd, kb, kd, k), kb, kc, k)
}

function knot(p: Point, q: Point): number {
  return Math.max(1e-6, Math.sqrt(Math.hypot(q[0] - p[0], q[1] - p[1])))
}

function mix(p: Point, q: Point, from: number, to: number, at: number): Point {
  const t = (at - from) / (to - from)
  return [p[0] + t * (q[0] - p[0]), p[1] + t * (q[1] - p[1])]
}
