/**
 * "Only that region changes", on pixels: compositing a new face over an old one through a soft mask, and measuring what has changed where.
 * Pure functions on RGBA bitmaps; the worker calls them after every pass of the generator.
 */

/** Mean absolute change in 1/255 and its map; the same shape as the protocol's `ChangeReport`. */
export interface FaceChange {
  /** `[size · size]`, a pixel's mean absolute change over R, G, B times `HEAT_GAIN`, at most 255. */
  heat: Uint8ClampedArray<ArrayBuffer>
  meanInside: number
  meanOutside: number
}

/** A change of 255 / 4 or more is the hottest colour: smaller ones would be invisible on a linear scale to 255. */
export const HEAT_GAIN = 4

/**
 * `next` over `base` through `mask`. Where the mask is 0 the result equals `base` in every byte; where it is 1, `next`.
 * @param base RGBA `[size · size · 4]`
 * @param next RGBA `[size · size · 4]`
 * @param mask `[size · size]`, 0–1
 */
export function compositeFace(base: Uint8ClampedArray, next: Uint8ClampedArray, mask: Float32Array): Uint8ClampedArray<ArrayBuffer> {
  if (base.length !== next.length || base.length !== mask.length * 4) throw new RangeError('Faces and mask differ in size.')
  const out = new Uint8ClampedArray(base.length)
  for (let i = 0; i < base.length; i++) {
    const from = base[i] ?? 0
    out[i] = from + ((next[i] ?? 0) - from) * (mask[i >> 2] ?? 0)
  }
  return out
}

/**
 * What `next` changes in `reference`, inside and outside `region` (255 inside). A mean over no pixels is 0.
 * @param reference RGBA `[size · size · 4]`
 * @param next RGBA `[size · size · 4]`
 * @param region `[size · size]`; `null` measures the whole face as inside
 */
export function changeReport(
  reference: Uint8ClampedArray,
  next: Uint8ClampedArray,
  region: Uint8Array | Uint8ClampedArray | null,
): FaceChange {
  const count = reference.length / 4
  if (next.length !== reference.length || (region && region.length !== count)) throw new RangeError('Faces and region differ in size.')
  const heat = new Uint8ClampedArray(count)
  const inside = { sum: 0, count: 0 }
  const outside = { sum: 0, count: 0 }
  for (let i = 0; i < count; i++) {
    const change = pixelChange(reference, next, i * 4)
    heat[i] = change * HEAT_GAIN
    const side = region === null || (region[i] ?? 0) > 0 ? inside : outside
    side.sum += change
    side.count++
  }
  return { heat, meanInside: inside.sum / Math.max(1, inside.count), meanOutside: outside.sum / Math.max(1, outside.count) }
}

function pixelChange(a: Uint8ClampedArray, b: Uint8ClampedArray, i: number): number {
  const red = Math.abs((a[i] ?? 0) - (b[i] ?? 0))
  const green = Math.abs((a[i + 1] ?? 0) - (b[i + 1] ?? 0))
  const blue = Math.abs((a[i + 2] ?? 0) - (b[i + 2] ?? 0))
  return (red + green + blue) / 3
}
