/**
 * Where a drawing lies, compared with the mean face: the similarity (shift, turn, scale) that brings it there before it is rasterised for the generator, so that the
 * network may trust where a line lies instead of having learnt from shifted sketches that it cannot.
 *
 * Strokes know their part. Each drawn part gives an anchor, the centre of its ink, and people's anchors vary about the mean face's by a known covariance
 * (`partVariation.json`, measured on the training faces). The placement is the most likely one, found robustly: a part that was drawn elsewhere on purpose (a low
 * mouth) or was taken for another is an outlier and moves nothing. Little ink says little, so it leaves the drawing where it is, and a placement in use
 * stays until another explains the drawing clearly better: one more stroke never makes the face jump.
 */

import { polylineLength } from '../shared/polyline'
import { SKETCH_SIZE_PX } from '../shared/units'
import { MEAN_LANDMARKS, meanFaceContours } from './meanFace'
import type { MeanFacePart } from './parts'
import variation from './partVariation.json' with { type: 'json' }
import { applyTo, fitSimilarity, IDENTITY, inverse, type Point, type Similarity, scaleOf, turnDegreesOf } from './similarity'
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
const UPPER: ReadonlySet<MeanFacePart> = new Set(['leftEye', 'rightEye', 'leftBrow', 'rightBrow'])

const STROKE_STRIDE = 3
/** What is beyond this is no drawing of an upright face on a page. */
const LIMITS = { leastScale: 0.3, mostScale: 3.5, mostTurnDegrees: 45 }
/** Fewer parts say nothing about a placement. */
const LEAST_PARTS = 3
/** Beyond this many standard deviations an anchor is an outlier. */
const OUTLIER = 3
/** How much better (in squared standard deviations, robustly summed) another placement has to explain the drawing than the one in use. With three parts four of six numbers are fitted. */
const CLEARLY_BETTER = { threeParts: 17, more: 12 }
/** Nor is it worth a jump when nothing moves by more than this, in sketch pixels. */
const LEAST_MOVE_PX = 2.5
/** A drawing that lies about this near to the mean face's place was drawn over it. */
const NEAR_PX = 5
/** Ink that people draw differs from landmarks by about this, in sketch pixels. */
const DRAWING_DEVIATION_PX = 1
/** Standard deviations of a person's placement before anything is drawn; wide, so that they decide only where the ink says nothing. */
const PRIOR = { shiftPx: 150, turnDegrees: 20, logScale: 0.5 }
const ROUNDS = 12

/** The centre of a part's ink. */
export interface Anchor {
  readonly part: (typeof ANCHOR_PARTS)[number]
  readonly at: Point
  readonly lengthPx: number
}

/**
 * The placement of a drawing.
 * @param lines its strokes, all parts, in sketch pixels
 * @param inUse what the drawing was placed by before its last change; the identity for a new one
 * @returns drawing → mean face; `inUse` itself unless another one is clearly better
 */
export function placementOf(lines: Iterable<PartLine>, inUse: Similarity = IDENTITY): Similarity {
  return placementOfAnchors(anchorsOf(lines), inUse)
}

/** The same from the middles of parts, however they were found. */
export function placementOfAnchors(anchors: readonly Anchor[], inUse: Similarity = IDENTITY): Similarity {
  if (anchors.length < LEAST_PARTS) return IDENTITY
  const best = mostLikely(anchors)
  if (!best || !isWitnessed(anchors, best)) return isIdentity(inUse) ? IDENTITY : inUse
  const needed = anchors.length === LEAST_PARTS ? CLEARLY_BETTER.threeParts : CLEARLY_BETTER.more
  const gainOver = (placement: Similarity): number => robustCost(anchors, placement) - robustCost(anchors, best)
  if (gainOver(inUse) < needed || largestMove(inUse, best) < LEAST_MOVE_PX) return inUse
  return gainOver(IDENTITY) < needed || largestMove(IDENTITY, best) < NEAR_PX ? IDENTITY : best
}

export const isIdentity = ({ a, b, dx, dy }: Similarity): boolean => a === 1 && b === 0 && dx === 0 && dy === 0

/** What a placement does to a drawing, as one would say it. */
export interface PlacementWords {
  /** Sketch pixels by which the middle of the face moves. */
  readonly rightPx: number
  readonly downPx: number
  readonly turnDegrees: number
  readonly scale: number
}

