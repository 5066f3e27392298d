/**
 * From the raw points under the pen to a committed stroke: resampled evenly, smoothed between its corners, and simplified. End points and
 * corners stay where they were drawn.
 */

import { distanceToSegment, polylineLength, resample } from '../shared/polyline'
import { POINT_STRIDE } from './document'

/** Spacing on which smoothing works. */
const SAMPLE_PX = 1.5
/** Standard deviation of the filter at full smoothing, in sketch pixels: it grows with the square, so that small values are fine and large ones are felt. */
const STRONGEST_SIGMA_PX = 20
/** A turn by more than this within `CORNER_REACH_PX` either way is a corner that was meant. */
const CORNER_RADIANS = (65 / 180) * Math.PI
const CORNER_REACH_PX = 6
/** Strokes shorter than this are dots. */
const DOT_PX = 1
/** How far a simplified stroke may stray from the drawn one. */
export const SIMPLIFY_TOLERANCE_PX = 0.25
/** A pressure difference counts as this many pixels when simplifying: an eighth of the range is half a pixel. */
const PRESSURE_PX = 4

/**
 * @param points flat x, y, pressure
 * @param smoothing 0–1
 */
export function shapeStroke(points: readonly number[], smoothing: number): number[] {
  if (polylineLength(points, POINT_STRIDE) < DOT_PX) return rounded(points.slice(0, POINT_STRIDE))
  if (smoothing <= 0) return simplifyStroke(points)
  const samples = resample(points, POINT_STRIDE, SAMPLE_PX)
  const count = samples.length / POINT_STRIDE
  const cuts = [0, ...findCorners(samples), count - 1]
  const smooth = [...samples]
  for (let i = 0; i + 1 < cuts.length; i++) smoothSection(samples, smooth, cuts[i] ?? 0, cuts[i + 1] ?? 0, smoothing)
  return simplifyStroke(smooth)
}

/** Indices of the sharpest point of every corner, none closer to another or to an end than `CORNER_REACH_PX`. */
function findCorners(samples: readonly number[]): number[] {
  const count = samples.length / POINT_STRIDE
  const reach = Math.round(CORNER_REACH_PX / SAMPLE_PX)
  const turns = Array.from({ length: count }, (_, i) => (i < reach || i >= count - reach ? 0 : turnAt(samples, i, reach)))
  const corners: number[] = []
  for (let i = reach; i < count - reach; i++) {
    const turn = turns[i] ?? 0
    if (turn < CORNER_RADIANS || i - (corners.at(-1) ?? Number.NEGATIVE_INFINITY) < reach) continue
    const isSharpest = turns.slice(i - reach, i + reach + 1).every((other) => other <= turn)
    // A small circle turns everywhere alike; only where it is clearly straighter on both sides is it a corner.
    const isAlone = (turns[i - reach] ?? 0) < turn / 2 && (turns[i + reach] ?? 0) < turn / 2
    if (isSharpest && isAlone) corners.push(i)
  }
  return corners
}

function turnAt(samples: readonly number[], i: number, reach: number): number {
  const [a, b, c] = [(i - reach) * POINT_STRIDE, i * POINT_STRIDE, (i + reach) * POINT_STRIDE]
  const inX = (samples[b] ?? 0) - (samples[a] ?? 0)
  const inY = (samples[b + 1] ?? 0) - (samples[a + 1] ?? 0)
  const outX = (samples[c] ?? 0) - (samples[b] ?? 0)
  const outY = (samples[c + 1] ?? 0) - (samples[b + 1] ?? 0)
  return Math.abs(Math.atan2(inX * outY - inY * outX, inX * outX + inY * outY))
}

/**
 * Smooths samples `first` … `last` of every channel from `source` into `target` by 2G − G², which shrinks curves far less than the Gaussian G
 * alone (Taubin 1995 has the same purpose). Beyond its ends a section goes on point-mirrored, so that the ends stay fixed.
 */
