/** Where the parts of a drawing lie: the centre of each part's ink, the mean face's own, and how far people's lie from it. */

import { polylineLength } from '../shared/polyline'
import { meanFaceContours } from './meanFace'
import type { MeanFacePart } from './parts'
import variation from './partVariation.json' with { type: 'json' }
import type { Point } from './similarity'
import { isMeanFacePart, type PartLine } from './standIns'

/** In the order of the covariance's rows (x and y each). */
export const ANCHOR_PARTS = [
  'leftEye',
  'rightEye',
  'leftBrow',
  'rightBrow',
  'nose',
  'mouth',
  'jaw',
] as const satisfies readonly MeanFacePart[]

const STROKE_STRIDE = 3
/** Ink that people draw differs from landmarks by about this, in sketch pixels. */
const DRAWING_DEVIATION_PX = 1

/** The centre of a part's ink. */
export interface Anchor {
  readonly part: (typeof ANCHOR_PARTS)[number]
  readonly at: Point
  readonly lengthPx: number
}

interface Moments {
  readonly lengthPx: number
  /** Integrals of x and y along the line. */
  readonly x: number
  readonly y: number
}

const momentsOf = new WeakMap<PartLine, Moments>()

/** Integrals along a stroke, computed once. */
function moments(line: PartLine): Moments {
  const known = momentsOf.get(line)
  if (known) return known
  const { points } = line
  let [lengthPx, x, y] = [0, 0, 0]
  let ax = points[0] ?? 0
  let ay = points[1] ?? 0
  for (let i = STROKE_STRIDE; i + 1 < points.length; i += STROKE_STRIDE) {
    const bx = points[i] ?? 0
    const by = points[i + 1] ?? 0
    const length = Math.sqrt((bx - ax) ** 2 + (by - ay) ** 2)
    lengthPx += length
    x += (length * (ax + bx)) / 2
    y += (length * (ay + by)) / 2
    ax = bx
    ay = by
  }
  const found = { lengthPx, x, y }
  momentsOf.set(line, found)
  return found
}

/** One anchor for each part of the mean face that has ink. */
export function anchorsOf(lines: Iterable<PartLine>): Anchor[] {
  const sums = new Map<MeanFacePart, { lengthPx: number; x: number; y: number }>()
  for (const line of lines) {
    if (!isMeanFacePart(line.part)) continue
    const { lengthPx, x, y } = moments(line)
    const sum = sums.get(line.part) ?? { lengthPx: 0, x: 0, y: 0 }
    sum.lengthPx += lengthPx
    sum.x += x
    sum.y += y
    sums.set(line.part, sum)
  }
  return ANCHOR_PARTS.flatMap((part) => {
    const sum = sums.get(part)
    if (!sum || sum.lengthPx <= 0) return []
    return [{ part, at: [sum.x / sum.lengthPx, sum.y / sum.lengthPx], lengthPx: sum.lengthPx } satisfies Anchor]
  })
}

export interface MeanPart {
  readonly at: Point
  readonly lengthPx: number
  /** Half its larger side: how far off the centre of half a part may be. */
  readonly halfPx: number
  /** Row of the part's x in the covariance. */
  readonly row: number
}

let meanParts: ReadonlyMap<MeanFacePart, MeanPart> | null = null

/** The mean face's own anchor of a part. */
export function meanPart(part: MeanFacePart): MeanPart {
  meanParts ??= new Map(
    ANCHOR_PARTS.map((id, i) => {
      const contours = meanFaceContours().filter((contour) => contour.part === id)
      const lines = contours.map(({ points }): PartLine => ({ part: id, points: withPressure(points) }))
      const [anchor] = anchorsOf(lines)
      const xs = contours.flatMap(({ points }) => points.filter((_, k) => k % 2 === 0))
      const ys = contours.flatMap(({ points }) => points.filter((_, k) => k % 2 === 1))
      const halfPx = Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys)) / 2
      const lengthPx = contours.reduce((sum, { points }) => sum + polylineLength(points, 2), 0)
      return [id, { at: anchor?.at ?? [0, 0], lengthPx, halfPx, row: 2 * i }]
    }),
  )
  const known = meanParts.get(part)
  if (!known) throw new RangeError(`The mean face has no ${part}.`)
  return known
}

function withPressure(points: readonly number[]): number[] {
  const out: number[] = []
  for (let i = 0; i + 1 < points.length; i += 2) out.push(points[i] ?? 0, points[i + 1] ?? 0, 0)
  return out
}

/** Variance of an anchor on each axis, averaged: people differ, and the centre of a part that is drawn in part is uncertain by its size. */
export function variance({ part, lengthPx }: Anchor, scale: number): number {
  const mean = meanPart(part)
  const missing = Math.max(0, 1 - (scale * lengthPx) / (0.6 * mean.lengthPx))
  return personVariance(mean.row) + DRAWING_DEVIATION_PX ** 2 + (missing * mean.halfPx) ** 2
}

export const covariance = (row: number, column: number): number => variation.covariancePx2[row]?.[column] ?? 0
export const personVariance = (row: number): number => (covariance(row, row) + covariance(row + 1, row + 1)) / 2