export function describePlacement(placement: Similarity): PlacementWords {
  const middle = faceMiddle()
  const [x, y] = applyTo(inverse(placement), middle)
  return { rightPx: middle[0] - x, downPx: middle[1] - y, turnDegrees: turnDegreesOf(placement), scale: scaleOf(placement) }
}

function faceMiddle(): Point {
  const mean = (axis: 0 | 1): number =>
    (SKETCH_SIZE_PX * MEAN_LANDMARKS.reduce((sum, point) => sum + point[axis], 0)) / MEAN_LANDMARKS.length
  return [mean(0), mean(1)]
}

/** Farthest that a landmark of the mean face lies apart under two placements, in sketch pixels. */
export function largestMove(one: Similarity, other: Similarity): number {
  // Landmarks in the drawing under one of them, and where the other takes them.
  const back = inverse(one)
  const distances = MEAN_LANDMARKS.map(([x, y]) => {
    const at: Point = [x * SKETCH_SIZE_PX, y * SKETCH_SIZE_PX]
    const [u, v] = applyTo(other, applyTo(back, at))
    return Math.hypot(u - at[0], v - at[1])
  })
  return Math.max(...distances)
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
  for (let i = 0; i + STROKE_STRIDE + 1 < points.length; i += STROKE_STRIDE) {
    const [ax = 0, ay = 0, , bx = 0, by = 0] = points.slice(i, i + 5)
    const length = Math.hypot(bx - ax, by - ay)
    lengthPx += length
    x += (length * (ax + bx)) / 2
    y += (length * (ay + by)) / 2
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
function variance({ part, lengthPx }: Anchor, scale: number): number {
  const mean = meanPart(part)
  const missing = Math.max(0, 1 - (scale * lengthPx) / (0.6 * mean.lengthPx))
  return personVariance(mean.row) + DRAWING_DEVIATION_PX ** 2 + (missing * mean.halfPx) ** 2
}

const covariance = (row: number, column: number): number => variation.covariancePx2[row]?.[column] ?? 0
const personVariance = (row: number): number => (covariance(row, row) + covariance(row + 1, row + 1)) / 2

/** Squared distances in standard deviations, each robustly: an outlier costs no more than `OUTLIER`² (Geman and McClure). */
function robustCost(anchors: readonly Anchor[], placement: Similarity): number {
  const prior = (turnDegreesOf(placement) / PRIOR.turnDegrees) ** 2 + (Math.log(scaleOf(placement)) / PRIOR.logScale) ** 2
  const { rightPx, downPx } = describePlacement(placement)
  const shift = (rightPx ** 2 + downPx ** 2) / PRIOR.shiftPx ** 2
  return anchors.reduce((sum, anchor) => {
    const squared = squaredDeviations(anchor, placement)
    return sum + squared / (1 + squared / OUTLIER ** 2)
  }, prior + shift)
}

function squaredDeviations(anchor: Anchor, placement: Similarity): number {
  const [x, y] = applyTo(placement, anchor.at)
  const [mx, my] = meanPart(anchor.part).at
  // Two axes of one variance: half the sum is the square of one of them.
  return ((x - mx) ** 2 + (y - my) ** 2) / (2 * variance(anchor, scaleOf(placement)))
}

function isPossible(placement: Similarity | null): placement is Similarity {
  if (!placement) return false
  const scale = scaleOf(placement)
  return scale >= LIMITS.leastScale && scale <= LIMITS.mostScale && Math.abs(turnDegreesOf(placement)) <= LIMITS.mostTurnDegrees
}

/** From the best of what any two parts say, by reweighting, to the most likely placement of the parts that agree. */
function mostLikely(anchors: readonly Anchor[]): Similarity | null {
  const from = anchors.map(({ at }) => at)
  const to = anchors.map(({ part }) => meanPart(part).at)
  const candidates = [
    IDENTITY,
    fitSimilarity(
      from,
      to,
      anchors.map((anchor) => 1 / variance(anchor, 1)),
    ),
  ]
  for (let i = 0; i < anchors.length; i++) {
    for (let j = 0; j < i; j++)
      candidates.push(
        fitSimilarity(
          from,
          to,
          anchors.map((_, k) => (k === i || k === j ? 1 : 0)),
        ),
      )
  }
  let best: { placement: Similarity; cost: number } | null = null
  for (const candidate of candidates) {
    if (!isPossible(candidate)) continue
    const cost = robustCost(anchors, candidate)
    if (!best || cost < best.cost) best = { placement: candidate, cost }
  }
  if (!best) return null
  let { placement } = best
  for (let round = 0; round < ROUNDS; round++) {
    const next = fitSimilarity(
      from,
      to,
      anchors.map((anchor) => weight(anchor, placement)),
    )
    if (!isPossible(next)) break
    placement = next
  }
  return (
    jointly(
      anchors.filter((anchor) => agrees(anchor, placement)),
      placement,
    ) ?? placement
  )
}

const weight = (anchor: Anchor, placement: Similarity): number =>
  1 / ((1 + squaredDeviations(anchor, placement) / OUTLIER ** 2) ** 2 * variance(anchor, scaleOf(placement)))

const agrees = (anchor: Anchor, placement: Similarity): boolean => squaredDeviations(anchor, placement) < OUTLIER ** 2

/**
 * A placement needs parts from above and below that agree on it, or eyes set wide apart would be taken for a large drawing; and more than half of what is drawn.
 */
function isWitnessed(anchors: readonly Anchor[], placement: Similarity): boolean {
  const witnesses = anchors.filter((anchor) => agrees(anchor, placement))
  const upper = witnesses.filter(({ part }) => UPPER.has(part)).length
  return upper > 0 && upper < witnesses.length && witnesses.length >= LEAST_PARTS && 2 * witnesses.length > anchors.length
}

/** Generalised least squares with people's covariance: what varies together (eyes and brows, mouth and jaw) counts once. */
function jointly(anchors: readonly Anchor[], start: Similarity): Similarity | null {
  const scale = scaleOf(start)
  const rows = anchors.flatMap(({ part }) => [meanPart(part).row, meanPart(part).row + 1])
  const spread = rows.map((row, i) =>
    rows.map((column, j) => {
      const anchor = anchors[i >> 1]
      return covariance(row, column) + (i === j && anchor ? variance(anchor, scale) - personVariance(meanPart(anchor.part).row) : 0)
    }),
  )
  const design = anchors.flatMap(({ at: [x, y] }) => [
    [x, -y, 1, 0],
    [y, x, 0, 1],
  ])
  const wanted = anchors.flatMap(({ part }) => meanPart(part).at)
  const whitened = solve(
    spread,
    design.map((row, i) => [...row, wanted[i] ?? 0]),
  )
  if (!whitened) return null
  const normal = [0, 1, 2, 3].map((p) =>
    [0, 1, 2, 3, 4].map((q) => design.reduce((sum, row, i) => sum + (row[p] ?? 0) * (whitened[i]?.[q] ?? 0), 0)),
  )
  const solution = solve(
    normal.map((row) => row.slice(0, 4)),
    normal.map((row) => row.slice(4)),
  )
  if (!solution) return null
  const [a = 1, b = 0, dx = 0, dy = 0] = solution.map(([value]) => value)
  const found = { a, b, dx, dy }
  return isPossible(found) ? found : null
}

/** Gauss–Jordan elimination with pivots: `matrix · X = right`; `null` for a singular matrix. Both are small. */
function solve(matrix: readonly (readonly number[])[], right: readonly (readonly number[])[]): number[][] | null {
  const n = matrix.length
  const rows = matrix.map((row, i) => [...row, ...(right[i] ?? [])])
  for (let column = 0; column < n; column++) {
    const pivot = rows
      .slice(column)
      .reduce((best, row, i) => (Math.abs(row[column] ?? 0) > Math.abs(rows[best]?.[column] ?? 0) ? column + i : best), column)
    const [top, other] = [rows[column] ?? [], rows[pivot] ?? []]
    rows[column] = other
    rows[pivot] = top
    const divisor = other[column] ?? 0
    if (Math.abs(divisor) < 1e-12) return null
    const unit = other.map((value) => value / divisor)
    rows[column] = unit
    for (let i = 0; i < n; i++) {
      const factor = rows[i]?.[column] ?? 0
      if (i !== column && factor !== 0) rows[i] = (rows[i] ?? []).map((value, k) => value - factor * (unit[k] ?? 0))
    }
  }
  return rows.map((row) => row.slice(n))
}
