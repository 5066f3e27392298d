/**
 * The 68 landmarks of a drawing: where on its lines the points lie that the mean face has, so that drawings can be averaged, compared and moved as whole faces.
 *
 * Lines that know their part, in the mean face's place → landmarks in 0–1 of the page. Each contour line of a part takes its landmarks, in this order,
 * 1. from the stroke that draws it (`lineFit.ts`), at the mean line's shares of its length;
 * 2. from the line that stands in for it (`standIns.ts`), which is the mean line, moved;
 * 3. from the nearest ink of the part that draws no other line: an eye in one loop, a jaw in pieces;
 * 4. from the mean line, brought to where the part was drawn.
 * So every drawing has all of them, the empty page those of the mean face. Where two lines meet (the corners of eyes and mouth) they are averaged.
 */

import { boundsOf, nearestOnPolyline, polylineLength } from '../shared/polyline'
import { SKETCH_SIZE_PX } from '../shared/units'
import { bentLips } from './bentLips'
import { type Landmarks68, type Point, pointAt } from './landmarks'
import { type Fit, fitOf } from './lineFit'
import { shapeOf } from './lineShape'
import { type Contour, MEAN_LANDMARKS, meanFaceContours } from './meanFace'
import { CONTOUR_LINES, type ContourLine, type MeanFacePart, type PartLine } from './parts'
import { standIns } from './standIns'

const STROKE_STRIDE = 3
/** Ink farther than this from where a landmark should lie is not its line, in sketch pixels. */
const REACH_PX = 28
/** A drawn part is at most this factor smaller or larger than the mean one. */
const MOST_SCALE = 2.2
/** The lines across a mouth from top to bottom, and how wide each is at least for the widest. */
const LIPS = ['upperLipOuter', 'upperLipInner', 'lowerLipInner', 'lowerLipOuter']
const LIP_SHARE = 0.5

/** @param lines strokes in the mean face's place (`editor/placedPage`), all parts */
export function drawnLandmarks(lines: readonly PartLine[]): Landmarks68 {
  const stand = standIns(lines)
  const sums = MEAN_LANDMARKS.map(() => ({ x: 0, y: 0, count: 0 }))
  for (const line of CONTOUR_LINES) {
    const ofPart = lines.filter(({ part, points }) => part === line.part && points.length >= STROKE_STRIDE)
    const places = placesOn(line, ofPart, stand)
    line.indices.forEach((index, i) => {
      const sum = sums[index]
      const [x, y] = places[i] ?? [0, 0]
      if (sum) Object.assign(sum, { x: sum.x + x, y: sum.y + y, count: sum.count + 1 })
    })
  }
  return sums.map(({ x, y, count }) => [x / count / SKETCH_SIZE_PX, y / count / SKETCH_SIZE_PX] as const)
}

/** Where the landmarks of one contour line lie, in sketch pixels, in the order of its indices. */
function placesOn(line: ContourLine, ofPart: readonly PartLine[], stand: readonly Contour[]): readonly Point[] {
  const mean = meanPlaces(line)
  if (ofPart.length === 0) return mean
  const between = betweenLips(line, ofPart)
  if (between) return alongStroke(between.points, line)
  const standIn = stand.find(({ id }) => id === line.id)
  const isWholeStandIn = standIn !== undefined && standIn.points.length === meanContour(line.id).points.length
  if (isWholeStandIn) return mean.map((_, i) => pairAt(standIn.points, cornerOf(line, i), 2))
  const fits = ofPart.flatMap((stroke) => fitOf(stroke) ?? [])
  const own = lipsInOrder(line.part, ofPart)?.get(line.id) ?? longest(ofPart.filter((stroke) => fitOf(stroke)?.template.id === line.id))
  if (own) return alongStroke(own.points, line)
  // Strokes without a shape of their own say where a part lies only together, once nothing of it is missing.
  const isWhole = fits.length > 0 || !stand.some(({ part }) => part === line.part)
  const place = isWhole ? partPlace(line.part, ofPart, fits) : MEAN_PLACE
  const pieces = stand.filter(({ id }) => id.startsWith(`${line.id}-`))
  const ink = ofPart.filter((stroke) => fitOf(stroke)?.template.contours.includes(line.id) ?? true)
  return mean.map(([x, y]) => {
    const at: Point = [place.scaleX * x + place.dx, place.scaleY * y + place.dy]
    return nearestOn(
      [...ink.map(({ points }) => ({ points, stride: STROKE_STRIDE })), ...pieces.map(({ points }) => ({ points, stride: 2 }))],
      at,
    )
  })
}

const meanContour = (id: string): Contour => {
  const contour = meanFaceContours().find((each) => each.id === id)
  if (!contour) throw new RangeError(`The mean face has no line ${id}.`)
  return contour
}

const meanPlaces = ({ indices }: ContourLine): Point[] =>
  indices.map((index) => {
    const [x, y] = pointAt(MEAN_LANDMARKS, index)
    return [x * SKETCH_SIZE_PX, y * SKETCH_SIZE_PX]
  })

function pairAt(points: readonly number[], i: number, stride: number): Point {
  return [points[stride * i] ?? 0, points[stride * i + 1] ?? 0]
}

const corners = new Map<string, readonly number[]>()

/** Which point of the mean contour is the landmark at place `i` of a line: contours run through their landmarks. */
function cornerOf(line: ContourLine, i: number): number {
  const known = corners.get(line.id)
  if (known) return known[i] ?? 0
  const { points } = meanContour(line.id)
  const found = meanPlaces(line).map(([x, y]) => {
    let [best, least] = [0, Number.POSITIVE_INFINITY]
    for (let k = 0; 2 * k < points.length; k++) {
      const [px, py] = pairAt(points, k, 2)
      const distance = Math.hypot(px - x, py - y)
      if (distance < least) [best, least] = [k, distance]
    }
    return best
  })
  corners.set(line.id, found)
  return found[i] ?? 0
}

