/**
 * How much neighbouring pixels of `[B, H, W, C]` differ: mean squared difference of those above each other plus that of those side by side (the total variation
 * of white-box cartoonisation's code). Twin: `pipeline/cartoon_losses.py`.
 */

import type { Scalar, Tensor4D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'

export function squaredVariation(x: Tensor4D): Scalar {
  const [batch, height, width, channels] = x.shape
  return tf.tidy(() => {
    const between = (down: number, across: number) => {
      const size: [number, number, number, number] = [batch, height - down, width - across, channels]
      return tf.mean<Scalar>(tf.squaredDifference(tf.slice(x, [0, down, across, 0], size), tf.slice(x, [0, 0, 0, 0], size)))
    }
    return tf.add<Scalar>(between(1, 0), between(0, 1))
  })
}
