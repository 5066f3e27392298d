/**
 * Which part of the face a new stroke belongs to, by where it lies: relative to what is drawn already, else to the mean face.
 * Every sample of the stroke votes for the part whose area is nearest in units of that part's reach; the most votes win.
 */

import {
  type Bounds,
  boundsOf,
  convexHull,
  distanceToPolygon,
  insidePolygon,
  nearestOnPolyline,
  polylineLength,
  resample,
} from '../shared/polyline'
import { SKETCH_SIZE_PX } from '../shared/units'
import { MEAN_LANDMARKS, meanFaceContours } from './meanFace'
import type { MeanFacePart, Part } from './parts'
import type { PartLine } from './standIns'

const STROKE_STRIDE = 3
/** A stroke votes with samples this far apart, or with this many when it is long. */
const SAMPLE_PX = 4
const MOST_SAMPLES = 256

type CompactPart = Exclude<MeanFacePart, 'jaw'>
/** How far outside its area a stroke still belongs to a part, in sketch pixels. */
const REACH_PX: Readonly<Record<CompactPart, number>> = { leftBrow: 18, rightBrow: 18, leftEye: 15, rightEye: 15, nose: 14, mouth: 18 }
const COMPACT_PARTS = Object.keys(REACH_PX) as CompactPart[]

const JAW_REACH_PX = { inside: 22, outside: 30 }
/** Ink this far outside the jaw line, beside the landmarks 0–2 and 14–16, is an ear, */
const EAR_PX = { from: 6, to: 80 }
/** unless the stroke is larger than any ear. */
const LARGEST_EAR_PX = { width: 110, height: 150 }
/** Above the jaw line the head narrows by this before the hair begins. */
const TEMPLE_PX = 20
/** A stroke inside what was drawn of a part belongs to it (a pupil, a lip's fold), if that is no larger than this. */
const LARGEST_DRAWN_PART_PX = 170
const INSIDE_SHARE = 0.6
/** A head drawn in one line is half hair, half jaw: it is the jaw. */
const JAW_SHARE = 0.35

/** A closed line of such a size round the tip of the nose is a head, wherever exactly it was drawn. */
const HEAD_PX = { least: 150, most: 440, gapShare: 0.15 }
const NOSE_TIP = 30

interface Area {
  readonly part: CompactPart
  readonly hull: readonly number[]
  readonly reachPx: number
}

/**
 * @param points flat x, y, pressure of the new stroke, in sketch pixels
 * @param drawn the strokes that are on the page already
 */
export function assignPart(points: readonly number[], drawn: readonly PartLine[] = []): Part {
  const samples = resample(points, STROKE_STRIDE, Math.max(SAMPLE_PX, polylineLength(points, STROKE_STRIDE) / MOST_SAMPLES))
  const around = surroundingPart(samples, drawn)
  if (around) return around
  const bounds = boundsOf(samples, STROKE_STRIDE)
  if (isHead(samples, bounds)) return 'jaw'
  const mayBeEar = bounds.right - bounds.left <= LARGEST_EAR_PX.width && bounds.bottom - bounds.top <= LARGEST_EAR_PX.height
  const votes = new Map<Part, number>()
  for (let i = 0; i + 1 < samples.length; i += STROKE_STRIDE) {
    const part = partAt(samples[i] ?? 0, samples[i + 1] ?? 0, mayBeEar)
    votes.set(part, (votes.get(part) ?? 0) + 1)
  }
  const total = samples.length / STROKE_STRIDE
  const ranked = [...votes].sort((a, b) => b[1] - a[1])
  const first = ranked[0]?.[0] ?? 'other'
  if (first === 'hair' && (votes.get('jaw') ?? 0) >= JAW_SHARE * total) return 'jaw'
  return first
}

/** The smallest drawn eye, brow, nose or mouth that holds most of the stroke, wherever on the page it was drawn. */
function surroundingPart(samples: readonly number[], drawn: readonly PartLine[]): Part | null {
  let best: { part: Part; sizePx: number } | null = null
  for (const part of COMPACT_PARTS) {
    const ink = drawn.filter((line) => line.part === part).flatMap((line) => line.points)
    if (ink.length < 3 * STROKE_STRIDE) continue
    const { left, top, right, bottom } = boundsOf(ink, STROKE_STRIDE)
    const sizePx = Math.max(right - left, bottom - top)
    if (sizePx > LARGEST_DRAWN_PART_PX || (best && best.sizePx <= sizePx)) continue
    const hull = convexHull(ink, STROKE_STRIDE)
    let inside = 0
    for (let i = 0; i + 1 < samples.length; i += STROKE_STRIDE) {
      if (distanceToPolygon(hull, samples[i] ?? 0, samples[i + 1] ?? 0) <= 2) inside++
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

let areas: readonly Area[] | null = null
let faceOutline: readonly number[] | null = null

function meanAreas(): readonly Area[] {
  areas ??= COMPACT_PARTS.map((part) => {
    const ink = meanFaceContours().filter((contour) => contour.part === part)
    return {
      part,
      hull: convexHull(
        ink.flatMap((contour) => contour.points),
        2,
      ),
      reachPx: REACH_PX[part],
    }
  })
  return areas
}

/** The mean jaw line, open at the top. */
function meanJaw(): readonly number[] {
  return meanFaceContours().find((contour) => contour.part === 'jaw')?.points ?? []
}

/** The face below the jaw line's upper ends. */
function meanOutline(): readonly number[] {
  faceOutline ??= convexHull(meanJaw(), 2)
  return faceOutline
}

const landmarkY = (index: number): number => (MEAN_LANDMARKS[index]?.[1] ?? 0) * SKETCH_SIZE_PX

function partAt(x: number, y: number, mayBeEar: boolean): Part {
  let nearest: { part: Part; share: number } | null = null
  for (const { part, hull, reachPx } of meanAreas()) {
    const share = distanceToPolygon(hull, x, y) / reachPx
    if (share <= 1 && (!nearest || share < nearest.share)) nearest = { part, share }
  }
  return nearest?.part ?? outerPartAt(x, y, mayBeEar)
}

/** Jaw, hair, ears or other, for a place off eyes, brows, nose and mouth. */
function outerPartAt(x: number, y: number, mayBeEar: boolean): Part {
  const jaw = nearestOnPolyline(meanJaw(), 2, x, y)
  const jawTop = landmarkY(0)
  const besideFace = Math.abs(x - SKETCH_SIZE_PX / 2) > Math.abs(jaw.x - SKETCH_SIZE_PX / 2)
  const atTemple = Math.abs(x - SKETCH_SIZE_PX / 2) > Math.abs(jaw.x - SKETCH_SIZE_PX / 2) - TEMPLE_PX
  const outside = y < jawTop ? atTemple : distanceToPolygon(meanOutline(), x, y) > 0
  const besideEars = y > jawTop - 40 && y < landmarkY(3) - 10 && besideFace
  if (mayBeEar && outside && besideEars && jaw.distance > EAR_PX.from && jaw.distance <= EAR_PX.to) return 'ears'
  if (y > jawTop - JAW_REACH_PX.outside && jaw.distance <= (outside ? JAW_REACH_PX.outside : JAW_REACH_PX.inside)) return 'jaw'
  if (y < landmarkY(19) - REACH_PX.leftBrow) return 'hair'
  if (y < jawTop) return outside ? 'hair' : 'other'
  return outside && besideFace && y < landmarkY(8) ? 'hair' : 'other'
}
