/** Luminance of a picture, and its changes between two pictures, slightly blurred so that a line that lies half a pixel off still counts as the same change. */

import type { RgbaImage } from '../../../src/shared/image'

/** Rec. 601, row-major, 0–255. */
export function luminance({ data, width, height }: RgbaImage): Float32Array {
  return Float32Array.from(
    { length: width * height },
    (_, i) => 0.299 * (data[4 * i] ?? 0) + 0.587 * (data[4 * i + 1] ?? 0) + 0.114 * (data[4 * i + 2] ?? 0),
  )
}

/** `after − before` in luminance, blurred by a Gaussian. @param sigmaPx in pixels of the pictures, which are square */
export function blurredChange(before: RgbaImage, after: RgbaImage, sigmaPx: number): Float32Array {
  if (before.data.length !== after.data.length) throw new RangeError('The pictures differ in size.')
  const old = luminance(before)
  return gaussian(
    luminance(after).map((value, i) => value - (old[i] ?? 0)),
    before.width,
    sigmaPx,
  )
}

/** Separable Gaussian on a square field; beyond its border the field goes on with its border's values. */
export function gaussian(field: Float32Array, sizePx: number, sigmaPx: number): Float32Array {
  const radius = Math.ceil(3 * sigmaPx)
  const kernel = Array.from({ length: 2 * radius + 1 }, (_, i) => Math.exp(-((i - radius) ** 2) / (2 * sigmaPx ** 2)))
  const rows = convolved(field, kernel, (i, k) => i - (i % sizePx) + clamp((i % sizePx) + k, sizePx))
  return convolved(rows, kernel, (i, k) => (i % sizePx) + sizePx * clamp(Math.floor(i / sizePx) + k, sizePx))
}

const clamp = (position: number, sizePx: number): number => Math.min(sizePx - 1, Math.max(0, position))

/** @param neighbour index of the field's element `k` steps from element `i` */
function convolved(field: Float32Array, kernel: readonly number[], neighbour: (i: number, k: number) => number): Float32Array {
  const radius = (kernel.length - 1) / 2
  const total = kernel.reduce((sum, weight) => sum + weight, 0)
  return field.map((_, i) => {
    let sum = 0
    for (let k = -radius; k <= radius; k++) sum += (kernel[k + radius] ?? 0) * (field[neighbour(i, k)] ?? 0)
    return sum / total
  })
}
