/**
 * What a drawing says so far about its face: which lines of the mean face its strokes draw (fits), where the drawing lies (its placement), and
 * the outlines of the parts that are there. It grows stroke by stroke, each at a cost that does not depend on how many there are.
 */

import { type Bounds, boundsOf, boxInside, convexHull } from '../shared/polyline'
import { SKETCH_SIZE_PX } from '../shared/units'
import { type Fit, fitOf } from './lineFit'
import type { MeanFacePart, Part, PartLine } from './parts'

const STROKE_STRIDE = 3
export interface PartInk {
  readonly hull: readonly number[]
  readonly bounds: Bounds
  /** Whether one of its lines is there, and not only details. */
  readonly hasLine: boolean
}

export interface DrawnFace {
  readonly fits: readonly Fit[]
  readonly inks: ReadonlyMap<Part, PartInk>
}

/** Mean-face place → where the drawing has it: about the middle of the page, without rotation. */
export interface Placement {
  readonly scale: number
  readonly dx: number
  readonly dy: number
}

export const IN_PLACE: Placement = { scale: 1, dx: 0, dy: 0 }
const MIDDLE = SKETCH_SIZE_PX / 2

export function placed({ scale, dx, dy }: Placement, x: number, y: number): { x: number; y: number } {
  return { x: MIDDLE + scale * (x - MIDDLE) + dx, y: MIDDLE + scale * (y - MIDDLE) + dy }
}

/** Back from the drawing to the mean face. */
export function unplaced({ scale, dx, dy }: Placement, x: number, y: number): { x: number; y: number } {
  return { x: MIDDLE + (x - dx - MIDDLE) / scale, y: MIDDLE + (y - dy - MIDDLE) / scale }
}

function withInk(ink: PartInk | undefined, line: PartLine, isLine: boolean): PartInk {
  const hasLine = isLine || (ink?.hasLine ?? false)
  const bounds = boundsOf(line.points, STROKE_STRIDE)
  if (ink && boxInside(ink.hull, bounds)) return hasLine === ink.hasLine ? ink : { ...ink, hasLine }
  const corners = convexHull(line.points, STROKE_STRIDE)
  const hull = ink ? convexHull([...ink.hull, ...corners], 2) : corners
  return { hull, bounds: boundsOf(hull, 2), hasLine }
}

/** A page may hold thousands of lines of one kind (hatching); so many of each say enough. */
const FITS_EACH = 4

interface Known {
  readonly lines: readonly PartLine[]
  readonly face: DrawnFace
}

const NOTHING: Known = { lines: [], face: { fits: [], inks: new Map() } }
/** A page is looked at without its newest stroke, with it, and with it as another part. */
const MOST_KNOWN = 4
/** The drawings that were looked at last, newest first: a page grows by a stroke at a time. */
let known: readonly Known[] = []

export function drawnFace(lines: readonly PartLine[]): DrawnFace {
  const from = known.filter((each) => isBeginning(each.lines, lines)).reduce((a, b) => (b.lines.length > a.lines.length ? b : a), NOTHING)
  if (from !== NOTHING && lines.length === from.lines.length) return from.face
  const fits = [...from.face.fits]
  const inks = new Map(from.face.inks)
  for (let i = from.lines.length; i < lines.length; i++) {
    const line = lines[i]
    if (!line || line.points.length < STROKE_STRIDE) continue
    const fit = fitOf(line)
    if (fit && fits.filter(({ template }) => template === fit.template).length < FITS_EACH) fits.push(fit)
    inks.set(line.part, withInk(inks.get(line.part), line, fit !== null))
  }
  const face = { fits, inks }
  known = [{ lines: [...lines], face }, ...known.slice(0, MOST_KNOWN - 1)]
  return face
}

const isBeginning = (first: readonly PartLine[], lines: readonly PartLine[]): boolean =>
  first.length <= lines.length && first.every((line, i) => line === lines[i])

/** How much an offset is believed: with as many parts, half. */
const DOUBT_PARTS = 1.5

/** Where the drawing lies, by its parts: the middle one of their offsets, and how far apart they are; drawn towards the mean place when few. */
export function placementOf(fits: readonly Fit[]): Placement {
  const parts = new Map<MeanFacePart, { x: number; y: number; meanX: number; meanY: number; weight: number }>()
  for (const { template, shape } of fits) {
    const sum = parts.get(template.part) ?? { x: 0, y: 0, meanX: 0, meanY: 0, weight: 0 }
    const weight = template.shape.lengthPx
    sum.x += weight * shape.x
    sum.y += weight * shape.y
    sum.meanX += weight * template.shape.x
    sum.meanY += weight * template.shape.y
    sum.weight += weight
    parts.set(template.part, sum)
  }
  const places = [...parts.values()].map(({ x, y, meanX, meanY, weight }) => ({
    x: x / weight,
    y: y / weight,
    meanX: meanX / weight,
    meanY: meanY / weight,
  }))
  if (places.length === 0) return IN_PLACE
  const scale = spreadRatio(places)
  const dx = median(places.map((place) => place.x - placed({ scale, dx: 0, dy: 0 }, place.meanX, 0).x))
  const dy = median(places.map((place) => place.y - placed({ scale, dx: 0, dy: 0 }, 0, place.meanY).y))
  const belief = places.length / (places.length + DOUBT_PARTS)
  return { scale, dx: belief * dx, dy: belief * dy }
}

interface PartPlace {
  readonly x: number
  readonly y: number
  readonly meanX: number
  readonly meanY: number
}

/** Median ratio of the distances between parts, drawn and mean. Two parts say nothing: one of them may be off. */
function spreadRatio(places: readonly PartPlace[]): number {
  if (places.length < 3) return 1
  const ratios: number[] = []
  for (const [i, a] of places.entries()) {
    for (const b of places.slice(i + 1)) {
      const mean = Math.hypot(a.meanX - b.meanX, a.meanY - b.meanY)
      if (mean > 40) ratios.push(Math.log(Math.max(0.2, Math.hypot(a.x - b.x, a.y - b.y) / mean)))
    }
  }
  if (ratios.length < 3) return 1
  const belief = places.length / (places.length + DOUBT_PARTS)
  return Math.min(2, Math.max(0.5, Math.exp(belief * median(ratios))))
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}
