/**
 * The aligned square of a face: centre, size and turn from eyes and mouth (Karras et al. 2019, FFHQ's `recreate_aligned_images`; the same for CelebA-HQ),
 * and the crop of a photo to it. Where the photo ends it is continued by reflection that blurs and fades into the picture's median colour, as there.
 */

import type { RgbaImage } from '../shared/image'
import { shrink } from '../shared/image'
import type { Landmarks68 } from './landmarks'
import { type Point, pointAt } from './landmarks'

/** A square in picture pixels that may be turned: its centre and half of its x axis (from the centre to the middle of the right side). */
export interface AlignedSquare {
  centre: Point
  halfX: Point
}

const middle = (landmarks: Landmarks68, from: number, to: number): Point => {
  let [x, y] = [0, 0]
  for (let i = from; i <= to; i++) {
    x += pointAt(landmarks, i)[0]
    y += pointAt(landmarks, i)[1]
  }
  return [x / (to - from + 1), y / (to - from + 1)]
}
const between = ([ax, ay]: Point, [bx, by]: Point): Point => [(ax + bx) / 2, (ay + by) / 2]

/** FFHQ's square of a face, from the middles of the eyes and the corners of the mouth. */
export function alignedSquare(landmarks: Landmarks68): AlignedSquare {
  const [left, right] = [middle(landmarks, 36, 41), middle(landmarks, 42, 47)]
  const eyes = between(left, right)
  const mouth = between(pointAt(landmarks, 48), pointAt(landmarks, 54))
  const eyeToEye: Point = [right[0] - left[0], right[1] - left[1]]
  const eyeToMouth: Point = [mouth[0] - eyes[0], mouth[1] - eyes[1]]
  const direction: Point = [eyeToEye[0] + eyeToMouth[1], eyeToEye[1] - eyeToMouth[0]]
  const half = Math.max(2 * Math.hypot(...eyeToEye), 1.8 * Math.hypot(...eyeToMouth)) / Math.hypot(...direction)
  return { centre: [eyes[0] + 0.1 * eyeToMouth[0], eyes[1] + 0.1 * eyeToMouth[1]], halfX: [direction[0] * half, direction[1] * half] }
}

/** Corners may lie this far (in sides) from a picture's own for it to count as aligned: about what landmarks by different hands differ by. */
const ALIGNED_TOLERANCE = 0.05

/** The whole of a picture that is aligned already, as CelebA-HQ and FFHQ are, so that it is taken as it is; otherwise the square itself. */
export function wholeIfAligned(square: AlignedSquare, { width, height }: { width: number; height: number }): AlignedSquare {
  const whole: AlignedSquare = { centre: [width / 2, height / 2], halfX: [width / 2, 0] }
  const isNear = [0, 1, 2, 3].every((k) => {
    const corner: Point = [k & 1, k >> 1]
    const [x, y] = toSquare(square, toPicture(whole, corner))
    return Math.hypot(x - corner[0], y - corner[1]) <= ALIGNED_TOLERANCE
  })
  return width === height && isNear ? whole : square
}

/** Length of a side in picture pixels. */
export const sidePx = ({ halfX }: AlignedSquare): number => 2 * Math.hypot(...halfX)

/** A place in the square (0–1) → the picture. */
export function toPicture({ centre, halfX: [x, y] }: AlignedSquare, [u, v]: Point): Point {
  const [a, b] = [2 * u - 1, 2 * v - 1]
  return [centre[0] + a * x - b * y, centre[1] + a * y + b * x]
}

/** A place in the picture → the square (0–1). */
export function toSquare({ centre, halfX: [x, y] }: AlignedSquare, [px, py]: Point): Point {
  const [dx, dy] = [px - centre[0], py - centre[1]]
  const squared = x * x + y * y
  return [((dx * x + dy * y) / squared + 1) / 2, ((dy * x - dx * y) / squared + 1) / 2]
}

/** The photo inside the square as `sizePx × sizePx` pixels. */
export function cropToSquare(photo: RgbaImage, square: AlignedSquare, sizePx: number): RgbaImage {
  const factor = Math.max(1, Math.floor((sidePx(square) / sizePx) * 0.5))
  const source = shrink(photo, factor)
  const scaled = (p: Point): Point => [p[0] / factor, p[1] / factor]
  const inSource = { centre: scaled(square.centre), halfX: scaled(square.halfX) }
  const crop = sample(source, inSource, sizePx)
  return continueBeyondEdges(crop, inSource, source)
}

/** Mean of bilinear samples, enough of them for every source pixel to count. */
function sample(source: RgbaImage, square: AlignedSquare, sizePx: number): RgbaImage {
  const perPixel = Math.max(1, Math.ceil(sidePx(square) / sizePx))
  const data = new Uint8ClampedArray(sizePx * sizePx * 4)
  const pixel = new Float64Array(4)
  for (let i = 0; i < sizePx * sizePx; i++) {
    pixel.fill(0)
    for (let k = 0; k < perPixel * perPixel; k++) {
      const u = ((i % sizePx) + ((k % perPixel) + 0.5) / perPixel) / sizePx
      const v = (Math.floor(i / sizePx) + (Math.floor(k / perPixel) + 0.5) / perPixel) / sizePx
      addBilinear(source, toPicture(square, [u, v]), pixel)
    }
    for (let channel = 0; channel < 4; channel++) data[4 * i + channel] = (pixel[channel] ?? 0) / (perPixel * perPixel)
  }
  return { width: sizePx, height: sizePx, data }
}

