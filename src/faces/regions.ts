/**
 * The region of the face that an edit is allowed to change: a bitmap mask from the ink of the edited parts before and after, stand-ins included.
 *
 * Eyes, brows, nose and mouth: the convex hull of their ink. Ears: one hull a side. Hair: the hull of its ink without the face below.
 * Jaw and other: the ink itself (of `other`, only what has changed), with the area between an old and a new line filled in.
 * All are dilated by 12 px at 256.
 */

import { type Bounds, boundsOf, boxInside, convexHull } from '../shared/polyline'
import { SKETCH_SIZE_PX } from '../shared/units'
import { squaredDistances } from './distanceTransform'
import { meanFaceContours } from './meanFace'
import type { Part, PartLine } from './parts'
import { isMeanFacePart, standIns } from './standIns'

/** Margin round the ink, in pixels of a 256-pixel bitmap; the thesis's line is 1 px wide there. */
const MARGIN_PX = 12
/** Gaps between lines up to twice this are filled, for parts that are lines rather than areas. */
const CLOSING_PX = 20
const REFERENCE_SIZE_PX = 256

type Mask = Uint8ClampedArray<ArrayBuffer>
/** Flat x, y in sketch pixels. */
type Flat2 = readonly number[]

/**
 * @param before strokes of the sketch that the base face shows, all parts
 * @param after strokes of the sketch now, all parts
 * @param parts what is being edited
 * @returns `[sizePx · sizePx]`, 255 inside, 0 outside; all 0 when the parts have no ink
 */
export function editRegion(before: readonly PartLine[], after: readonly PartLine[], parts: Part | readonly Part[], sizePx: number): Mask {
  const region = new Uint8ClampedArray(sizePx * sizePx)
  for (const part of typeof parts === 'string' ? [parts] : parts) {
    const mask = partRegion(before, after, part, sizePx)
    for (let i = 0; i < region.length; i++) region[i] = Math.max(region[i] ?? 0, mask[i] ?? 0)
  }
  return region
}

function partRegion(before: readonly PartLine[], after: readonly PartLine[], part: Part, sizePx: number): Mask {
  const margin = (MARGIN_PX * sizePx) / REFERENCE_SIZE_PX
  const seed = new Uint8ClampedArray(sizePx * sizePx)
  const ink = part === 'other' ? changedInk(before, after, part) : partInk(before, after, part)
  switch (part) {
    case 'jaw':
    case 'other':
      for (const line of ink) setAll(seed, pixelsOf(line, sizePx))
      return closed(seed, sizePx, margin, (CLOSING_PX * sizePx) / REFERENCE_SIZE_PX)
    case 'hair': {
      for (const line of ink) setAll(seed, pixelsOf(line, sizePx))
      const alongInk = dilated(seed, sizePx, margin)
      fillHull(seed, sizePx, ink)
      const region = dilated(seed, sizePx, margin)
      for (const polygon of faceBelowHair()) fillPolygon(region, sizePx, polygon, 0)
      return region.map((value, i) => Math.max(value, alongInk[i] ?? 0))
    }
    case 'ears':
      for (const side of [
        ink.filter((line) => middleX(line) < SKETCH_SIZE_PX / 2),
        ink.filter((line) => middleX(line) >= SKETCH_SIZE_PX / 2),
      ]) {
        fillHull(seed, sizePx, side)
      }
      return dilated(seed, sizePx, margin)
    default:
      fillHull(seed, sizePx, ink)
      return dilated(seed, sizePx, margin)
  }
}

/** What the generator sees of a part on either page: its strokes, and the mean face's lines where they stand in. */
function partInk(before: readonly PartLine[], after: readonly PartLine[], part: Part): Flat2[] {
  const pages = [before, after].map((lines) => lines.filter((line) => line.part === part))
  const stand = isMeanFacePart(part) ? pages.flatMap((lines) => standIns(lines)).filter((contour) => contour.part === part) : []
  return [...[...new Set(pages.flat())].map(withoutPressure), ...stand.map((contour) => contour.points)]
}

