/** A bare picture brought to its place: the bitmap resampled through a placement, paper where the picture ends. */

import { SKETCH_SIZE_PX } from '../shared/units'
import { applyTo, inverse, type Similarity } from './similarity'

const PAPER = 255
/** Looks into the picture for each pixel and axis, so that thin lines stay lines when a drawing shrinks. */
const LOOKS = 3

/**
 * @param grey `[fromPx · fromPx]`, 255 paper, 0 ink; more pixels than the result keep its lines crisp
 * @param placement picture → mean face, in sketch pixels
 * @returns `[sizePx · sizePx]`
 */
export function placedPicture(
  grey: ArrayLike<number>,
  fromPx: number,
  placement: Similarity,
  sizePx: number,
): Uint8ClampedArray<ArrayBuffer> {
  const back = inverse(placement)
  const out = new Uint8ClampedArray(sizePx * sizePx)
  const [toSketch, toPicture] = [SKETCH_SIZE_PX / sizePx, fromPx / SKETCH_SIZE_PX]
  for (let i = 0; i < out.length; i++) {
    let sum = 0
    for (let look = 0; look < LOOKS * LOOKS; look++) {
      const column = (i % sizePx) + ((look % LOOKS) + 0.5) / LOOKS
      const row = Math.floor(i / sizePx) + (Math.floor(look / LOOKS) + 0.5) / LOOKS
      const [x, y] = applyTo(back, [column * toSketch, row * toSketch])
      sum += bilinear(grey, fromPx, x * toPicture - 0.5, y * toPicture - 0.5)
    }
    out[i] = Math.round(sum / (LOOKS * LOOKS))
  }
  return out
}

function bilinear(grey: ArrayLike<number>, sizePx: number, x: number, y: number): number {
  const [column, row] = [Math.floor(x), Math.floor(y)]
  const [fx, fy] = [x - column, y - row]
  const at = (dx: number, dy: number): number => {
    const [u, v] = [column + dx, row + dy]
    return u < 0 || v < 0 || u >= sizePx || v >= sizePx ? PAPER : (grey[v * sizePx + u] ?? PAPER)
  }
  return (at(0, 0) * (1 - fx) + at(1, 0) * fx) * (1 - fy) + (at(0, 1) * (1 - fx) + at(1, 1) * fx) * fy
}
