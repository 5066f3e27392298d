/** A sheet of paper on a table: where in a photograph the drawing's page lies, so that the table, its grain and the edges of the paper are no lines. */

import { convexHull } from '../../../shared/polyline'
import { piecesOf } from './components'
import { otsu, type Plane } from './planes'

/** Sides of the picture in which the sheet is looked for. */
const LOOK_PX = 192
/** The sheet is at least this share of the picture, and what is beside it this share. */
const LEAST_SHEET = 0.12
const LEAST_TABLE = 0.06
/** How well a sheet fills its own outline, and how well the table fills the rest. */
const LEAST_SOLID = 0.93
/** Paper and table differ at least this much, of 255. */
const LEAST_CONTRAST = 28
/** A table is at most this bright, compared with the paper, where the sheet runs out of the picture on more than one side: else it may be a shadow. */
const SHADOW_RATIO = 0.45
/** The edge of the paper, with its shadow, is left out with the table: a share of the longer side. */
const EDGE_SHARE = 0.014

/** A convex polygon, flat x, y, in the plane's pixels; `null` when the picture is all page. */
export function findSheet(luma: Plane): number[] | null {
  const small = shrink(luma, LOOK_PX)
  const { width, height, values } = small
  const split = otsu(values)
  if (split.light - split.dark < LEAST_CONTRAST) return null
  const bright = new Uint8Array(values.length)
  for (let y = 1; y < height - 1; y++)
    for (let x = 1; x < width - 1; x++) if ((values[y * width + x] ?? 0) > split.threshold) bright[y * width + x] = 1
  const sheet = piecesOf(bright, width).sort((a, b) => b.pixels.length - a.pixels.length)[0]
  if (!sheet || sheet.pixels.length < LEAST_SHEET * values.length) return null
  const hull = convexHull(
    sheet.pixels.flatMap((pixel) => [pixel % width, Math.floor(pixel / width)]),
    2,
  )
  const inside = insideMask(hull, width, height)
  const { solid, table, tableDark } = fillOf(inside, darkFromEdge(bright, width, height), values, split.threshold)
  if (table < LEAST_TABLE * values.length || solid < LEAST_SOLID || tableDark < 0.75) return null
  const touched = [sheet.left <= 1, sheet.top <= 1, sheet.right >= width - 2, sheet.bottom >= height - 2].filter(Boolean).length
  if (touched > 1 && split.dark > SHADOW_RATIO * split.light) return null
  const scale = luma.width / width
  return shrunk(hull, EDGE_SHARE * Math.max(width, height)).map((value) => (value + 0.5) * scale)
}

function shrink({ width, height, values }: Plane, sidePx: number): Plane {
  const scale = Math.min(1, sidePx / Math.max(width, height))
  const [w, h] = [Math.max(3, Math.round(width * scale)), Math.max(3, Math.round(height * scale))]
  const out = new Float32Array(w * h)
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      const [x0, x1] = [Math.floor((x * width) / w), Math.max(Math.floor((x * width) / w) + 1, Math.floor(((x + 1) * width) / w))]
      const [y0, y1] = [Math.floor((y * height) / h), Math.max(Math.floor((y * height) / h) + 1, Math.floor(((y + 1) * height) / h))]
      let [sum, count] = [0, 0]
      for (let v = y0; v < y1; v++) {
        for (let u = x0; u < x1; u++) {
          sum += values[Math.min(height - 1, v) * width + Math.min(width - 1, u)] ?? 0
          count++
        }
      }
      out[y * w + x] = sum / count
    }
  }
  return { width: w, height: h, values: out }
}

/** Convex polygons only: a row between its least and greatest crossing. */
export function insideMask(hull: readonly number[], width: number, height: number): Uint8Array {
  const mask = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) {
    let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
    for (let i = 0; i + 1 < hull.length; i += 2) {
      const next = i + 3 < hull.length ? i + 2 : 0
      const [ax, ay, bx, by] = [hull[i] ?? 0, hull[i + 1] ?? 0, hull[next] ?? 0, hull[next + 1] ?? 0]
      if (Math.min(ay, by) > y || Math.max(ay, by) < y) continue
      const x = ay === by ? ax : ax + ((y - ay) / (by - ay)) * (bx - ax)
      from = Math.min(from, x, ay === by ? bx : x)
      to = Math.max(to, x, ay === by ? bx : x)
    }
    for (let x = Math.max(0, Math.ceil(from)); x <= Math.min(width - 1, Math.floor(to)); x++) mask[y * width + x] = 1
  }
  return mask
}

/** Dark pixels that hang together with the edge of the picture: the table, but no line on the sheet. */
function darkFromEdge(bright: Uint8Array, width: number, height: number): Uint8Array {
  const table = new Uint8Array(bright.length)
  const queue: number[] = []
  const add = (x: number, y: number): void => {
    const i = y * width + x
    if (x < 0 || y < 0 || x >= width || y >= height || bright[i] || table[i]) return
    table[i] = 1
    queue.push(i)
  }
  for (let x = 0; x < width; x++) for (const y of [0, height - 1]) add(x, y)
  for (let y = 0; y < height; y++) for (const x of [0, width - 1]) add(x, y)
  for (let next = 0; next < queue.length; next++) {
    const [x, y] = [(queue[next] ?? 0) % width, Math.floor((queue[next] ?? 0) / width)]
    add(x - 1, y)
    add(x + 1, y)
    add(x, y - 1)
    add(x, y + 1)
  }
  return table
}

function fillOf(inside: Uint8Array, isTable: Uint8Array, values: Float32Array, threshold: number) {
  let [area, filled, table, dark] = [0, 0, 0, 0]
  for (let i = 0; i < inside.length; i++) {
    if (inside[i]) {
      area++
      if (!isTable[i]) filled++
    } else {
      table++
      if ((values[i] ?? 0) <= threshold) dark++
    }
  }
  return { solid: filled / Math.max(1, area), table, tableDark: dark / Math.max(1, table) }
}

/** Every corner moved towards the middle. */
function shrunk(hull: readonly number[], by: number): number[] {
  const count = hull.length / 2
  let [cx, cy] = [0, 0]
  for (let i = 0; i < hull.length; i += 2) {
    cx += (hull[i] ?? 0) / count
    cy += (hull[i + 1] ?? 0) / count
  }
  const out: number[] = []
  for (let i = 0; i < hull.length; i += 2) {
    const [dx, dy] = [(hull[i] ?? 0) - cx, (hull[i + 1] ?? 0) - cy]
    const length = Math.hypot(dx, dy) || 1
    // A corner of a square moves √2 times as far as its sides.
    const share = Math.max(0, 1 - (1.42 * by) / length)
    out.push(cx + share * dx, cy + share * dy)
  }
  return out
}