/** Strokes of a part that are in one sketch only; unchanged strokes are the same objects in both. */
function changedInk(before: readonly PartLine[], after: readonly PartLine[], part: Part): Flat2[] {
  const old = new Set(before)
  const now = new Set(after)
  const changed = [...before.filter((line) => !now.has(line)), ...after.filter((line) => !old.has(line))]
  return changed.filter((line) => line.part === part).map(withoutPressure)
}

const flatLines = new WeakMap<PartLine, Flat2>()

/** Strokes never change: what is known of one is kept, so that an edit costs the same on a page of thousands. */
function withoutPressure(line: PartLine): Flat2 {
  return remember(flatLines, line, () => line.points.filter((_, i) => i % 3 < 2))
}

function remember<K extends object, V>(known: WeakMap<K, V>, key: K, make: () => V): V {
  const value = known.get(key) ?? make()
  known.set(key, value)
  return value
}

function middleX(line: Flat2): number {
  const { left, right } = boundsOf(line, 2)
  return (left + right) / 2
}

/** What an edit of the hair has no business in: the mean face within the jaw line, and brows and eyes. The forehead may lie under a fringe. */
function faceBelowHair(): Flat2[] {
  const of = (isJaw: boolean): Flat2 =>
    hullOf(meanFaceContours().flatMap(({ part, points }) => ((part === 'jaw') === isJaw ? [points] : [])))
  return [of(true), of(false)]
}

const outlines = new WeakMap<Flat2, { readonly hull: Flat2; readonly bounds: Bounds }>()

/** Of all lines together; most of thousands lie inside what others have spanned. */
function hullOf(lines: readonly Flat2[]): Flat2 {
  let all: Flat2 = []
  for (const line of lines) {
    const { hull, bounds } = remember(outlines, line, () => ({ hull: convexHull(line, 2), bounds: boundsOf(line, 2) }))
    if (!boxInside(all, bounds)) all = convexHull([...all, ...hull], 2)
  }
  return all
}

function fillHull(mask: Mask, sizePx: number, lines: readonly Flat2[]): void {
  const hull = hullOf(lines)
  fillPolygon(mask, sizePx, hull, 255)
  if (hull.length > 0) drawLine(mask, sizePx, [...hull, hull[0] ?? 0, hull[1] ?? 0])
}

/** Even-odd scan-line fill of pixels whose centres lie inside; the polygon is in sketch pixels. */
function fillPolygon(mask: Mask, sizePx: number, polygon: Flat2, value: 0 | 255): void {
  const scale = sizePx / SKETCH_SIZE_PX
  for (let row = 0; row < sizePx; row++) {
    const y = row + 0.5
    const crossings: number[] = []
    for (let i = 0, j = polygon.length - 2; i + 1 < polygon.length; j = i, i += 2) {
      const ay = (polygon[i + 1] ?? 0) * scale
      const by = (polygon[j + 1] ?? 0) * scale
      if (ay > y === by > y) continue
      const ax = (polygon[i] ?? 0) * scale
      crossings.push(ax + ((y - ay) / (by - ay)) * ((polygon[j] ?? 0) * scale - ax))
    }
    crossings.sort((a, b) => a - b)
    for (let n = 0; n + 1 < crossings.length; n += 2) {
      const from = Math.max(0, Math.ceil((crossings[n] ?? 0) - 0.5))
      const to = Math.min(sizePx - 1, Math.ceil((crossings[n + 1] ?? 0) - 0.5) - 1)
      if (to >= from) mask.fill(value, row * sizePx + from, row * sizePx + to + 1)
    }
  }
}

const linePixels = new WeakMap<Flat2, { readonly sizePx: number; readonly pixels: Uint32Array }>()

