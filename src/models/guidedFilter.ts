/**
 * The guided filter (He, Sun, Tang 2010, section 3): an edge-preserving blur, channel by channel as in white-box cartoonisation. Twin of
 * `pipeline/guided_filter.py`. Its means are products of matrices, which every back
 * end does fast and right (gradients of average pools are off at the border).
 */

import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'

type Quad = [number, number, number, number]

/** `[length, length]`: each row the mean over the pixels of a line within `radius` of one; its transpose sends a gradient back. */
function meansOf(length: number, radius: number, transposed: boolean): Tensor2D {
  const values = new Float32Array(length * length)
  for (let i = 0; i < length; i++) {
    const [first, last] = [Math.max(i - radius, 0), Math.min(i + radius, length - 1)]
    for (let j = first; j <= last; j++) values[transposed ? j * length + i : i * length + j] = 1 / (last - first + 1)
  }
  return tf.tensor2d(values, [length, length])
}

/** A matrix times every line along an axis. */
function alongAxis(x: Tensor4D, axis: 1 | 2, matrix: Tensor2D): Tensor4D {
  const [batch, height, width, channels] = x.shape
  // Rows of one picture lie as they should.
  if (axis === 1 && batch === 1) return tf.reshape(tf.matMul(matrix, tf.reshape(x, [height, width * channels]) as Tensor2D), x.shape)
  const order: Quad = axis === 1 ? [1, 0, 2, 3] : [2, 0, 1, 3]
  const lines = tf.transpose(x, order)
  const moved = tf.matMul(matrix, tf.reshape(lines, [matrix.shape[0], -1]) as Tensor2D)
  return tf.transpose(tf.reshape(moved, lines.shape), axis === 1 ? [1, 0, 2, 3] : [1, 2, 0, 3])
}

/** With its gradient, which matrix products have slow on wasm. */
function meanAlong(x: Tensor4D, axis: 1 | 2, radius: number): Tensor4D {
  const length = x.shape[axis]
  const mean = tf.customGrad((picture) => ({
    value: alongAxis(picture as Tensor4D, axis, meansOf(length, radius, false)),
    gradFunc: (dy) => alongAxis(dy as Tensor4D, axis, meansOf(length, radius, true)),
  }))
  return mean(x) as Tensor4D
}

/** `[B, H, W, C]` → the mean over the square of 2 · radius + 1 pixels round each, of those within the picture. */
export function boxMean(x: Tensor4D, radius: number): Tensor4D {
  return tf.tidy(() => meanAlong(meanAlong(x, 1, radius), 2, radius))
}

/**
 * `[B, H, W, C]` both, of any range → `x` as a linear function of the guide in every window (equations 5, 6 and 8). Where the guide varies by less than the
 * root of epsilon, `x` is smoothed; where it has an edge, so has the result.
 * @param radius of the windows, in pixels
 * @param epsilon in squares of the guide's unit
 */
export function guidedFilter(guide: Tensor4D, x: Tensor4D, radius: number, epsilon: number): Tensor4D {
  return tf.tidy(() => {
    const mean = (y: Tensor4D) => boxMean(y, radius)
    const [meanGuide, meanX] = [mean(guide), mean(x)]
    const covariance = tf.sub(mean(tf.mul(guide, x)), tf.mul(meanGuide, meanX))
    const variance = tf.sub(mean(tf.mul(guide, guide)), tf.mul(meanGuide, meanGuide))
    const a = tf.div<Tensor4D>(covariance, tf.add(variance, epsilon))
    const b = tf.sub<Tensor4D>(meanX, tf.mul(a, meanGuide))
    return tf.add<Tensor4D>(tf.mul(mean(a), guide), mean(b))
  })
}