/**
 * The four lines of a mouth from top to bottom: by their shapes alone lips are taken for each other as soon as a mouth smiles or opens. `null` unless just
 * four lines run across it.
 */
function lipsInOrder(part: MeanFacePart, ofPart: readonly PartLine[]): ReadonlyMap<string, PartLine> | null {
  if (part !== 'mouth') return null
  const across = ofPart.map((line) =>
    Math.abs(pairAt(line.points, line.points.length / STROKE_STRIDE - 1, STROKE_STRIDE)[0] - (line.points[0] ?? 0)),
  )
  const widest = Math.max(...across)
  const lips = ofPart.filter((_, i) => (across[i] ?? 0) > LIP_SHARE * widest)
  if (lips.length !== LIPS.length) return null
  const ordered = [...lips].sort((a, b) => shapeOf(a.points, STROKE_STRIDE).y - shapeOf(b.points, STROKE_STRIDE).y)
  return new Map(ordered.map((line, i) => [LIPS[i] ?? '', line]))
}

/** A mouth drawn as one line between the lips is both of their inner lines. */
function betweenLips(line: ContourLine, ofPart: readonly PartLine[]): PartLine | null {
  const [only] = ofPart
  const isInner = line.id === 'upperLipInner' || line.id === 'lowerLipInner'
  return isInner && only && ofPart.length === 1 && (bentLips(only)?.length ?? 0) > 0 ? only : null
}

/** Landmarks on a stroke that draws the line, whichever way it was drawn: at the shares of its length at which the mean line has them. */
function alongStroke(points: readonly number[], line: ContourLine): Point[] {
  const contour = meanContour(line.id)
  const shares = line.indices.map((_, i) => polylineLength(contour.points.slice(0, 2 * cornerOf(line, i) + 2), 2) / contour.lengthPx)
  const [a, b] = [pairAt(contour.points, 0, 2), pairAt(contour.points, contour.points.length / 2 - 1, 2)]
  const [from, to] = [pairAt(points, 0, STROKE_STRIDE), pairAt(points, points.length / STROKE_STRIDE - 1, STROKE_STRIDE)]
  // Where both ends run is told by their difference alone: a stroke may lie anywhere.
  const isReversed = (b[0] - a[0]) * (to[0] - from[0]) + (b[1] - a[1]) * (to[1] - from[1]) < 0
  const lengthPx = polylineLength(points, STROKE_STRIDE)
  return shares.map((share) => placeAlong(points, lengthPx * (isReversed ? 1 - share : share)))
}

function placeAlong(points: readonly number[], along: number): Point {
  let passed = 0
  for (let i = 0; STROKE_STRIDE * (i + 1) < points.length; i++) {
    const [[ax, ay], [bx, by]] = [pairAt(points, i, STROKE_STRIDE), pairAt(points, i + 1, STROKE_STRIDE)]
    const step = Math.hypot(bx - ax, by - ay)
    if (passed + step >= along && step > 0) {
      const t = Math.max(0, (along - passed) / step)
      return [ax + t * (bx - ax), ay + t * (by - ay)]
    }
    passed += step
  }
  return pairAt(points, points.length / STROKE_STRIDE - 1, STROKE_STRIDE)
}

const longest = (lines: readonly PartLine[]): PartLine | null =>
  lines.reduce<PartLine | null>(
    (best, line) => (best && polylineLength(best.points, STROKE_STRIDE) >= polylineLength(line.points, STROKE_STRIDE) ? best : line),
    null,
  )

interface Place {
  readonly scaleX: number
  readonly scaleY: number
  readonly dx: number
  readonly dy: number
}

const MEAN_PLACE: Place = { scaleX: 1, scaleY: 1, dx: 0, dy: 0 }

/** Mean part → where it was drawn, by the boxes round what is there: of the strokes that draw lines, of all ink where none does. */
function partPlace(part: MeanFacePart, ofPart: readonly PartLine[], fits: readonly Fit[]): Place {
  const drawnIds = new Set(fits.flatMap(({ template }) => template.contours))
  const contours = meanFaceContours().filter((contour) => contour.part === part && (drawnIds.size === 0 || drawnIds.has(contour.id)))
  const strokes = drawnIds.size === 0 ? ofPart : ofPart.filter((stroke) => fitOf(stroke) !== null)
  const mean = boundsOf(
    contours.flatMap(({ points }) => points),
    2,
  )
  const ink = boundsOf(
    strokes.flatMap(({ points }) => points),
    STROKE_STRIDE,
  )
  const clamped = (scale: number): number => Math.min(MOST_SCALE, Math.max(1 / MOST_SCALE, scale))
  const scaleX = clamped((ink.right - ink.left) / (mean.right - mean.left))
  const scaleY = clamped((ink.bottom - ink.top) / (mean.bottom - mean.top))
  const dx = (ink.left + ink.right) / 2 - (scaleX * (mean.left + mean.right)) / 2
  const dy = (ink.top + ink.bottom) / 2 - (scaleY * (mean.top + mean.bottom)) / 2
  return { scaleX, scaleY, dx, dy }
}

/** The nearest place on any of the lines; where it should lie when none is near. */
function nearestOn(lines: readonly { readonly points: readonly number[]; readonly stride: number }[], [x, y]: Point): Point {
  let best: { at: Point; distance: number } = { at: [x, y], distance: REACH_PX }
  for (const { points, stride } of lines) {
    const near = nearestOnPolyline(points, stride, x, y)
    if (near.distance < best.distance) best = { at: [near.x, near.y], distance: near.distance }
  }
  return best.at
}
