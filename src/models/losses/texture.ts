/**
 * Texture (Wang and Yu 2020, section 3.1.3): lines and hatching without colour and brightness. `[B, H, W, 3]` in [-1, 1] → `[B, H, W, 1]` with random weights of
 * the colours, drawn anew for every step and the same for the real and the generated pictures of it. Twin: `pipeline/cartoon_losses.py`.
 */

import type { Tensor4D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'

export type ColourWeights = readonly [red: number, green: number, blue: number]

/** Uniform bounds, around the weights of luminance. */
export const SHIFT_RANGES = [
  [0.199, 0.399],
  [0.487, 0.687],
  [0.014, 0.214],
] as const

/** Their sum is 1; `random` is uniform in 0–1. */
export function colourWeights(random: () => number): ColourWeights {
  const drawn = SHIFT_RANGES.map(([low, high]) => low + (high - low) * random())
  const sum = drawn.reduce((all, one) => all + one, 0)
  return drawn.map((weight) => weight / sum) as unknown as ColourWeights
}

export function texture(x: Tensor4D, weights: ColourWeights): Tensor4D {
  return tf.tidy(() => tf.sum<Tensor4D>(tf.mul(x, tf.tensor4d([...weights], [1, 1, 1, 3])), 3, true))
}
