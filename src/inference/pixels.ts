/** Between bitmaps and tensors: grey sketches (with tolerance maps) in, RGBA faces out. */

import type { Tensor4D } from '@tensorflow/tfjs-core'
import { tensor4d } from '@tensorflow/tfjs-core'

/**
 * The generator's input: grey `[size · size]`, 255 paper, 0 ink → `[1, size, size, 1]`, paper +1, ink −1. With a tolerance map (`[size · size]` in 0–1) a
 * second channel follows: the sketch as far as it is meant, lines in full where the map is 0 and none where it is 1 (decision 10).
 */
export function inputTensor(sketch: Uint8ClampedArray, tolerance: Float32Array | null, sizePx: number): Tensor4D {
  const channels = tolerance ? 2 : 1
  const values = new Float32Array(channels * sketch.length)
  for (let i = 0; i < sketch.length; i++) {
    const value = (sketch[i] ?? 255) / 127.5 - 1
    values[channels * i] = value
    if (tolerance) values[2 * i + 1] = 1 - (1 - value) * (1 - (tolerance[i] ?? 0))
  }
  return tensor4d(values, [1, sizePx, sizePx, channels])
}

/** `[size · size, 3]` in [-1, 1] → opaque RGBA `[size · size · 4]`; null when a number is not finite, which no working back end gives. */
export function faceToPixels(face: Float32Array): Uint8ClampedArray<ArrayBuffer> | null {
  const count = face.length / 3
  const pixels = new Uint8ClampedArray(4 * count).fill(255)
  let sum = 0
  for (let i = 0; i < count; i++) {
    for (let channel = 0; channel < 3; channel++) {
      const value = face[3 * i + channel] ?? 0
      sum += value
      pixels[4 * i + channel] = (value + 1) * 127.5
    }
  }
  return Number.isFinite(sum) ? pixels : null
}