/** Indices of the pixels that a line runs through. */
function pixelsOf(line: Flat2, sizePx: number): Uint32Array {
  const known = linePixels.get(line)
  if (known?.sizePx === sizePx) return known.pixels
  const pixels = new Set<number>()
  traceLine(sizePx, line, (i) => pixels.add(i))
  const made = { sizePx, pixels: Uint32Array.from(pixels) }
  linePixels.set(line, made)
  return made.pixels
}

function setAll(mask: Mask, pixels: Uint32Array): void {
  for (const i of pixels) mask[i] = 255
}

/** Sets the pixels that a line runs through. */
function drawLine(mask: Mask, sizePx: number, line: Flat2): void {
  traceLine(sizePx, line, (i) => {
    mask[i] = 255
  })
}

/** Visits the pixels that a line runs through, by steps of half a pixel, some more than once. */
function traceLine(sizePx: number, line: Flat2, visit: (index: number) => void): void {
  const scale = sizePx / SKETCH_SIZE_PX
  for (let i = 0; i + 1 < line.length; i += 2) {
    const ax = (line[i] ?? 0) * scale
    const ay = (line[i + 1] ?? 0) * scale
    const bx = (line[i + 2] ?? line[i] ?? 0) * scale
    const by = (line[i + 3] ?? line[i + 1] ?? 0) * scale
    const steps = Math.max(1, Math.ceil(2 * Math.hypot(bx - ax, by - ay)))
    for (let n = 0; n <= steps; n++) {
      const x = Math.floor(ax + (n / steps) * (bx - ax))
      const y = Math.floor(ay + (n / steps) * (by - ay))
      if (x >= 0 && x < sizePx && y >= 0 && y < sizePx) visit(y * sizePx + x)
    }
  }
}

function dilated(mask: Mask, sizePx: number, radiusPx: number): Mask {
  const distances = squaredDistances(sizePx, (i) => (mask[i] ?? 0) > 0)
  return new Uint8ClampedArray(distances.length).map((_, i) => ((distances[i] ?? 0) <= radiusPx * radiusPx ? 255 : 0))
}

/**
 * Dilated by `radiusPx`, with gaps up to 2 · `closingPx` filled: dilation by both, then erosion by `closingPx`. It works on a larger bitmap, so
 * that the picture's border counts as paper like any other.
 */
function closed(mask: Mask, sizePx: number, radiusPx: number, closingPx: number): Mask {
  const border = Math.ceil(radiusPx + closingPx) + 1
  const largeSize = sizePx + 2 * border
  const large = new Uint8ClampedArray(largeSize * largeSize)
  for (let y = 0; y < sizePx; y++) large.set(mask.subarray(y * sizePx, (y + 1) * sizePx), (y + border) * largeSize + border)
  const wide = dilated(large, largeSize, radiusPx + closingPx)
  const toOutside = squaredDistances(largeSize, (i) => wide[i] === 0)
  return mask.map((_, i) => {
    const index = (Math.floor(i / sizePx) + border) * largeSize + border + (i % sizePx)
    return (toOutside[index] ?? 0) > closingPx * closingPx ? 255 : 0
  })
}

/**
 * A region as weights: 1 in its middle, falling smoothly to its edge, and exactly 0 outside it. At the picture's border it does not fall.
 * @param region `[size · size]`, 255 inside
 * @param featherPx width of the fall in pixels of the bitmap; 0 gives a hard mask
 */
export function softMask(region: Uint8Array | Uint8ClampedArray, featherPx: number): Float32Array<ArrayBuffer> {
  const sizePx = Math.sqrt(region.length)
  if (!Number.isInteger(sizePx)) throw new RangeError('A region is a square bitmap.')
  const toOutside = squaredDistances(sizePx, (i) => region[i] === 0)
  const mask = new Float32Array(region.length)
  for (let i = 0; i < mask.length; i++) {
    if (region[i] === 0) continue
    const t = Math.min(1, Math.sqrt(toOutside[i] ?? 0) / (featherPx + 1))
    mask[i] = t * t * (3 - 2 * t)
  }
  return mask
}