function addBilinear({ data, width, height }: RgbaImage, [px, py]: Point, onto: Float64Array): void {
  const [x, y] = [px - 0.5, py - 0.5]
  const [x0, y0] = [Math.floor(x), Math.floor(y)]
  const [fx, fy] = [x - x0, y - y0]
  for (let corner = 0; corner < 4; corner++) {
    const [dx, dy] = [corner & 1, corner >> 1]
    const weight = (dx ? fx : 1 - fx) * (dy ? fy : 1 - fy)
    const at = (reflected(y0 + dy, height) * width + reflected(x0 + dx, width)) * 4
    for (let channel = 0; channel < 4; channel++) onto[channel] = (onto[channel] ?? 0) + weight * (data[at + channel] ?? 0)
  }
}

/** Index into `0 … size − 1` by reflection about the first and last pixel, as often as needed. */
export function reflected(index: number, size: number): number {
  if (size === 1) return 0
  const period = 2 * (size - 1)
  const folded = ((index % period) + period) % period
  return folded < size ? folded : period - folded
}

/** Blurs and fades what lies outside the picture; leaves a crop that lies well inside as it is. */
function continueBeyondEdges(crop: RgbaImage, square: AlignedSquare, source: RgbaImage): RgbaImage {
  const paddings = edgePaddings(square, source)
  if (!paddings) return crop
  const sizePx = crop.width
  const blurred = blur(crop, 0.02 * sizePx)
  const medians = medianColour(crop)
  const data = new Uint8ClampedArray(crop.data)
  for (let i = 0; i < sizePx * sizePx; i++) {
    const [x, y] = toPicture(square, [((i % sizePx) + 0.5) / sizePx, (Math.floor(i / sizePx) + 0.5) / sizePx])
    const beyond = Math.max(-x / paddings[0], -y / paddings[1], (x - source.width) / paddings[2], (y - source.height) / paddings[3])
    const softness = Math.min(1, Math.max(0, 3 * beyond + 1))
    const fade = Math.min(1, Math.max(0, beyond))
    for (let channel = 0; channel < 3 && softness > 0; channel++) {
      const sharp = data[4 * i + channel] ?? 0
      const soft = sharp + softness * ((blurred[4 * i + channel] ?? 0) - sharp)
      data[4 * i + channel] = soft + fade * ((medians[channel] ?? 0) - soft)
    }
  }
  return { width: sizePx, height: sizePx, data }
}

/** How far the picture is continued at the left, top, right and bottom, or `null` when the square lies inside it. */
function edgePaddings(square: AlignedSquare, { width, height }: RgbaImage): [number, number, number, number] | null {
  const corners = [0, 1, 2, 3].map((k) => toPicture(square, [k & 1, k >> 1]))
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)]
  const side = sidePx(square)
  const border = Math.max(3, Math.round(0.1 * side))
  const over = [-Math.min(...xs), -Math.min(...ys), Math.max(...xs) - width, Math.max(...ys) - height]
  if (Math.max(...over) <= 0) return null
  const padding = (k: number) => Math.max((over[k] ?? 0) + border, 0.3 * side)
  return [padding(0), padding(1), padding(2), padding(3)]
}

/** Gaussian blur of the colours, edges repeated: `[height · width · 4]`. */
function blur({ data, width, height }: RgbaImage, sigma: number): Float64Array {
  const reach = Math.ceil(3 * sigma)
  const weights = Array.from({ length: 2 * reach + 1 }, (_, i) => Math.exp(-0.5 * ((i - reach) / sigma) ** 2))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const pass = (from: ArrayLike<number>, dx: number, dy: number): Float64Array => {
    const out = new Float64Array(width * height * 4)
    for (let i = 0; i < width * height; i++) {
      const [x, y] = [i % width, Math.floor(i / width)]
      let [r, g, b] = [0, 0, 0]
      for (let k = -reach; k <= reach; k++) {
        const sx = Math.min(width - 1, Math.max(0, x + k * dx))
        const sy = Math.min(height - 1, Math.max(0, y + k * dy))
        const [weight, at] = [weights[k + reach] ?? 0, (sy * width + sx) * 4]
        r += weight * (from[at] ?? 0)
        g += weight * (from[at + 1] ?? 0)
        b += weight * (from[at + 2] ?? 0)
      }
      out.set([r / total, g / total, b / total], 4 * i)
    }
    return out
  }
  return pass(pass(data, 1, 0), 0, 1)
}

function medianColour({ data }: RgbaImage): number[] {
  return [0, 1, 2].map((channel) => {
    const histogram = new Uint32Array(256)
    for (let i = channel; i < data.length; i += 4) histogram[data[i] ?? 0] = (histogram[data[i] ?? 0] ?? 0) + 1
    let below = 0
    return histogram.findIndex((count) => {
      below += count
      return below * 8 >= data.length
    })
  })
}
