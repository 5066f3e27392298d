/**
 * A picture of a drawing → its ink: light evened out, rules taken away, then a threshold with hysteresis (Canny 1986) that follows the
 * noise of the paper and the strength of the lines. What is no line (borders of a scan, punch holes, dirt) is left out and counted.
 */

import { StudioError } from '../../../shared/errors'
import type { Budget } from '../budget'
import type { PictureLeftOut } from '../leftOut'
import type { RgbaImage } from '../types'
import { type InkMask, type Piece, piecesOf } from './components'
import { removeRules } from './grid'
import type { Plane } from './planes'
import { type Strength, strengthOf } from './strength'
import { distanceToPaper } from './thin'

export interface FoundInk extends InkMask {
  readonly leftOut: ReadonlySet<PictureLeftOut>
}

export interface InkOptions {
  /** −1 takes much more for ink, 1 much less. */
  readonly threshold?: number
  /** 1 where lines are looked for; `null` is everywhere. */
  readonly inside?: Uint8Array | null
  readonly budget?: Budget
}

/** Lines are at least this much darker than paper. */
const LEAST_STRENGTH = 0.05
/** Line drawings cover less of their page. */
const MOST_INK = 0.4
/** Connected ink of fewer pixels, at 512, is dirt. */
const SPECK_AREA = 6

/** @throws StudioError `bad-image` when there are no lines, or it is not a line drawing */
export function findInk(image: RgbaImage, { threshold = 0, inside = null, budget }: InkOptions = {}): FoundInk {
  const { width, height } = image
  budget?.spend(200 * width * height)
  const leftOut = new Set<PictureLeftOut>()
  const strength = strengthOf(image, inside)
  if (removeRules(strength, strength.floor + 4 * strength.noise + 0.015) > 0) leftOut.add('rules')
  if (strength.darkShare > MOST_INK) throw tooDark()
  const mask = { width, height, ink: threshold2(strength, 2 ** (1.6 * threshold)) }
  if (mask.ink.reduce((sum, value) => sum + value, 0) > MOST_INK * width * height) throw tooDark()
  for (const what of clean(mask)) leftOut.add(what)
  if (!mask.ink.includes(1)) throw blank()
  return { ...mask, leftOut }
}

const tooDark = (): StudioError =>
  new StudioError(
    'bad-image',
    'This picture is not a line drawing: too much of it is dark. Choose a drawing with dark lines on light paper, or the reverse.',
  )

const blank = (): StudioError =>
  new StudioError(
    'bad-image',
    'No lines were found in this picture. Choose a drawing with clear dark lines on light paper, or the reverse.',
  )

/** Hysteresis: strong places, and weaker ones that hang together with them. */
function threshold2(strength: Strength, factor: number): Uint8Array {
  const { width, height, values, floor, noise } = strength
  const strong = Math.max(LEAST_STRENGTH, floor + 6 * noise)
  const level = typicalStrength(values, strong)
  if (level === null) throw blank()
  const high = Math.max(strong, 0.4 * level) * factor
  const low = Math.max(0.6 * strong, floor + 3 * noise, 0.22 * level) * factor
  const ridge = localGreatest(strength, Math.max(2, Math.round(Math.max(width, height) / 340)))
  const weak = new Uint8Array(values.length)
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x
      const here = values[i] ?? 0
      // The soft rim of a line is paper: half as strong as the middle of the line.
      if (here > low && here >= 0.45 * (ridge[i] ?? 0)) weak[i] = 1
    }
  }
  const ink = new Uint8Array(values.length)
  for (const { pixels } of piecesOf(weak, width)) {
    let seeds = 0
    for (const pixel of pixels) if ((values[pixel] ?? 0) > high) seeds++
    if (seeds >= Math.min(3, pixels.length) && seeds >= 0.04 * pixels.length) for (const pixel of pixels) ink[pixel] = 1
  }
  return ink
}

