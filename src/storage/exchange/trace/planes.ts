/** Pictures as planes of numbers, and the filters that tracing needs on them: blur, greatest and least of a window, local paper. */

import type { RgbaImage } from '../types'

/** One number a pixel, row-major. */
export interface Plane {
  readonly width: number
  readonly height: number
  readonly values: Float32Array
}

export const planeOf = (width: number, height: number): Plane => ({ width, height, values: new Float32Array(width * height) })

/** Red, green and blue, 0–255. What is transparent becomes paper: white behind dark lines, black behind light ones. */
export function channelsOf({ width, height, data: pixels }: RgbaImage): readonly [Plane, Plane, Plane] {
  const planes = [planeOf(width, height), planeOf(width, height), planeOf(width, height)] as const
  const paper = clearPaper(pixels)
  for (let i = 0; i < width * height; i++) {
    const alpha = (pixels[4 * i + 3] ?? 0) / 255
    for (let c = 0; c < 3; c++) {
      const plane = planes[c as 0 | 1 | 2].values
      plane[i] = alpha * (pixels[4 * i + c] ?? 0) + (1 - alpha) * paper
    }
  }
  return planes
}

function clearPaper(pixels: ArrayLike<number>): number {
  let [weight, sum] = [0, 0]
  for (let i = 0; i < pixels.length; i += 4) {
    const alpha = pixels[i + 3] ?? 0
    weight += alpha
    sum += alpha * (0.299 * (pixels[i] ?? 0) + 0.587 * (pixels[i + 1] ?? 0) + 0.114 * (pixels[i + 2] ?? 0))
  }
  const isMostlyClear = weight < 0.5 * 255 * (pixels.length / 4)
  return isMostlyClear && sum > 127 * weight ? 0 : 255
}

/** Luma (Rec. 601). */
export function lumaOf([r, g, b]: readonly [Plane, Plane, Plane]): Plane {
  const luma = planeOf(r.width, r.height)
  for (let i = 0; i < luma.values.length; i++)
    luma.values[i] = 0.299 * (r.values[i] ?? 0) + 0.587 * (g.values[i] ?? 0) + 0.114 * (b.values[i] ?? 0)
  return luma
}

/** Weights 1 2 1 along both axes. */
export function blur({ width, height, values }: Plane): Plane {
  const rows = new Float32Array(values.length)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x
      const here = values[i] ?? 0
      rows[i] = 0.5 * here + 0.25 * ((x > 0 ? values[i - 1] : here) ?? here) + 0.25 * ((x < width - 1 ? values[i + 1] : here) ?? here)
    }
  }
  const out = new Float32Array(values.length)
  for (let i = 0; i < values.length; i++) {
    const here = rows[i] ?? 0
    out[i] = 0.5 * here + 0.25 * (rows[i - width] ?? here) + 0.25 * (rows[i + width] ?? here)
  }
  return { width, height, values: out }
}

/** The least (sign 1) or greatest (sign −1) value within a square of side 2 · reach + 1, in one pass an axis (van Herk 1992). */
export function extreme({ width, height, values }: Plane, reach: number, sign: 1 | -1): Plane {
  const rows = new Float32Array(values.length)
  const line = new Float32Array(Math.max(width, height) + 4 * reach + 2)
  const scratch = { forward: new Float32Array(line.length), backward: new Float32Array(line.length) }
  for (let y = 0; y < height; y++) slide(values, rows, y * width, 1, width, reach, sign, line, scratch)
  const out = new Float32Array(values.length)
  for (let x = 0; x < width; x++) slide(rows, out, x, width, height, reach, sign, line, scratch)
  return { width, height, values: out }
}

function slide(
  from: Float32Array,
  to: Float32Array,
  start: number,
  step: number,
  count: number,
  reach: number,
  sign: 1 | -1,
  line: Float32Array,
  { forward, backward }: { forward: Float32Array; backward: Float32Array },
): void {
  const window = 2 * reach + 1
  const length = Math.ceil((count + 2 * reach) / window) * window
  for (let i = 0; i < length; i++) {
    const at = i - reach
    line[i] = at >= 0 && at < count ? sign * (from[start + at * step] ?? 0) : Number.POSITIVE_INFINITY
  }
  for (let i = 0; i < length; i++) forward[i] = i % window === 0 ? (line[i] ?? 0) : Math.min(forward[i - 1] ?? 0, line[i] ?? 0)
  for (let i = length - 1; i >= 0; i--)
    backward[i] = i % window === window - 1 ? (line[i] ?? 0) : Math.min(backward[i + 1] ?? 0, line[i] ?? 0)
  for (let i = 0; i < count; i++) to[start + i * step] = sign * Math.min(backward[i] ?? 0, forward[i + window - 1] ?? 0)
}

