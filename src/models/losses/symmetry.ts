/**
 * How far a frontal face `[B, H, W, C]` is from its mirror image, in its pixels and in its second differences, which light from one side hardly moves (TP-GAN, Huang et
 * al. 2017, section 3.2.2): what a turned face hides is like what it shows. Twin: `pipeline/frontal_losses.py`.
 */

import type { Scalar, Tensor4D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'

/** Mean absolute difference of a picture and its mirror image. */
export function symmetry(picture: Tensor4D): Scalar {
  return tf.tidy(() => tf.mean<Scalar>(tf.abs(tf.sub(picture, tf.reverse(picture, 2)))))
}

/** The same of the picture's second differences. */
export function laplacianSymmetry(picture: Tensor4D): Scalar {
  return tf.tidy(() => symmetry(laplacian(picture)))
}

/** The four neighbours less four times the pixel, where all of them exist: `[B, H, W, C]` → `[B, H − 2, W − 2, C]`. */
export function laplacian(picture: Tensor4D): Tensor4D {
  const [batch, height, width, channels] = picture.shape
  const from = (top: number, left: number) => tf.slice(picture, [0, top, left, 0], [batch, height - 2, width - 2, channels])
  return tf.tidy(() => tf.sub<Tensor4D>(tf.addN([from(0, 1), from(2, 1), from(1, 0), from(1, 2)]), tf.mul(from(1, 1), 4)))
}
