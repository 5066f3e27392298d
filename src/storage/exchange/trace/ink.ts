/**
 * A picture of a drawing → its ink: grey → light evened out → polarity and threshold (Otsu 1979) → mask without specks. Works for scans and
 * photographs of paper, white lines on black, and lines on a transparent ground.
 */

import { StudioError } from '../../../shared/errors'
import type { RgbaImage } from '../types'

export interface InkMask {
  readonly width: number
  readonly height: number
  /** 1 where there is ink, else 0. The outermost pixels are always 0. */
  readonly ink: Uint8Array
}

/** Ink and paper that differ by less, of 255, are one blank page. */
const LEAST_CONTRAST = 30
/** Line drawings cover less of their page. */
const MOST_INK = 0.4
/** Blocks along the longer side in which the brightness of the paper is measured. */
const PAPER_BLOCKS = 16
/** Connected ink of fewer pixels, at 512, is dirt. */
const SPECK_AREA = 6

/** @throws StudioError `bad-image` when there are no lines, or it is not a line drawing */
export function findInk({ width, height, pixels }: RgbaImage): InkMask {
  const grey = toGrey(pixels)
  const first = otsu(grey)
  if (first.light - first.dark < LEAST_CONTRAST) throw blank()
  // Lines are the lesser part of a drawing, so the greater part is paper.
  if (first.darkShare > 0.5) for (let i = 0; i < grey.length; i++) grey[i] = 255 - (grey[i] ?? 0)
  evenOutLight(grey, width, height, first.darkShare > 0.5 ? 255 - first.dark : first.light)
  const { threshold, light, dark } = otsu(grey)
  if (light - dark < LEAST_CONTRAST) throw blank()
  const ink = new Uint8Array(width * height)
  let count = 0
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      if ((grey[y * width + x] ?? 255) > threshold) continue
      ink[y * width + x] = 1
      count++
    }
  }
  if (count > MOST_INK * width * height) {
    throw new StudioError(
      'bad-image',
      'This picture is not a line drawing: too much of it is dark. Choose a drawing with dark lines on light paper, or the reverse.',
    )
  }
  const scale = Math.max(width, height) / 512
  removeSpecks(ink, width, Math.round(SPECK_AREA * Math.max(1, scale * scale)))
  if (!ink.includes(1)) throw blank()
  return { width, height, ink }
}

const blank = (): StudioError =>
  new StudioError(
    'bad-image',
    'No lines were found in this picture. Choose a drawing with clear dark lines on light paper, or the reverse.',
  )

/** Luma (Rec. 601). What is transparent becomes paper: white behind dark lines, black behind light ones. */
function toGrey(pixels: Uint8ClampedArray): Uint8ClampedArray {
  const luma = (i: number): number => 0.299 * (pixels[i] ?? 0) + 0.587 * (pixels[i + 1] ?? 0) + 0.114 * (pixels[i + 2] ?? 0)
  let weight = 0
  let sum = 0
  for (let i = 0; i < pixels.length; i += 4) {
    weight += pixels[i + 3] ?? 0
    sum += (pixels[i + 3] ?? 0) * luma(i)
  }
  const isMostlyClear = weight < 0.5 * 255 * (pixels.length / 4)
  const paper = isMostlyClear && sum > 127 * weight ? 0 : 255
  const grey = new Uint8ClampedArray(pixels.length / 4)
  for (let i = 0; i < grey.length; i++) {
    const alpha = (pixels[4 * i + 3] ?? 0) / 255
    grey[i] = alpha * luma(4 * i) + (1 - alpha) * paper
  }
  return grey
}

interface Split {
  /** Highest grey of the dark class. */
  threshold: number
  dark: number
  light: number
  darkShare: number
}

/** The threshold that parts the histogram into the two classes with the greatest variance between them. */
function otsu(grey: Uint8ClampedArray): Split {
  const histogram = new Float64Array(256)
  for (const value of grey) histogram[value] = (histogram[value] ?? 0) + 1
  const total = histogram.reduce((sum, count, value) => sum + count * value, 0)
  let best: Split = { threshold: 127, dark: 0, light: 0, darkShare: 0 }
  let greatest = 0
  let count = 0
  let sum = 0
  for (let value = 0; value < 255; value++) {
    count += histogram[value] ?? 0
    sum += value * (histogram[value] ?? 0)
    const others = grey.length - count
    if (count === 0 || others === 0) continue
    const dark = sum / count
    const light = (total - sum) / others
    const variance = count * others * (light - dark) ** 2
    if (variance <= greatest) continue
    greatest = variance
    best = { threshold: value, dark, light, darkShare: count / grey.length }
  }
  return best
}

/** Divides by the brightness of the paper, measured in blocks and interpolated, so that a shadow over a photographed page is not ink. */
function evenOutLight(grey: Uint8ClampedArray, width: number, height: number, paperLevel: number): void {
  const block = Math.max(8, Math.ceil(Math.max(width, height) / PAPER_BLOCKS))
  const columns = Math.ceil(width / block)
  const rows = Math.ceil(height / block)
  const levels = new Float64Array(columns * rows)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const level = blockLevel(grey, width, height, column * block, row * block, block)
      // A block that is ink all over tells nothing about the paper.
      levels[row * columns + column] = Math.max(level, 0.55 * paperLevel)
    }
  }
  const levelAt = (column: number, row: number): number =>
    levels[Math.min(rows - 1, Math.max(0, row)) * columns + Math.min(columns - 1, Math.max(0, column))] ?? 255
  for (let y = 0; y < height; y++) {
    const v = (y + 0.5) / block - 0.5
    const row = Math.floor(v)
    for (let x = 0; x < width; x++) {
      const u = (x + 0.5) / block - 0.5
      const column = Math.floor(u)
      const [s, t] = [u - column, v - row]
      const above = (1 - s) * levelAt(column, row) + s * levelAt(column + 1, row)
      const below = (1 - s) * levelAt(column, row + 1) + s * levelAt(column + 1, row + 1)
      grey[y * width + x] = (255 * (grey[y * width + x] ?? 0)) / ((1 - t) * above + t * below)
    }
  }
}

/** The grey that nine tenths of a block do not exceed. */
function blockLevel(grey: Uint8ClampedArray, width: number, height: number, left: number, top: number, block: number): number {
  const values: number[] = []
  for (let y = top; y < Math.min(height, top + block); y += 2) {
    for (let x = left; x < Math.min(width, left + block); x += 2) values.push(grey[y * width + x] ?? 0)
  }
  values.sort((a, b) => a - b)
  return values[Math.floor(0.9 * (values.length - 1))] ?? 255
}

function removeSpecks(ink: Uint8Array, width: number, leastArea: number): void {
  const seen = new Uint8Array(ink.length)
  const around = [-width - 1, -width, -width + 1, -1, 1, width - 1, width, width + 1]
  for (let start = 0; start < ink.length; start++) {
    if (!ink[start] || seen[start]) continue
    const component = [start]
    seen[start] = 1
    for (let next = 0; next < component.length; next++) {
      for (const offset of around) {
        const neighbour = (component[next] ?? 0) + offset
        if (!ink[neighbour] || seen[neighbour]) continue
        seen[neighbour] = 1
        component.push(neighbour)
      }
    }
    if (component.length < leastArea) for (const pixel of component) ink[pixel] = 0
  }
}