/** Blocks along the longer side in which the brightness of the paper is measured. */
const PAPER_BLOCKS = 20

/** The brightness of the paper everywhere: what four fifths of a block do not exceed, evened out and interpolated. */
export function paperOf(plane: Plane): Plane {
  const { width, height } = plane
  const block = Math.max(8, Math.ceil(Math.max(width, height) / PAPER_BLOCKS))
  const [columns, rows] = [Math.ceil(width / block), Math.ceil(height / block)]
  const levels = new Float32Array(columns * rows)
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) levels[row * columns + column] = blockLevel(plane, column * block, row * block, block)
  const even = raised(levels, columns, rows)
  const paper = planeOf(width, height)
  for (let y = 0; y < height; y++) {
    const v = Math.min(rows - 1, Math.max(0, (y + 0.5) / block - 0.5))
    const [row, t] = [Math.floor(v), v - Math.floor(v)]
    const below = Math.min(rows - 1, row + 1)
    for (let x = 0; x < width; x++) {
      const u = Math.min(columns - 1, Math.max(0, (x + 0.5) / block - 0.5))
      const [column, s] = [Math.floor(u), u - Math.floor(u)]
      const right = Math.min(columns - 1, column + 1)
      const upper = (1 - s) * (even[row * columns + column] ?? 0) + s * (even[row * columns + right] ?? 0)
      const lower = (1 - s) * (even[below * columns + column] ?? 0) + s * (even[below * columns + right] ?? 0)
      paper.values[y * width + x] = Math.max(1, (1 - t) * upper + t * lower)
    }
  }
  return paper
}

function blockLevel({ width, height, values }: Plane, left: number, top: number, block: number): number {
  const counts = new Uint32Array(256)
  let total = 0
  for (let y = top; y < Math.min(height, top + block); y++) {
    for (let x = left; x < Math.min(width, left + block); x++) {
      const value = Math.min(255, Math.max(0, Math.round(values[y * width + x] ?? 0)))
      counts[value] = (counts[value] ?? 0) + 1
      total++
    }
  }
  let above = 0
  for (let value = 255; value > 0; value--) {
    above += counts[value] ?? 0
    if (above >= 0.2 * total) return value
  }
  return 0
}

/** A block that is ink all over tells nothing about the paper: it is at least most of what its neighbours are. */
function raised(levels: Float32Array, columns: number, rows: number): Float32Array {
  return levels.map((level, i) => {
    const [column, row] = [i % columns, Math.floor(i / columns)]
    const around: number[] = []
    for (let r = Math.max(0, row - 2); r <= Math.min(rows - 1, row + 2); r++)
      for (let c = Math.max(0, column - 2); c <= Math.min(columns - 1, column + 2); c++) around.push(levels[r * columns + c] ?? 0)
    around.sort((a, b) => a - b)
    return Math.max(level, 0.75 * (around[around.length >> 1] ?? level))
  })
}

interface Split {
  /** Highest value of the dark class. */
  readonly threshold: number
  readonly dark: number
  readonly light: number
  readonly darkShare: number
}

/** The threshold that parts the values, 0–255, into the two classes with the greatest variance between them (Otsu 1979). */
export function otsu(values: Float32Array): Split {
  const histogram = new Float64Array(256)
  for (const value of values) {
    const bin = Math.min(255, Math.max(0, Math.round(value)))
    histogram[bin] = (histogram[bin] ?? 0) + 1
  }
  const total = histogram.reduce((sum, count, value) => sum + count * value, 0)
  let best: Split = { threshold: 127, dark: 0, light: 0, darkShare: 0 }
  let [greatest, count, sum] = [0, 0, 0]
  for (let value = 0; value < 255; value++) {
    count += histogram[value] ?? 0
    sum += value * (histogram[value] ?? 0)
    const others = values.length - count
    if (count === 0 || others === 0) continue
    const [dark, light] = [sum / count, (total - sum) / others]
    const variance = count * others * (light - dark) ** 2
    if (variance <= greatest) continue
    greatest = variance
    best = { threshold: value, dark, light, darkShare: count / values.length }
  }
  return best
}