function smoothSection(source: readonly number[], target: number[], first: number, last: number, smoothing: number): void {
  const count = last - first + 1
  // A short section cannot bear a wide filter: at most a sixth of its length.
  const sigma = Math.min((smoothing ** 2 * STRONGEST_SIGMA_PX) / SAMPLE_PX, count / 6)
  if (count < 4 || sigma < 0.3) return
  const kernel = gaussian(sigma)
  for (let channel = 0; channel < POINT_STRIDE; channel++) {
    const values = Array.from({ length: count }, (_, i) => source[(first + i) * POINT_STRIDE + channel] ?? 0)
    const once = filterPinned(values, kernel)
    const twice = filterPinned(once, kernel)
    for (let i = 1; i + 1 < count; i++) {
      const value = 2 * (once[i] ?? 0) - (twice[i] ?? 0)
      target[(first + i) * POINT_STRIDE + channel] = channel === 2 ? Math.min(1, Math.max(0, value)) : value
    }
  }
}

function gaussian(sigma: number): number[] {
  const radius = Math.ceil(3 * sigma)
  const weights = Array.from({ length: 2 * radius + 1 }, (_, i) => Math.exp(-((i - radius) ** 2) / (2 * sigma * sigma)))
  const sum = weights.reduce((a, b) => a + b, 0)
  return weights.map((weight) => weight / sum)
}

function filterPinned(values: readonly number[], kernel: readonly number[]): number[] {
  const radius = (kernel.length - 1) / 2
  const last = values.length - 1
  const first = values[0] ?? 0
  const final = values[last] ?? 0
  const at = (i: number): number => {
    if (i < 0) return 2 * first - (values[Math.min(last, -i)] ?? 0)
    if (i > last) return 2 * final - (values[Math.max(0, 2 * last - i)] ?? 0)
    return values[i] ?? 0
  }
  return values.map((_, i) => kernel.reduce((sum, weight, k) => sum + weight * at(i + k - radius), 0))
}

/** Fewest points within the tolerance (Ramer 1972, Douglas and Peucker 1973), ends kept, coordinates rounded to a hundredth of a pixel. */
export function simplifyStroke(points: readonly number[], tolerancePx = SIMPLIFY_TOLERANCE_PX): number[] {
  const count = Math.floor(points.length / POINT_STRIDE)
  if (count < 3) return rounded(points)
  const keep = new Uint8Array(count)
  keep[0] = 1
  keep[count - 1] = 1
  const pending: [number, number][] = [[0, count - 1]]
  for (let range = pending.pop(); range; range = pending.pop()) {
    const [from, to] = range
    const farthest = farthestBetween(points, from, to)
    if (farthest.distance <= tolerancePx) continue
    keep[farthest.index] = 1
    pending.push([from, farthest.index], [farthest.index, to])
  }
  return rounded(points.filter((_, i) => keep[Math.floor(i / POINT_STRIDE)] === 1))
}

function farthestBetween(points: readonly number[], from: number, to: number): { index: number; distance: number } {
  const a = from * POINT_STRIDE
  const b = to * POINT_STRIDE
  const [ax = 0, ay = 0, ap = 0] = points.slice(a, a + POINT_STRIDE)
  const [bx = 0, by = 0, bp = 0] = points.slice(b, b + POINT_STRIDE)
  const length = Math.hypot(bx - ax, by - ay)
  let best = { index: from, distance: -1 }
  for (let i = from + 1; i < to; i++) {
    const x = points[i * POINT_STRIDE] ?? 0
    const y = points[i * POINT_STRIDE + 1] ?? 0
    const t = length > 0 ? Math.min(1, Math.hypot(x - ax, y - ay) / length) : 0
    const pressureError = Math.abs((points[i * POINT_STRIDE + 2] ?? 0) - ap - t * (bp - ap)) * PRESSURE_PX
    const distance = Math.max(distanceToSegment(x, y, ax, ay, bx, by), pressureError)
    if (distance > best.distance) best = { index: i, distance }
  }
  return best
}

function rounded(points: readonly number[]): number[] {
  return points.map((value, i) => (i % POINT_STRIDE === 2 ? Math.round(value * 1000) / 1000 : Math.round(value * 100) / 100))
}
