/**
 * A line drawing straight from an aligned photo: dark lines where it has edges, shades as solid black, white around the person. XDoG (Winnemöller, Kyprianidis and
 * Olsen 2012, "XDoG: an eXtended difference-of-Gaussians compendium", equations 7 and 8), as non-photorealistic drawings for the first stage of portrait drawing
 * (Yi et al. 2019, section 4.3), whose lines lie exactly where the photo has them.
 */

import type { RgbaImage } from '../shared/image'

/** Of the narrower Gaussian, as a share of the side: the width of a line. */
const SIGMA = 1.5 / 512
/** The wider one is so much wider. */
const RATIO = 1.6
/** How much edges are sharpened. */
const SHARPNESS = 22
/** Of sharpened light 0–1: darker is ink, and how steep the step is. */
const THRESHOLD = 0.42
const STEEPNESS = 7

/**
 * @param photo a square
 * @param regions classes of a square of any size, 0 what is behind the person; `null`: nothing is left white for that
 * @returns RGBA of the same size, grey and opaque
 */
export function lineDrawing(photo: RgbaImage, regions: Uint8Array | null): RgbaImage {
  const { width, height } = photo
  const light = lightOf(photo)
  const narrow = blurred(light, width, height, SIGMA * width)
  const wide = blurred(light, width, height, RATIO * SIGMA * width)
  const data = new Uint8ClampedArray(photo.data.length).fill(255)
  const regionsPx = Math.sqrt(regions?.length ?? 0)
  const isBehind = (i: number): boolean => {
    const [x, y] = [i % width, Math.floor(i / width)].map((place) => Math.floor(((place + 0.5) * regionsPx) / width)) as [number, number]
    return regions?.[y * regionsPx + x] === 0
  }
  for (let i = 0; i < light.length; i++) {
    if (isBehind(i)) continue
    const sharp = (1 + SHARPNESS) * (narrow[i] ?? 0) - SHARPNESS * (wide[i] ?? 0)
    const tone = sharp >= THRESHOLD ? 1 : 1 + Math.tanh(STEEPNESS * (sharp - THRESHOLD))
    data.fill(255 * tone, 4 * i, 4 * i + 3)
  }
  return { width, height, data }
}

/** Rec. 601 in 0–1, stretched so that the darkest and the lightest hundredth are its ends: dark skin is drawn as light skin is. */
function lightOf({ data, width, height }: RgbaImage): Float32Array {
  const light = Float32Array.from(
    { length: width * height },
    (_, i) => (0.299 * (data[4 * i] ?? 0) + 0.587 * (data[4 * i + 1] ?? 0) + 0.114 * (data[4 * i + 2] ?? 0)) / 255,
  )
  const sorted = light.toSorted()
  const [low, high] = [sorted[Math.floor(0.01 * light.length)] ?? 0, sorted[Math.floor(0.99 * light.length)] ?? 1]
  return light.map((value) => Math.min(1, Math.max(0, (value - low) / Math.max(0.05, high - low))))
}

/** Gaussian, edges repeated. */
function blurred(from: Float32Array, width: number, height: number, sigma: number): Float32Array {
  const reach = Math.ceil(3 * sigma)
  const kernel = Array.from({ length: 2 * reach + 1 }, (_, k) => Math.exp(-((k - reach) ** 2) / (2 * sigma ** 2)))
  const total = kernel.reduce((sum, weight) => sum + weight, 0)
  const along = (source: Float32Array, isRow: boolean): Float32Array => {
    const result = new Float32Array(source.length)
    const [last, step] = isRow ? [width - 1, 1] : [height - 1, width]
    for (let i = 0; i < source.length; i++) {
      const place = isRow ? i % width : Math.floor(i / width)
      const start = i - place * step
      let sum = 0
      for (let k = -reach; k <= reach; k++)
        sum += (kernel[k + reach] ?? 0) * (source[start + step * Math.min(last, Math.max(0, place + k))] ?? 0)
      result[i] = sum / total
    }
    return result
  }
  return along(along(from, true), false)
}
