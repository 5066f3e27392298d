/**
 * Roughness of a picture `[B, H, W, C]`: mean absolute difference of neighbours, one above the other plus side by side (total variation as TP-GAN has it, Huang et al.
 * 2017, section 3.2.5). Twin: `pipeline/frontal_losses.py`.
 */

import type { Scalar, Tensor4D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'

export function absoluteVariation(picture: Tensor4D): Scalar {
  const [batch, height, width, channels] = picture.shape
  const from = (top: number, left: number, rows: number, columns: number) =>
    tf.slice(picture, [0, top, left, 0], [batch, rows, columns, channels])
  return tf.tidy(() => {
    const down = tf.sub(from(1, 0, height - 1, width), from(0, 0, height - 1, width))
    const across = tf.sub(from(0, 1, height, width - 1), from(0, 0, height, width - 1))
    return tf.add<Scalar>(tf.mean(tf.abs(down)), tf.mean(tf.abs(across)))
  })
}
