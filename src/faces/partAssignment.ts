/**
 * Which part of the face a stroke belongs to, by the whole drawing. A stroke that looks like a line of the face is that line: by its shape, and by
 * how far its place and size are from what is to be expected (its sister line, its mirror image, or the mean face as the drawing has it placed),
 * by what is there already, and by the order of a face from top to bottom. Anything else (a pupil, a strand, a shade) belongs to the part in whose
 * area most of it lies.
 */

import { type Bounds, boundsOf, distanceToPolygon, insidePolygon, polylineLength, resample } from '../shared/polyline'
import { SKETCH_SIZE_PX } from '../shared/units'
import { type DrawnFace, drawnFace, type Placement, placed, placementOf } from './drawnFace'
import { type Fit, fitOf, LEAST_SHAPE_PX } from './lineFit'
import { type LineShape, shapeDistance, shapeOf } from './lineShape'
import { MEAN_LANDMARKS } from './meanFace'
import { PARTS, type Part, type PartLine } from './parts'
import { mirrorTemplate, type PartTemplate, partTemplates } from './partTemplates'
import { COMPACT_PARTS, isOfPartSize, zonesOf } from './partZones'
import { broughtHome, placeOfDrawing } from './wholeDrawing'

const STROKE_STRIDE = 3
/** A stroke votes with samples this far apart, or with this many when it is long. */
const SAMPLE_PX = 4
const MOST_SAMPLES = 256

/** What a likeness costs: 1 is a common deviation. */
const COST = {
  /** Of the shape, in radii. */
  shape: 0.024,
  /** Of the size (natural logarithm) and the place (sketch pixels), where the mean face is all that is known, and where a line of its part is. */
  alone: { size: 0.38, place: 20 },
  related: { size: 0.22, place: 11 },
  /** Not the line itself but its retracing: this near and alike. */
  retrace: { size: 0.15, place: 5 },
  /** The line is there already. */
  taken: 2.5,
  /** The wrong way round with a part that is there. */
  disorder: 2.5,
  /** Below this a stroke is that line though it lies inside another part; above that it is none. */
  sure: 3.5,
  most: 6.5,
} as const

/** A stroke that lies inside what was drawn of a part belongs to it (a pupil, a lip's fold). */
const INSIDE_SHARE = 0.6
/** A head drawn in one line is half hair, half jaw: it is the jaw. */
const JAW_SHARE = 0.35
/** A closed line of such a size round the tip of the nose is a head, wherever exactly it was drawn. */
const HEAD_PX = { least: 150, most: 440, gapShare: 0.15 }
const NOSE_TIP = 30
/** A stroke larger than any ear is none. */
const LARGEST_EAR_PX = { width: 110, height: 150 }
/** Only the newest strokes may change their part when more is drawn. */
const REVIEWED = 6

/**
 * @param points flat x, y, pressure of the new stroke, in sketch pixels
 * @param drawn the strokes that are on the page already
 */
export function assignPart(points: readonly number[], drawn: readonly PartLine[] = []): Part {
  return partIn(drawnFace(drawn), points)
}

/** A stroke whose part is to be found; `isKnown` if it is not in question (a person has chosen it). */
export interface UnassignedLine {
  readonly points: readonly number[]
  readonly part?: Part
  readonly isKnown?: boolean
}

/** So many lines, the longest, say what a drawing is; what else there is of a picture of thousands (hatching) goes by its place among them. */
const MOST_WEIGHED = 300
const SAMPLES_OF_THE_REST = 12

