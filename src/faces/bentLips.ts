/**
 * A mouth drawn as one line. People draw a smile as a single curve: it stands for the line between the lips, and the lips go along with it. Taken for a lip by its shape
 * (a smile looks like a lower lip), it would leave the mean mouth beside it as a second one. A closed line that is no pair of lips (an open mouth, an O) is the whole mouth.
 */

import { boundsOf, polylineLength, resample } from '../shared/polyline'
import { fitOf } from './lineFit'
import { type Contour, meanFaceContours } from './meanFace'
import type { PartLine } from './parts'

const STROKE_STRIDE = 3
/** Of the mean mouth's width. Shorter lines are details, longer ones no mouth. */
const WIDTH = { least: 0.55, most: 2.4 }
/** Length over the distance of the ends, and rise between them over it: more is a loop, or no line between lips. */
const MOST_LENGTH = 1.7
const MOST_SLOPE = 0.4
/** A line that bends, for its width, between these shares of what a mean lip does is that lip, wherever it was drawn; not wider than so many mean mouths: then it is a grin. */
const LIP = { least: 0.55, most: 1.5, widest: 1.6 }
/** Of a closed line: its extent in mean mouths' widths, and how far its ends are apart for its length. */
const LOOP = { leastWidth: 0.25, most: 2, gapShare: 0.15 }
/** Lips grow with the mouth, but a grin does not make them thicker than this. */
const MOST_THICKNESS = 1.3
const OUTER = ['upperLipOuter', 'lowerLipOuter']
const INNER = ['upperLipInner', 'lowerLipInner']

interface MeanMouth {
  readonly outer: readonly Contour[]
  readonly left: number
  readonly width: number
  /** Height of the line between the lips at a place of 0–1 from its left to its right corner. */
  readonly between: (at: number) => number
}

let mean: MeanMouth | null = null

function meanMouth(): MeanMouth {
  if (!mean) {
    const outer = meanFaceContours().filter(({ id }) => OUTER.includes(id))
    const xs = outer.flatMap(({ points }) => points.filter((_, i) => i % 2 === 0))
    const [left, right] = [Math.min(...xs), Math.max(...xs)]
    const inner = meanFaceContours().filter(({ id }) => INNER.includes(id))
    const cornerY = outer[0]?.points[1] ?? 0
    const between = (at: number): number => {
      const x = left + at * (right - left)
      const heights = inner.flatMap(({ points }) => heightAt(points, x) ?? [])
      return heights.length > 0 ? heights.reduce((sum, y) => sum + y, 0) / heights.length : cornerY
    }
    mean = { outer, left, width: right - left, between }
  }
  return mean
}

/** y of a line where it crosses x; `null` where it does not. */
function heightAt(points: readonly number[], x: number): number | null {
  for (let i = 0; i + 3 < points.length; i += 2) {
    const [ax = 0, ay = 0, bx = 0, by = 0] = points.slice(i, i + 4)
    if ((ax <= x && x <= bx) || (bx <= x && x <= ax)) return ax === bx ? ay : ay + ((x - ax) / (bx - ax)) * (by - ay)
  }
  return null
}

const bent = new WeakMap<PartLine, readonly Contour[] | null>()

/**
 * What completes the only line of a mouth: lips where it is the line between them, nothing where it is an open mouth's outline, and `null` where it is neither, a
 * lip for instance. Always the same objects for the same line.
 */
export function bentLips(line: PartLine): readonly Contour[] | null {
  let lips = bent.get(line)
  if (lips === undefined) {
    lips = isBetweenLips(line) ? lipsAbout(line) : isOpenMouth(line) ? [] : null
    bent.set(line, lips)
  }
  return lips
}

function isBetweenLips(line: PartLine): boolean {
  const { points } = line
  const { outer, width } = meanMouth()
  const [dx, dy] = [(points.at(-STROKE_STRIDE) ?? 0) - (points[0] ?? 0), (points.at(-STROKE_STRIDE + 1) ?? 0) - (points[1] ?? 0)]
  const across = Math.abs(dx)
  if (across < WIDTH.least * width || across > WIDTH.most * width || Math.abs(dy) > MOST_SLOPE * across) return false
  if (polylineLength(points, STROKE_STRIDE) > MOST_LENGTH * across) return false
  if (across > LIP.widest * width) return true
  return outer.every((lip) => {
    const share = sagOf(points, STROKE_STRIDE) / sagOf(lip.points, 2)
    return share < LIP.least || share > LIP.most
  })
}

/** A closed line as large as a mouth that does not look like the outline of the mean lips. */
function isOpenMouth(line: PartLine): boolean {
  const { points } = line
  const { width } = meanMouth()
  const { left, top, right, bottom } = boundsOf(points, STROKE_STRIDE)
  if (right - left < LOOP.leastWidth * width || Math.max(right - left, bottom - top) > LOOP.most * width) return false
  const gap = Math.hypot((points.at(-STROKE_STRIDE) ?? 0) - (points[0] ?? 0), (points.at(-STROKE_STRIDE + 1) ?? 0) - (points[1] ?? 0))
  return gap <= LOOP.gapShare * polylineLength(points, STROKE_STRIDE) && fitOf(line) === null
}

/** How far the middle of a line hangs below the middle of its ends, for its width. */
function sagOf(points: readonly number[], stride: number): number {
  const [ax, ay] = [points[0] ?? 0, points[1] ?? 0]
  const [bx, by] = [points.at(-stride) ?? 0, points.at(-stride + 1) ?? 0]
  const samples = resample(points, stride, 2)
  const middle = stride * Math.floor(samples.length / stride / 2)
  return ((samples[middle + 1] ?? 0) - (ay + by) / 2) / Math.abs(bx - ax)
}

function lipsAbout({ points }: PartLine): Contour[] {
  const { outer, left, width, between } = meanMouth()
  const samples = resample(points, STROKE_STRIDE, 2)
  const count = samples.length / STROKE_STRIDE
  const isLeftward = (points[0] ?? 0) > (points.at(-STROKE_STRIDE) ?? 0)
  const scale = Math.abs((points.at(-STROKE_STRIDE) ?? 0) - (points[0] ?? 0)) / width
  const drawnAt = (at: number, axis: 0 | 1): number => {
    const place = Math.min(1, Math.max(0, isLeftward ? 1 - at : at)) * (count - 1)
    const [i, rest] = [Math.min(count - 2, Math.floor(place)), place - Math.min(count - 2, Math.floor(place))]
    const [a, b] = [samples[STROKE_STRIDE * i + axis] ?? 0, samples[STROKE_STRIDE * (i + 1) + axis] ?? 0]
    return a + rest * (b - a)
  }
  return outer.map((contour) => {
    const moved = contour.points.map((value, i) => {
      const x = i % 2 === 0 ? value : (contour.points[i - 1] ?? 0)
      const at = (x - left) / width
      return i % 2 === 0 ? drawnAt(at, 0) : drawnAt(at, 1) + Math.min(scale, MOST_THICKNESS) * (value - between(at))
    })
    return { ...contour, points: moved, lengthPx: polylineLength(moved, 2) }
  })
}
