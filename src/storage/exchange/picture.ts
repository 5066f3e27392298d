/** Pictures as pixels, resampled. */

import type { RgbaImage } from './types'

/** Shrinks by averaging the pixels that fall on each new one, enlarges bilinearly. */
export function resize(picture: RgbaImage, width: number, height: number): RgbaImage {
  if (width === picture.width && height === picture.height) return picture
  const rows = resizeAxis(picture.data, picture.width, picture.height, width, (line, at) => 4 * (line * picture.width + at))
  const pixels = resizeAxis(rows, picture.height, width, height, (line, at) => 4 * (at * width + line), true)
  return { width, height, data: Uint8ClampedArray.from(pixels) }
}

/** Weights of the old pixels that make each new one along an axis: a tent as wide as the larger of the two pixels. */
function axisWeights(from: number, to: number): { start: number; weights: number[] }[] {
  const scale = from / to
  const radius = Math.max(1, scale)
  return Array.from({ length: to }, (_, i) => {
    const centre = (i + 0.5) * scale - 0.5
    const start = Math.max(0, Math.ceil(centre - radius))
    const end = Math.min(from - 1, Math.floor(centre + radius))
    const raw = Array.from({ length: end - start + 1 }, (_unused, k) => Math.max(0, 1 - Math.abs(start + k - centre) / radius))
    const sum = raw.reduce((total, weight) => total + weight, 0)
    return { start, weights: raw.map((weight) => weight / sum) }
  })
}

function resizeAxis(
  source: ArrayLike<number>,
  from: number,
  lines: number,
  to: number,
  indexOf: (line: number, at: number) => number,
  isColumns = false,
): Float32Array {
  const out = new Float32Array(4 * lines * to)
  const steps = axisWeights(from, to)
  for (let line = 0; line < lines; line++) {
    for (let i = 0; i < to; i++) {
      const step = steps[i]
      if (!step) continue
      const target = isColumns ? 4 * (i * lines + line) : 4 * (line * to + i)
      for (const [k, weight] of step.weights.entries()) {
        const index = indexOf(line, step.start + k)
        for (let channel = 0; channel < 4; channel++)
          out[target + channel] = (out[target + channel] ?? 0) + weight * (source[index + channel] ?? 0)
      }
    }
  }
  return out
}
