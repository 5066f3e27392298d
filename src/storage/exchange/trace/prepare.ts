/** The picture as a person wants it traced: turned, cut to the sheet or to the chosen frame, at the size for tracing, with what was brushed out marked. */

import type { PictureLeftOut } from '../leftOut'
import { resize } from '../picture'
import type { RgbaImage } from '../types'
import { channelsOf, lumaOf } from './planes'
import type { Crop, TraceSettings } from './settings'
import { findSheet, insideMask } from './sheet'

/** Larger pictures are traced at this size: finer than the page, and quick. */
export const TRACE_SIDE_PX = 1024
/** Pictures are kept up to this size, so that a part of one can still be traced finely. */
export const KEEP_SIDE_PX = 2048

export interface PreparedPicture {
  readonly image: RgbaImage
  /** 1 where lines are looked for; `null` is everywhere. */
  readonly inside: Uint8Array | null
  readonly leftOut: ReadonlySet<PictureLeftOut>
  /** Flat x, y in pixels of `image` → shares of the turned picture. */
  readonly toPicture: (points: readonly number[]) => number[]
}

export function preparePicture(image: RgbaImage, { quarterTurns, crop, erased }: TraceSettings): PreparedPicture {
  const whole = turned(shrunkTo(image, KEEP_SIDE_PX), quarterTurns)
  const sheet = crop ? null : findSheet(lumaOf(channelsOf(shrunkTo(whole, TRACE_SIDE_PX))))
  const scale = Math.max(whole.width, whole.height) / Math.max(1, Math.min(TRACE_SIDE_PX, Math.max(whole.width, whole.height)))
  const frame = crop
    ? frameOf(crop, whole)
    : sheet
      ? boundsOf(
          sheet.map((value) => value * scale),
          whole,
        )
      : full(whole)
  const cut = shrunkTo(cutOut(whole, frame), TRACE_SIDE_PX)
  const size = cut.width / (frame.right - frame.left)
  const polygon = sheet?.map((value, i) => (value * scale - (i % 2 === 0 ? frame.left : frame.top)) * size)
  const inside = polygon ? insideMask(polygon, cut.width, cut.height) : null
  return {
    image: cut,
    inside: erased.length > 0 ? brushedOut(inside, cut, frame, size, whole, erased) : inside,
    leftOut: new Set(sheet ? ['table'] : []),
    toPicture: (points) =>
      points.map((value, i) => (value / size + (i % 2 === 0 ? frame.left : frame.top)) / (i % 2 === 0 ? whole.width : whole.height)),
  }
}

/** In pixels. */
interface Frame {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

const full = ({ width, height }: RgbaImage): Frame => ({ left: 0, top: 0, right: width, bottom: height })

function frameOf(crop: Crop, { width, height }: RgbaImage): Frame {
  const left = Math.min(width - 8, Math.max(0, Math.round(crop.left * width)))
  const top = Math.min(height - 8, Math.max(0, Math.round(crop.top * height)))
  return {
    left: Math.max(0, left),
    top: Math.max(0, top),
    right: Math.min(width, Math.max(left + 8, Math.round(crop.right * width))),
    bottom: Math.min(height, Math.max(top + 8, Math.round(crop.bottom * height))),
  }
}

function boundsOf(polygon: readonly number[], { width, height }: RgbaImage): Frame {
  const xs = polygon.filter((_, i) => i % 2 === 0)
  const ys = polygon.filter((_, i) => i % 2 === 1)
  return {
    left: Math.max(0, Math.floor(Math.min(...xs))),
    top: Math.max(0, Math.floor(Math.min(...ys))),
    right: Math.min(width, Math.ceil(Math.max(...xs))),
    bottom: Math.min(height, Math.ceil(Math.max(...ys))),
  }
}

export function shrunkTo(image: RgbaImage, sidePx: number): RgbaImage {
  const scale = Math.min(1, sidePx / Math.max(image.width, image.height))
  return resize(image, Math.max(1, Math.round(image.width * scale)), Math.max(1, Math.round(image.height * scale)))
}

function cutOut(image: RgbaImage, { left, top, right, bottom }: Frame): RgbaImage {
  const [width, height] = [right - left, bottom - top]
  if (width === image.width && height === image.height) return image
  const pixels = new Uint8ClampedArray(4 * width * height)
  for (let y = 0; y < height; y++) {
    const start = 4 * ((y + top) * image.width + left)
    pixels.set(image.data.subarray(start, start + 4 * width), 4 * y * width)
  }
  return { width, height, data: pixels }
}

/** Quarter turns, clockwise. */
export function turned(image: RgbaImage, quarterTurns: number): RgbaImage {
  if (quarterTurns % 4 === 0) return image
  const { width, height } = image
  const isSideways = quarterTurns % 2 === 1
  const [w, h] = isSideways ? [height, width] : [width, height]
  const from = new Uint32Array(image.data.buffer, image.data.byteOffset, width * height)
  const pixels = new Uint8ClampedArray(4 * w * h)
  const to = new Uint32Array(pixels.buffer)
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      const source =
        quarterTurns === 1
          ? (height - 1 - x) * width + y
          : quarterTurns === 2
            ? (height - 1 - y) * width + width - 1 - x
            : x * width + width - 1 - y
      to[y * w + x] = from[source] ?? 0
    }
  }
  return { width: w, height: h, data: pixels }
}

/** Dabs of the brush lie on the turned picture. */
function brushedOut(
  inside: Uint8Array | null,
  { width, height }: RgbaImage,
  frame: Frame,
  size: number,
  whole: RgbaImage,
  erased: TraceSettings['erased'],
): Uint8Array {
  const mask = inside ?? new Uint8Array(width * height).fill(1)
  for (const dab of erased) {
    const [cx, cy] = [(dab.x * whole.width - frame.left) * size, (dab.y * whole.height - frame.top) * size]
    const radius = dab.radius * Math.max(whole.width, whole.height) * size
    for (let y = Math.max(0, Math.floor(cy - radius)); y <= Math.min(height - 1, cy + radius); y++) {
      for (let x = Math.max(0, Math.floor(cx - radius)); x <= Math.min(width - 1, cx + radius); x++) {
        if ((x - cx) ** 2 + (y - cy) ** 2 <= radius * radius) mask[y * width + x] = 0
      }
    }
  }
  return mask
}