/** Parts of a whole drawing at once, as if it lay where the mean face does, in the order of its strokes; a second look knows what came later. */
export function assignParts(lines: readonly UnassignedLine[]): Part[] {
  const weighed = longest(lines)
  const place = placeOfDrawing(weighed.map(({ points }) => points))
  const found: PartLine[] = []
  for (const line of weighed) {
    const points = broughtHome(place, line.points)
    found.push({ points, part: line.isKnown && line.part ? line.part : assignPart(points, found) })
  }
  const face = drawnFace(found)
  const parts = new Map<UnassignedLine, Part>()
  for (const [i, line] of weighed.entries()) {
    const own = found[i]
    if (own) parts.set(line, line.isKnown && line.part ? own.part : (seenAgain(own, face) ?? own.part))
  }
  const partOf = (line: UnassignedLine): Part =>
    parts.get(line) ?? (line.isKnown && line.part ? line.part : placePart(broughtHome(place, line.points), face))
  return lines.map(partOf)
}

function longest(lines: readonly UnassignedLine[]): readonly UnassignedLine[] {
  if (lines.length <= MOST_WEIGHED) return lines
  const byLength = lines.map((line) => ({ line, px: polylineLength(line.points, STROKE_STRIDE) })).sort((a, b) => b.px - a.px)
  const chosen = new Set(byLength.slice(0, MOST_WEIGHED).map(({ line }) => line))
  return lines.filter((line) => chosen.has(line))
}

/** By place alone: inside what was drawn of a part, else in whose area most of a few samples lie. */
function placePart(points: readonly number[], face: DrawnFace): Part {
  const samples = resample(points, STROKE_STRIDE, Math.max(SAMPLE_PX, polylineLength(points, STROKE_STRIDE) / SAMPLES_OF_THE_REST))
  return surroundingPart(samples, face) ?? zonePart(samples, boundsOf(samples, STROKE_STRIDE), face)
}

/**
 * Parts of the newest strokes, once more, by what has been drawn since: an eyelid that had to be taken for a brow is known when the other lid
 * is there.
 * @returns the lines, those that changed as new objects
 */
export function reviewParts<L extends PartLine>(lines: readonly L[], mayChange: (line: L) => boolean): L[] {
  const now = [...lines]
  for (let i = Math.max(0, lines.length - REVIEWED); i < lines.length; i++) {
    const line = now[i]
    if (!line || !mayChange(line)) continue
    const part = seenAgain(line, drawnFace(now))
    if (part && part !== line.part) now[i] = { ...line, part }
  }
  return now
}

/** The line of the face that a stroke is, seen among all others; `null` if it is none. */
function seenAgain(line: PartLine, face: DrawnFace): Part | null {
  if (!isShaped(line.points)) return null
  const own = fitOf(line)
  return likestLine({ ...face, fits: face.fits.filter((fit) => fit !== own) }, line.points)?.part ?? null
}

function isShaped(points: readonly number[]): boolean {
  const shape = shapeOf(points, STROKE_STRIDE)
  return shape.lengthPx >= LEAST_SHAPE_PX && shape.radiusPx > 0
}

/** Above this a line is not worth offering. */
const OFFERED_COST = 30

/** All parts that a stroke might be, likeliest first: what to offer a person who corrects. */
export function likelyParts(points: readonly number[], drawn: readonly PartLine[]): Part[] {
  const face = drawnFace(drawn)
  const samples = resample(points, STROKE_STRIDE, Math.max(SAMPLE_PX, polylineLength(points, STROKE_STRIDE) / MOST_SAMPLES))
  const placement = placementOf(face.fits)
  const shape = shapeOf(points, STROKE_STRIDE)
  const lines = isShaped(points)
    ? partTemplates()
        .map((template) => ({ part: template.part, cost: costOf(template, shape, face.fits, placement, OFFERED_COST) }))
        .filter(({ cost }) => cost < OFFERED_COST)
        .sort((a, b) => a.cost - b.cost)
    : []
  const byZone = [...zoneVotes(samples, boundsOf(samples, STROKE_STRIDE), face)].sort((a, b) => b[1] - a[1]).map(([part]) => part)
  return [
    ...new Set([partIn(face, points), ...lines.map(({ part }) => part).slice(0, 3), ...byZone, ...lines.map(({ part }) => part), ...PARTS]),
  ]
}

