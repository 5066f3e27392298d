/**
 * The guided filter (He, Sun, Tang 2010, section 3): an edge-preserving blur, channel by channel as in white-box cartoonisation. Twin of
 * `pipeline/guided_filter.py`. Made of slices and sums, whose gradients are right on every back end (those of average pools are off at the border).
 */

import type { Tensor4D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'

type Quad = [number, number, number, number]

/** How many pixels of a line of `length` lie within `radius` of each. */
function counts(length: number, radius: number): number[] {
  return Array.from({ length }, (_, i) => Math.min(i + radius, length - 1) - Math.max(i - radius, 0) + 1)
}

function meanAlong(x: Tensor4D, axis: 1 | 2, radius: number): Tensor4D {
  const length = x.shape[axis]
  const pads = [0, 1, 2, 3].map((i) => (i === axis ? [radius, radius] : [0, 0])) as [number, number][]
  const around = tf.pad(x, pads)
  const shifted = Array.from({ length: 2 * radius + 1 }, (_, from) => {
    const begin: Quad = [0, 0, 0, 0]
    begin[axis] = from
    return tf.slice(around, begin, x.shape)
  })
  const shape: Quad = [1, 1, 1, 1]
  shape[axis] = length
  return tf.div<Tensor4D>(tf.addN(shifted), tf.tensor4d(counts(length, radius), shape))
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
