/**
 * Which fields of the look the drawing itself answers: drawn hair says its style, and hatching on cheeks and chin says that there is a beard. Such fields are left open by
 * default, so that what is drawn is not overruled by the look.
 */

import { convexHull, distanceToPolygon, insidePolygon, nearestOnPolyline, polylineLength } from '../shared/polyline'
import { SKETCH_SIZE_PX } from '../shared/units'
import type { Look } from './look'
import { MEAN_LANDMARKS, meanFaceContours } from './meanFace'
import type { PartLine } from './standIns'

/** Fields by the name that models give them. */
export const DRAWN_FIELDS = ['hairStyle', 'beard'] as const
export type DrawnField = (typeof DRAWN_FIELDS)[number]

const STROKE_STRIDE = 3
/** Ink of hair that is more than a slip of the pen, in sketch pixels. */
const LEAST_HAIR_PX = 80
/** A beard is several lines, and each of them short: the jaw's own line is long. */
const LEAST_BEARD = { lines: 4, px: 60 }
const LONGEST_HAIR_OF_BEARD_PX = 130
/** How much of such a line lies where beards grow, how far beyond the jaw they reach, and how far from the lips' own lines they begin. */
const BEARD_SHARE = 0.7
const BEYOND_JAW_PX = 24
const OFF_LIPS_PX = 6

/** @param lines strokes of the drawing in its place */
export function drawnFields(lines: readonly PartLine[]): readonly DrawnField[] {
  let hairPx = 0
  let beardPx = 0
  let beardLines = 0
  for (const line of lines) {
    const { isHair, isBeard, lengthPx } = growthOf(line)
    if (isHair) hairPx += lengthPx
    if (!isBeard) continue
    beardPx += lengthPx
    beardLines++
  }
  const hasBeard = beardLines >= LEAST_BEARD.lines && beardPx >= LEAST_BEARD.px
  return [...(hairPx >= LEAST_HAIR_PX ? ['hairStyle' as const] : []), ...(hasBeard ? ['beard' as const] : [])]
}

interface Growth {
  readonly isHair: boolean
  readonly isBeard: boolean
  readonly lengthPx: number
}

const growths = new WeakMap<PartLine, Growth>()

/** Found once a stroke: this is asked with every change of the page. */
function growthOf(line: PartLine): Growth {
  const known = growths.get(line)
  if (known) return known
  const lengthPx = polylineLength(line.points, STROKE_STRIDE)
  const growth = { isHair: line.part === 'hair', isBeard: isBeardLine(line, lengthPx), lengthPx }
  growths.set(line, growth)
  return growth
}

/** The look with these fields left open, if it speaks of them. */
export function openedFor(look: Look, drawn: readonly DrawnField[]): Look {
  const closed = drawn.filter((id) => look[id] !== undefined && look[id] !== null)
  return closed.length === 0 ? look : { ...look, ...Object.fromEntries(closed.map((id) => [id, null])) }
}

/** Short lines that were taken for jaw, mouth or nothing, where beards grow. */
function isBeardLine({ part, points }: PartLine, lengthPx: number): boolean {
  if (part !== 'jaw' && part !== 'mouth' && part !== 'other') return false
  if (lengthPx > LONGEST_HAIR_OF_BEARD_PX || lengthPx === 0) return false
  let inside = 0
  for (let i = 0; i + 1 < points.length; i += STROKE_STRIDE) if (growsBeard(points[i] ?? 0, points[i + 1] ?? 0)) inside++
  return inside >= BEARD_SHARE * (points.length / STROKE_STRIDE) && !followsJaw(points)
}

let zones: { readonly face: readonly number[]; readonly mouth: readonly number[]; readonly jaw: readonly number[] } | null = null

function meanZones(): NonNullable<typeof zones> {
  const pointsOf = (part: 'jaw' | 'mouth'): number[] =>
    meanFaceContours()
      .filter((contour) => contour.part === part)
      .flatMap((contour) => contour.points)
  zones ??= { face: convexHull(pointsOf('jaw'), 2), mouth: convexHull(pointsOf('mouth'), 2), jaw: pointsOf('jaw') }
  return zones
}

const landmarkY = (index: number): number => SKETCH_SIZE_PX * (MEAN_LANDMARKS[index]?.[1] ?? 0)

/** Below the nose, on the face or a little beyond the jaw, off the lips. */
function growsBeard(x: number, y: number): boolean {
  const { face, mouth } = meanZones()
  if (y < landmarkY(33) || distanceToPolygon(face, x, y) > BEYOND_JAW_PX) return false
  return !insidePolygon(mouth, x, y) && distanceToPolygon(mouth, x, y) > OFF_LIPS_PX
}

/** All of it lies along the jaw: a piece of the jaw line. */
function followsJaw(points: readonly number[]): boolean {
  const { jaw } = meanZones()
  const ends = [0, points.length - STROKE_STRIDE].map((i) => nearestOnPolyline(jaw, 2, points[i] ?? 0, points[i + 1] ?? 0))
  const [first, last] = ends
  if (!first || !last) return false
  return first.distance < 8 && last.distance < 8 && Math.abs(first.along - last.along) > 0.7 * polylineLength(points, STROKE_STRIDE)
}