/** The middle strength of what is surely ink; `null` when nothing is. */
function typicalStrength(values: Float32Array, strong: number): number | null {
  const bins = new Uint32Array(1001)
  let total = 0
  for (const value of values) {
    if (value <= strong) continue
    const bin = Math.min(1000, Math.round(1000 * value))
    bins[bin] = (bins[bin] ?? 0) + 1
    total++
  }
  if (total < 12) return null
  let below = 0
  for (let bin = 0; bin < bins.length; bin++) {
    below += bins[bin] ?? 0
    if (below >= 0.6 * total) return bin / 1000
  }
  return 1
}

function localGreatest({ width, height, values }: Plane, reach: number): Float32Array {
  const rows = new Float32Array(values.length)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let greatest = 0
      for (let u = Math.max(0, x - reach); u <= Math.min(width - 1, x + reach); u++)
        greatest = Math.max(greatest, values[y * width + u] ?? 0)
      rows[y * width + x] = greatest
    }
  }
  const out = new Float32Array(values.length)
  for (let y = 0; y < height; y++) {
    for (let v = Math.max(0, y - reach); v <= Math.min(height - 1, y + reach); v++)
      for (let x = 0; x < width; x++) out[y * width + x] = Math.max(out[y * width + x] ?? 0, rows[v * width + x] ?? 0)
  }
  return out
}

/** Takes away what is no line. */
function clean({ width, height, ink }: InkMask): Set<PictureLeftOut> {
  const leftOut = new Set<PictureLeftOut>()
  const scale = Math.max(width, height) / 512
  const leastArea = Math.round(SPECK_AREA * Math.max(1, scale * scale))
  const distance = distanceToPaper({ width, height, ink })
  for (const piece of piecesOf(ink, width)) {
    const what = isBorder(piece, width, height) ? 'borders' : isHole(piece, distance, width, height) ? 'holes' : null
    if (what === null && piece.pixels.length >= leastArea) continue
    for (const pixel of piece.pixels) ink[pixel] = 0
    if (what) leftOut.add(what)
  }
  return leftOut
}

/** Long and at the very edge of the picture: the rim of a scanner's glass, a drawn frame, the edge of the sheet. */
function isBorder({ left, top, right, bottom, pixels }: Piece, width: number, height: number): boolean {
  const margin = 0.03 * Math.max(width, height)
  const [w, h] = [right - left, bottom - top]
  const isNarrow = (across: number, along: number): boolean => across < 0.035 * Math.max(width, height) && along > 8 * across
  if (isNarrow(w, h) && h > 0.4 * height && (right < 1.5 * margin || left > width - 1.5 * margin)) return true
  if (isNarrow(h, w) && w > 0.4 * width && (bottom < 1.5 * margin || top > height - 1.5 * margin)) return true
  if (left > margin && top > margin && right < width - margin && bottom < height - margin) return false
  // Along two sides or more, and nowhere else.
  if (w < 0.5 * width && h < 0.5 * height) return false
  let outside = 0
  for (const pixel of pixels) {
    const [x, y] = [pixel % width, Math.floor(pixel / width)]
    if (Math.min(x - 0, y - 0, width - 1 - x, height - 1 - y) < 2 * margin) outside++
  }
  return outside > 0.9 * pixels.length
}

/** Round, filled or a ring, a few millimetres of a page, and at its side. */
function isHole({ left, top, right, bottom, pixels }: Piece, distance: Float32Array, width: number, height: number): boolean {
  const [w, h] = [right - left + 1, bottom - top + 1]
  const side = Math.max(width, height)
  const isAtSide = right < 0.12 * width || left > 0.88 * width || bottom < 0.12 * height || top > 0.88 * height
  if (!isAtSide || Math.max(w, h) > 0.06 * side || Math.min(w, h) < 0.012 * side || w > 1.3 * h || h > 1.3 * w) return false
  const deepest = pixels.reduce((most, pixel) => Math.max(most, distance[pixel] ?? 0), 0)
  return pixels.length > 0.65 * w * h || deepest > 0.3 * Math.min(w, h)
}
