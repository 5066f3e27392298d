/**
 * Landmarks as a loss (the landmark loss of the cartoon system; integral regression: Sun et al. 2018): where a reader's heat maps say that the landmarks of a picture
 * are, and how far that is from where they should be. Twin: `pipeline/losses.py` (places), `pipeline/cartoon_losses.py`.
 */

import type { Scalar, Tensor3D, Tensor4D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'

/** Logits `[B, H, W, N]` → `[B, N, 2]`: x, y in 0–1 of the picture, the expectation under the softmax over all pixels. */
export function expectedPlaces(heatMaps: Tensor4D): Tensor3D {
  const [batch, height, width, count] = heatMaps.shape
  return tf.tidy(() => {
    const flat = tf.reshape(tf.transpose(heatMaps, [0, 3, 1, 2]), [batch * count, height * width])
    const middles = (length: number) => Array.from({ length }, (_, i) => (i + 0.5) / length)
    const grid = middles(height).flatMap((y) => middles(width).map((x) => [x, y]))
    return tf.reshape(tf.matMul(tf.softmax(flat), tf.tensor2d(grid)), [batch, count, 2])
  })
}

/** Mean absolute difference to `landmarks` `[B, N, 2]` in 0–1, in sides of the picture. */
export function landmarkL1(heatMaps: Tensor4D, landmarks: Tensor3D): Scalar {
  return tf.tidy(() => tf.mean<Scalar>(tf.abs(tf.sub(expectedPlaces(heatMaps), landmarks))))
}