function partIn(face: DrawnFace, points: readonly number[]): Part {
  const samples = resample(points, STROKE_STRIDE, Math.max(SAMPLE_PX, polylineLength(points, STROKE_STRIDE) / MOST_SAMPLES))
  const bounds = boundsOf(samples, STROKE_STRIDE)
  const line = isShaped(points) ? likestLine(face, points) : null
  if (line && line.cost <= COST.sure) return line.part
  const around = surroundingPart(samples, face)
  if (around) return around
  if (isHead(samples, bounds)) return 'jaw'
  return line?.part ?? zonePart(samples, bounds, face)
}

// ---------------------------------------------------------------- lines of the face

function likestLine(face: DrawnFace, points: readonly number[]): { part: Part; cost: number } | null {
  const shape = shapeOf(points, STROKE_STRIDE)
  const placement = placementOf(face.fits)
  let best: { part: Part; cost: number } | null = null
  for (const template of partTemplates()) {
    const least = best?.cost ?? COST.most
    const cost = costOf(template, shape, face.fits, placement, least)
    if (cost < least) best = { part: template.part, cost }
  }
  return best
}

/** What speaks against a stroke's being this line of the face; anything above `limit` may be infinite. */
function costOf(template: PartTemplate, shape: LineShape, fits: readonly Fit[], placement: Placement, limit: number): number {
  const around = surroundings(template, shape, fits, placement)
  if (around >= limit) return Number.POSITIVE_INFINITY
  return around + shapeDistance(shape, template.shape, (limit - around) * COST.shape) / COST.shape
}

/** The same, apart from its shape. */
function surroundings(template: PartTemplate, shape: LineShape, fits: readonly Fit[], placement: Placement): number {
  const mean = template.shape
  const expected = placed(placement, mean.x, mean.y)
  let place = deviation(shape, expected.x, expected.y, placement.scale * mean.radiusPx, COST.alone)
  let retraced = Number.POSITIVE_INFINITY
  let isTaken = false
  let disorder = 0
  const mirror = mirrorTemplate(template)
  for (const fit of fits) {
    const scale = fit.shape.radiusPx / fit.template.shape.radiusPx
    if (fit.template.contours.some((id) => template.contours.includes(id))) {
      isTaken = true
      retraced = Math.min(retraced, deviation(shape, fit.shape.x, fit.shape.y, scale * mean.radiusPx, COST.retrace))
    } else if (fit.template.part === template.part) {
      const x = fit.shape.x + scale * (mean.x - fit.template.shape.x)
      const y = fit.shape.y + scale * (mean.y - fit.template.shape.y)
      place = Math.min(place, deviation(shape, x, y, scale * mean.radiusPx, COST.related))
    } else if (fit.template === mirror && mirror !== template) {
      const axis = SKETCH_SIZE_PX / 2 + placement.dx
      place = Math.min(place, deviation(shape, 2 * axis - fit.shape.x, fit.shape.y, scale * mean.radiusPx, COST.related))
    }
    disorder = Math.max(disorder, disorderOf(template, shape, fit))
  }
  return isTaken ? Math.min(place + COST.taken, retraced) + disorder : place + disorder
}

function deviation(shape: LineShape, x: number, y: number, radiusPx: number, { size, place }: { size: number; place: number }): number {
  const larger = Math.log(shape.radiusPx / radiusPx) / size
  return larger * larger + ((shape.x - x) ** 2 + (shape.y - y) ** 2) / (place * place)
}

/** From top to bottom, in units of which one apart cannot be the other way round. */
const RANKS: Readonly<Partial<Record<Part, number>>> = { leftBrow: 0, rightBrow: 0, leftEye: 1, rightEye: 1, nose: 2, mouth: 3 }

function disorderOf(template: PartTemplate, shape: LineShape, { template: there, shape: where }: Fit): number {
  const [a, b] = [RANKS[template.part], RANKS[there.part]]
  if (a === undefined || b === undefined || template.part === there.part) return 0
  // A nose reaches up to the brows: only its base has an order.
  if (template.id === 'noseBridge' || there.id === 'noseBridge' || template.id === 'nose' || there.id === 'nose') return 0
  if (a === b) return template.shape.x < there.shape.x === shape.x < where.x ? 0 : COST.disorder
  return a < b === shape.y < where.y ? 0 : COST.disorder
}

