/**
 * The one rasteriser: vector lines → the grey bitmap that the generator sees, while drawing, in tests and for its training sketches
 * (`pipeline/rasterizer.py` is its port; `tests/golden/rasterizer.json` holds the two together).
 *
 * Every line segment inks a pixel by how far its centre lies inside the segment's rounded outline, over a one-pixel ramp; where segments overlap
 * the darkest wins. No canvas is involved, so the result is the same in every browser, in Node and in Python.
 */

import { SKETCH_SIZE_PX } from '../shared/units'
import { POINT_STRIDE, type Stroke } from './document'

/** A polyline in sketch pixels: flat x, y, width (full width in sketch pixels at that point). */
export type InkLine = readonly number[]

/** Least radius in bitmap pixels, so that a thin line stays a visible, connected line. */
const MIN_RADIUS_PX = 0.5
/** Pressure 0–1 scales the width between these factors, 0.5 being neutral. */
const PRESSURE_WIDTH = { least: 0.5, gain: 1 }

/** The ink line of a stroke: its points with the width that pressure gives them. */
export function strokeToInkLine(stroke: Stroke): InkLine {
  const line: number[] = []
  for (let i = 0; i + 2 < stroke.points.length; i += POINT_STRIDE) {
    const pressure = stroke.usesPressure ? (stroke.points[i + 2] ?? 0.5) : 0.5
    const width = stroke.widthPx * (PRESSURE_WIDTH.least + PRESSURE_WIDTH.gain * pressure)
    line.push(stroke.points[i] ?? 0, stroke.points[i + 1] ?? 0, width)
  }
  return line
}

const inkLines = new WeakMap<Stroke, InkLine>()

/** `strokeToInkLine`, remembered: strokes never change, so a page's lines are made once. */
export function inkLineOf(stroke: Stroke): InkLine {
  const known = inkLines.get(stroke)
  if (known) return known
  const line = strokeToInkLine(stroke)
  inkLines.set(stroke, line)
  return line
}

/**
 * Lines → bitmap.
 * @param lines polylines in sketch pixels (0–512); a single point draws a dot
 * @param sizePx side of the bitmap, 256 for the shipped models
 * @returns `[sizePx · sizePx]` grey, row-major, 255 paper, 0 full ink
 */
export function rasterize(lines: Iterable<InkLine>, sizePx: number): Uint8ClampedArray<ArrayBuffer> {
  const ink = blankInk(sizePx)
  addInk(ink, sizePx, lines)
  return greyOf(ink)
}

/** How much ink lies on each pixel: `[sizePx · sizePx]`, row-major, 0 paper, 1 full ink. */
export type Ink = Float64Array<ArrayBuffer>

export const blankInk = (sizePx: number): Ink => new Float64Array(sizePx * sizePx)

/** Lines, as `rasterize` takes them, on a bitmap that may have some already. */
export function addInk(ink: Ink, sizePx: number, lines: Iterable<InkLine>): void {
  const scale = sizePx / SKETCH_SIZE_PX
  for (const line of lines) {
    if (line.length === 3) inkSegment(ink, sizePx, scale, line, 0, 0)
    for (let i = 0; i + 5 < line.length; i += 3) inkSegment(ink, sizePx, scale, line, i, i + 3)
  }
}

/** The bitmap as the generator takes it. */
export function greyOf(ink: Ink): Uint8ClampedArray<ArrayBuffer> {
  const grey = new Uint8ClampedArray(ink.length)
  for (let i = 0; i < grey.length; i++) grey[i] = Math.floor(255 * (1 - (ink[i] ?? 0)) + 0.5)
  return grey
}

function inkSegment(ink: Float64Array, sizePx: number, scale: number, line: InkLine, a: number, b: number): void {
  const ax = (line[a] ?? 0) * scale
  const ay = (line[a + 1] ?? 0) * scale
  const ar = Math.max(MIN_RADIUS_PX, ((line[a + 2] ?? 0) * scale) / 2)
  const dx = (line[b] ?? 0) * scale - ax
  const dy = (line[b + 1] ?? 0) * scale - ay
  const dr = Math.max(MIN_RADIUS_PX, ((line[b + 2] ?? 0) * scale) / 2) - ar
  const lengthSquared = dx * dx + dy * dy
  const reach = Math.max(ar, ar + dr) + 0.5
  const left = Math.max(0, Math.floor(Math.min(ax, ax + dx) - reach))
  const right = Math.min(sizePx - 1, Math.ceil(Math.max(ax, ax + dx) + reach))
  const top = Math.max(0, Math.floor(Math.min(ay, ay + dy) - reach))
  const bottom = Math.min(sizePx - 1, Math.ceil(Math.max(ay, ay + dy) + reach))
  // Only speed: a row's pixels beyond `reach` of the endless line through the segment have no ink, so a slanted line costs its length, not its box.
  const slant = Math.abs(dy) > 1e-3 ? dx / dy : 0
  const band = Math.abs(dy) > 1e-3 ? (reach * Math.sqrt(lengthSquared)) / Math.abs(dy) + 1 : Number.POSITIVE_INFINITY
  for (let y = top; y <= bottom; y++) {
    const middle = ax + (y + 0.5 - ay) * slant
    const from = Math.max(left, Math.floor(middle - band))
    const to = Math.min(right, Math.ceil(middle + band))
    for (let x = from; x <= to; x++) {
      const px = x + 0.5 - ax
      const py = y + 0.5 - ay
      const t = lengthSquared > 0 ? Math.min(1, Math.max(0, (px * dx + py * dy) / lengthSquared)) : 0
      const ex = px - t * dx
      const ey = py - t * dy
      const coverage = ar + t * dr + 0.5 - Math.sqrt(ex * ex + ey * ey)
      if (coverage <= 0) continue
      const index = y * sizePx + x
      const value = Math.min(1, coverage)
      if (value > (ink[index] ?? 0)) ink[index] = value
    }
  }
}
