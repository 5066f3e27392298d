/**
 * Filled shapes → lines. Where a fill is as thin as a pen's line (an outlined stroke, a brush stroke, a traced drawing) the line is its middle; where it is
 * thicker, the line is its edge, as far as that can be seen.
 */

import type { Budget } from '../budget'
import { type TracedLine, traceLines } from '../trace/lines'
import { distanceToPaper } from '../trace/thin'
import { type Canvas, contrast, toRgb } from './canvas'
import type { Colour } from './colours'
import { type Polygon, scanPolygons } from './scanline'
import type { FillRule } from './style'
import { cutLine, runsOf, sampleLine, sidesOf } from './visibility'

/** Fills up to this thick, in canvas pixels, are lines. */
export const THICKEST_LINE = 28
/** Of 255, as for lines. */
const LEAST_CONTRAST = 16
/** Shares of an outline that differ from what is around by less than this are dirt of the raster. */
const LEAST_EDGE = 0.02

export interface Fill {
  /** In canvas pixels, one a subpath. */
  readonly polygons: readonly Polygon[]
  readonly rule: FillRule
  readonly colour: Colour
  readonly owner: number
}

/** A window of the canvas with a margin, so that its outermost pixels are empty. */
interface Frame {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** @returns lines in canvas pixels; a width of 0 is an edge */
export function linesOfFill(canvas: Canvas, fill: Fill, budget: Budget): TracedLine[] {
  const frame = frameOf(fill.polygons, canvas.size)
  if (!frame) return []
  const ink = visibleInk(canvas, fill, frame, budget)
  if (!ink || !differsFromAround(canvas, ink, frame)) return []
  const { width, height } = frame
  const distance = distanceToPaper({ width, height, ink })
  budget.spend(10 * ink.length)
  const core = thickCore(ink, distance, width)
  const rest = core ? withoutCore(ink, core, width) : ink
  const lines = rest.includes(1)
    ? traceLines({ width, height, ink: rest }, budget).map(({ points, widthPx }) => ({
        points: points.map((value, i) => value + (i % 2 === 0 ? frame.left : frame.top)),
        widthPx: Math.max(1, widthPx),
      }))
    : []
  return core ? [...lines, ...edges(canvas, fill, core, rest, frame, budget)] : lines
}

function frameOf(polygons: readonly Polygon[], size: number): Frame | null {
  let [left, top, right, bottom] = [size, size, 0, 0]
  for (const polygon of polygons) {
    for (let i = 0; i + 1 < polygon.length; i += 2) {
      left = Math.min(left, polygon[i] ?? 0)
      right = Math.max(right, polygon[i] ?? 0)
      top = Math.min(top, polygon[i + 1] ?? 0)
      bottom = Math.max(bottom, polygon[i + 1] ?? 0)
    }
  }
  const [x, y] = [Math.floor(Math.max(0, left)) - 2, Math.floor(Math.max(0, top)) - 2]
  const [width, height] = [Math.ceil(Math.min(size, right)) + 2 - x, Math.ceil(Math.min(size, bottom)) + 2 - y]
  return width > 4 && height > 4 ? { left: x, top: y, width, height } : null
}

/** The pixels of a fill that still show it; crossings of shapes of one colour count for both. */
function visibleInk(canvas: Canvas, { polygons, rule, colour, owner }: Fill, frame: Frame, budget: Budget): Uint8Array | null {
  const ink = new Uint8Array(frame.width * frame.height)
  const moved = polygons.map((polygon) => polygon.map((value, i) => value - (i % 2 === 0 ? frame.left : frame.top)))
  const own = toRgb(colour)
  let count = 0
  scanPolygons(moved, rule, frame, budget, (row, from, to) => {
    const y = row + frame.top
    if (y < 0 || y >= canvas.size) return
    for (let x = Math.max(from, -frame.left); x < to && x + frame.left < canvas.size; x++) {
      const index = y * canvas.size + x + frame.left
      const isShown = canvas.owners[index] === owner || (colour.alpha >= 0.99 && contrast(canvas.colours[index] ?? 0, own) < LEAST_CONTRAST)
      if (!isShown || x === 0 || row === 0 || x === frame.width - 1 || row === frame.height - 1) continue
      ink[row * frame.width + x] = 1
      count++
    }
  })
  return count > 0 ? ink : null
}

/** White on white, and what only lies under other colours, has no edge. */
function differsFromAround(canvas: Canvas, ink: Uint8Array, { left, top, width }: Frame): boolean {
  let [edge, seen] = [0, 0]
  for (let i = 0; i < ink.length; i++) {
    if (!ink[i]) continue
    for (const step of [1, -1, width, -width]) {
      if (ink[i + step]) continue
      const here = canvas.indexAt((i % width) + left, Math.floor(i / width) + top)
      const there = canvas.indexAt(((i + step) % width) + left, Math.floor((i + step) / width) + top)
      edge++
      if (here >= 0 && there >= 0 && contrast(canvas.colours[here] ?? 0, canvas.colours[there] ?? 0) >= LEAST_CONTRAST) seen++
    }
  }
  return seen > LEAST_EDGE * edge
}

/** What is thicker than a line, grown back to its edge (an opening); `null` when nothing is. */
function thickCore(ink: Uint8Array, distance: Float32Array, width: number): Uint8Array | null {
  const radius = THICKEST_LINE / 2
  const outside = new Uint8Array(ink.length).fill(1)
  let seeds = 0
  for (let i = 0; i < ink.length; i++) {
    if ((distance[i] ?? 0) <= radius) continue
    outside[i] = 0
    seeds++
  }
  if (seeds === 0) return null
  const away = distanceToPaper({ width, height: ink.length / width, ink: outside })
  const core = new Uint8Array(ink.length)
  for (let i = 0; i < ink.length; i++) if (ink[i] && (away[i] ?? 0) <= radius + 2) core[i] = 1
  return core
}

/** The thin remainder. Corners that the opening rounded off go to the core: they are small, and their edge is the core's. */
function withoutCore(ink: Uint8Array, core: Uint8Array, width: number): Uint8Array {
  const rest = new Uint8Array(ink.length)
  for (let i = 0; i < ink.length; i++) if (ink[i] && !core[i]) rest[i] = 1
  const seen = new Uint8Array(rest.length)
  for (let start = 0; start < rest.length; start++) {
    if (!rest[start] || seen[start]) continue
    const piece = [start]
    seen[start] = 1
    for (let next = 0; next < piece.length; next++) {
      for (const step of [1, -1, width, -width, width + 1, width - 1, 1 - width, -1 - width]) {
        const pixel = (piece[next] ?? 0) + step
        if (!rest[pixel] || seen[pixel]) continue
        seen[pixel] = 1
        piece.push(pixel)
      }
    }
    if (piece.length >= THICKEST_LINE * THICKEST_LINE) continue
    for (const pixel of piece) {
      rest[pixel] = 0
      core[pixel] = 1
    }
  }
  return rest
}

/** The outline where it runs along the core and can be told from what is outside. */
function edges(canvas: Canvas, { polygons }: Fill, core: Uint8Array, rest: Uint8Array, frame: Frame, budget: Budget): TracedLine[] {
  const lines: TracedLine[] = []
  const at = (mask: Uint8Array, index: number): boolean => {
    const [x, y] = [(index % canvas.size) - frame.left, Math.floor(index / canvas.size) - frame.top]
    return x >= 0 && y >= 0 && x < frame.width && y < frame.height && mask[y * frame.width + x] === 1
  }
  for (const polygon of polygons) {
    const closed = isClosed(polygon) ? [...polygon] : [...polygon, polygon[0] ?? 0, polygon[1] ?? 0]
    const samples = sampleLine(closed, canvas.size, () => budget.spend(20))
    const visible = new Uint8Array(samples.segments.length)
    for (let i = 0; i < visible.length; i++) {
      const [one, other] = sidesOf(canvas, samples, i, 1.5)
      if (one.colour === null || other.colour === null) continue
      const [oneIn, otherIn] = [at(core, one.index), at(core, other.index)]
      if (oneIn === otherIn || at(rest, oneIn ? other.index : one.index)) continue
      visible[i] = contrast(one.colour, other.colour) >= LEAST_CONTRAST ? 1 : 0
    }
    for (const run of runsOf(visible, 4)) {
      const points = cutLine(closed, samples, run, 6)
      if (points) lines.push({ points, widthPx: 0 })
    }
  }
  return lines
}

const isClosed = (polygon: Polygon): boolean => polygon[0] === polygon.at(-2) && polygon[1] === polygon.at(-1)
