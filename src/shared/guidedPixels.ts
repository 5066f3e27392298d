/**
 * The guided filter (He, Sun, Tang 2010) on pixels, as `models/guidedFilter.ts` computes it on tensors: a picture as a linear function of the photo in every window,
 * so that it takes over the photo's edges and smooths what the photo has none of. It has no parameters, so a person may change its radius after the picture is made.
 */

/** Of the windows, in pixels; 0 leaves the picture as it is. */
export const MOST_RADIUS_PX = 8
/** 0.01 for values in [-1, 1], here in squares of 1/255. */
const EPSILON = 0.01 * 127.5 ** 2
const COLOURS = 3

/** Means over the square of 2 · radius + 1 pixels round each, of those within the picture: sums along rows, then along columns. */
function boxMean(x: Float64Array, sizePx: number, radius: number): Float64Array {
  return along(along(x, sizePx, radius, 1, sizePx), sizePx, radius, sizePx, 1)
}

function along(x: Float64Array, sizePx: number, radius: number, step: number, between: number): Float64Array {
  const out = new Float64Array(x.length)
  for (let line = 0; line < sizePx; line++) {
    const at = (i: number): number => line * between + i * step
    let sum = 0
    for (let i = 0; i < Math.min(radius, sizePx); i++) sum += x[at(i)] as number
    for (let i = 0; i < sizePx; i++) {
      if (i + radius < sizePx) sum += x[at(i + radius)] as number
      if (i - radius > 0) sum -= x[at(i - radius - 1)] as number
      out[at(i)] = sum / (Math.min(i + radius, sizePx - 1) - Math.max(i - radius, 0) + 1)
    }
  }
  return out
}

/** @param guide the photo, `picture` what is filtered; both RGBA `[size · size · 4]`; the result is opaque */
export function guidedPixels(
  guide: Uint8ClampedArray,
  picture: Uint8ClampedArray,
  sizePx: number,
  radius: number,
): Uint8ClampedArray<ArrayBuffer> {
  const out = new Uint8ClampedArray(picture.length).fill(255)
  const count = sizePx * sizePx
  const mean = (x: Float64Array) => boxMean(x, sizePx, radius)
  for (let colour = 0; colour < COLOURS; colour++) {
    const channel = (pixels: Uint8ClampedArray) => Float64Array.from({ length: count }, (_, i) => pixels[4 * i + colour] as number)
    const product = (a: Float64Array, b: Float64Array) => a.map((value, i) => value * (b[i] as number))
    const [p, x] = [channel(guide), channel(picture)]
    const [meanP, meanX, meanPX, meanPP] = [mean(p), mean(x), mean(product(p, x)), mean(product(p, p))]
    const a = meanP.map((m, i) => ((meanPX[i] as number) - m * (meanX[i] as number)) / ((meanPP[i] as number) - m * m + EPSILON))
    const b = meanX.map((m, i) => m - (a[i] as number) * (meanP[i] as number))
    const [slope, shift] = [mean(a), mean(b)]
    for (let i = 0; i < count; i++) out[4 * i + colour] = (slope[i] as number) * (p[i] as number) + (shift[i] as number)
  }
  return out
}