// ---------------------------------------------------------------- everything else

/** The smallest drawn eye, brow, nose or mouth that holds most of the stroke, wherever on the page it was drawn. */
function surroundingPart(samples: readonly number[], face: DrawnFace): Part | null {
  let best: { part: Part; sizePx: number } | null = null
  for (const part of COMPACT_PARTS) {
    const ink = face.inks.get(part)
    if (!ink || ink.hull.length < 6 || !isOfPartSize(ink.bounds)) continue
    const { left, top, right, bottom } = ink.bounds
    const sizePx = Math.max(right - left, bottom - top)
    if (best && best.sizePx <= sizePx) continue
    let inside = 0
    for (let i = 0; i + 1 < samples.length; i += STROKE_STRIDE) {
      if (distanceToPolygon(ink.hull, samples[i] ?? 0, samples[i + 1] ?? 0) <= 2) inside++
    }
    if (inside >= INSIDE_SHARE * (samples.length / STROKE_STRIDE)) best = { part, sizePx }
  }
  return best?.part ?? null
}

function isHead(samples: readonly number[], { left, top, right, bottom }: Bounds): boolean {
  const [width, height] = [right - left, bottom - top]
  if (Math.min(width, height) < HEAD_PX.least || Math.max(width, height) > HEAD_PX.most) return false
  const [ax = 0, ay = 0] = samples
  const [bx = 0, by = 0] = samples.slice(-STROKE_STRIDE)
  if (Math.hypot(bx - ax, by - ay) > HEAD_PX.gapShare * polylineLength(samples, STROKE_STRIDE)) return false
  const polygon = samples.filter((_, i) => i % STROKE_STRIDE < 2)
  const [x = 0, y = 0] = MEAN_LANDMARKS[NOSE_TIP] ?? []
  return insidePolygon(polygon, x * SKETCH_SIZE_PX, y * SKETCH_SIZE_PX)
}

/** The part in whose area most of the stroke lies. */
function zonePart(samples: readonly number[], bounds: Bounds, face: DrawnFace): Part {
  const votes = zoneVotes(samples, bounds, face)
  const ranked = [...votes].sort((a, b) => b[1] - a[1])
  const first = ranked[0]?.[0] ?? 'other'
  // A deep grin hangs far below the mouth, yet it begins and ends there.
  if (first === 'other') return hangingFrom(samples, face) ?? first
  if (first === 'hair' && (votes.get('jaw') ?? 0) >= (JAW_SHARE * samples.length) / STROKE_STRIDE) return 'jaw'
  return first
}

/** The eye, brow, nose or mouth at which a stroke both begins and ends. */
function hangingFrom(samples: readonly number[], face: DrawnFace): Part | null {
  const partAt = zonesOf(face, placementOf(face.fits))
  const [from, to] = [samples.slice(0, 2), samples.slice(-STROKE_STRIDE)].map(([x = 0, y = 0]) => partAt(x, y, false))
  return from !== undefined && from === to && (COMPACT_PARTS as readonly Part[]).includes(from) ? from : null
}

function zoneVotes(samples: readonly number[], bounds: Bounds, face: DrawnFace): Map<Part, number> {
  const partAt = zonesOf(face, placementOf(face.fits))
  const mayBeEar = bounds.right - bounds.left <= LARGEST_EAR_PX.width && bounds.bottom - bounds.top <= LARGEST_EAR_PX.height
  const votes = new Map<Part, number>()
  for (let i = 0; i + 1 < samples.length; i += STROKE_STRIDE) {
    const part = partAt(samples[i] ?? 0, samples[i + 1] ?? 0, mayBeEar)
    votes.set(part, (votes.get(part) ?? 0) + 1)
  }
  return votes
}
