/**
 * What differs between two versions of a drawing, part by part: whether its lines differ and by how much, and by how much the face pictures differ where the part is.
 *
 * Two versions (strokes, placement, face picture) → a table a part, and a map of the pictures' difference. Lines are measured as they were drawn on the page, by the
 * distances of resampled lines from each other: the greatest (Hausdorff) and the mean. Pictures are measured in the region that an edit of the part
 * may change (`regions.ts`), which lies where the drawing was placed.
 */

import { boundsOf, distanceToPolyline, polylineLength, resample } from '../shared/polyline'
import { changeReport } from './locality'
import { MEAN_FACE_PARTS, PARTS, type Part, type PartLine } from './parts'
import { editRegion } from './regions'
import { applyToFlat, type Similarity } from './similarity'

const STROKE_STRIDE = 3
/** Spacing at which lines are measured. */
const SAMPLE_PX = 2

/** One version of a drawing with the face that was made of it. */
export interface Version {
  readonly document: { readonly strokes: readonly PartLine[] }
  /** Drawing → mean face, as the face was made. */
  readonly placement: Similarity
  /** RGBA `[sizePx · sizePx · 4]` of the face; both versions' of one size. */
  readonly pixels: Uint8ClampedArray
}

export interface PartDifference {
  readonly part: Part
  /** `none`: neither version has lines of this part. */
  readonly lines: 'none' | 'same' | 'changed' | 'added' | 'removed'
  /** In sketch pixels; `null` where one version has no line to measure to. 0 for the same lines. */
  readonly mostPx: number | null
  readonly meanPx: number | null
  /** Mean absolute difference of the two pictures in the part's region, 0–255. */
  readonly pictureChange: number
}

export interface VersionDifference {
  /** All parts of the mean face, and hair, ears and other lines where one version has them; in the order of `PARTS`. */
  readonly parts: readonly PartDifference[]
  /** Of the whole pictures, 0–255. */
  readonly pictureChange: number
  /** `[sizePx · sizePx]`, 0–255 times `HEAT_GAIN` of `locality.ts`: what the heat colours show. */
  readonly heat: Uint8ClampedArray<ArrayBuffer>
}

/** @throws RangeError when the pictures differ in size or are no squares */
export function versionDifference(before: Version, after: Version): VersionDifference {
  const sizePx = Math.sqrt(before.pixels.length / 4)
  if (after.pixels.length !== before.pixels.length || !Number.isInteger(sizePx))
    throw new RangeError('The faces are not squares of one size.')
  const [old, now] = sharedLines(before.document.strokes, after.document.strokes)
  const [oldPlaced, nowPlaced] = sharedLines(placedLines(old, before.placement), placedLines(now, after.placement))
  const drawn = new Set<Part>([...old, ...now].map(({ part }) => part))
  const parts = PARTS.filter((part) => drawn.has(part) || (MEAN_FACE_PARTS as readonly Part[]).includes(part))
  const whole = changeReport(before.pixels, after.pixels, null)
  return {
    parts: parts.map((part) => {
      const region = editRegion(oldPlaced, nowPlaced, part, sizePx)
      const isOf = (line: PartLine): boolean => line.part === part
      return {
        part,
        ...lineDifference(old.filter(isOf), now.filter(isOf)),
        pictureChange: changeReport(before.pixels, after.pixels, region).meanInside,
      }
    }),
    pictureChange: whole.meanInside,
    heat: whole.heat,
  }
}

/** Lines of `after` that are drawn as in `before` become the same objects: versions that were read from a file share none. */
function sharedLines(before: readonly PartLine[], after: readonly PartLine[]): [readonly PartLine[], readonly PartLine[]] {
  const byInk = new Map(before.map((line) => [inkKey(line), line]))
  return [before.map((line) => byInk.get(inkKey(line)) ?? line), after.map((line) => byInk.get(inkKey(line)) ?? line)]
}

/** Pressure is no place. */
const inkKey = ({ part, points }: PartLine): string => `${part} ${points.filter((_, i) => i % STROKE_STRIDE < 2).join()}`

function placedLines(lines: readonly PartLine[], placement: Similarity): PartLine[] {
  return lines.map(({ part, points }) => ({ part, points: applyToFlat(placement, points, STROKE_STRIDE) }))
}

type LineDifference = Pick<PartDifference, 'lines' | 'mostPx' | 'meanPx'>

/** @param before lines of one part, the same objects where they are the same lines */
function lineDifference(before: readonly PartLine[], after: readonly PartLine[]): LineDifference {
  if (before.length === 0 && after.length === 0) return { lines: 'none', mostPx: null, meanPx: null }
  if (before.length === 0 || after.length === 0) return { lines: before.length === 0 ? 'added' : 'removed', mostPx: null, meanPx: null }
  const there = distancesTo(before, after)
  const back = distancesTo(after, before)
  const isSame = before.every((line) => after.includes(line)) && after.every((line) => before.includes(line))
  return {
    lines: isSame ? 'same' : 'changed',
    mostPx: Math.max(there.mostPx, back.mostPx),
    meanPx: (there.sumPx + back.sumPx) / (there.count + back.count),
  }
}

interface Distances {
  readonly mostPx: number
  readonly sumPx: number
  readonly count: number
}

/** How far the ink of `from` lies from the ink of `to`, by samples that stand for as much ink each. */
function distancesTo(from: readonly PartLine[], to: readonly PartLine[]): Distances {
  const kept = new Set(to)
  const lines = to.map(({ points }) => ({ points, bounds: boundsOf(points, STROKE_STRIDE) }))
  let [mostPx, sumPx, count] = [0, 0, 0]
  for (const line of from) {
    if (kept.has(line)) {
      // It lies on itself: only how much ink it is counts.
      count += sampleCount(line.points)
      continue
    }
    const samples = resample(line.points, STROKE_STRIDE, SAMPLE_PX)
    for (let i = 0; i + 1 < samples.length; i += STROKE_STRIDE) {
      const distance = nearest(lines, samples[i] ?? 0, samples[i + 1] ?? 0)
      mostPx = Math.max(mostPx, distance)
      sumPx += distance
      count++
    }
  }
  return { mostPx, sumPx, count }
}

/** As many as `resample` gives. */
function sampleCount(points: readonly number[]): number {
  return 1 + Math.ceil(polylineLength(points, STROKE_STRIDE) / SAMPLE_PX - 1e-9)
}

type Bounded = { readonly points: readonly number[]; readonly bounds: ReturnType<typeof boundsOf> }

/** Distance to the nearest line; most are ruled out by their boxes. */
function nearest(lines: readonly Bounded[], x: number, y: number): number {
  let least = Number.POSITIVE_INFINITY
  for (const { points, bounds } of lines) {
    const beyondX = Math.max(0, bounds.left - x, x - bounds.right)
    const beyondY = Math.max(0, bounds.top - y, y - bounds.bottom)
    if (Math.hypot(beyondX, beyondY) < least) least = Math.min(least, distanceToPolyline(points, STROKE_STRIDE, x, y))
  }
  return least
}
