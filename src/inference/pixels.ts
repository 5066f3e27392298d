/** Between bitmaps and tensors: grey sketches in, RGBA faces out. */

import type { Tensor4D } from '@tensorflow/tfjs-core'
import { tensor4d } from '@tensorflow/tfjs-core'

/** Grey `[size · size]`, 255 paper, 0 ink → `[1, size, size, 1]`, paper +1, ink −1. */
export function sketchToTensor(sketch: Uint8ClampedArray, sizePx: number): Tensor4D {
  const values = new Float32Array(sketch.length)
  for (let i = 0; i < values.length; i++) values[i] = (sketch[i] ?? 255) / 127.5 - 1
  return tensor4d(values, [1, sizePx, sizePx, 1])
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
