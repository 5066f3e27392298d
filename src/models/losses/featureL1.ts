/**
 * Content and structure (Wang and Yu 2020, section 3.2): one layer of a fixed network on two pictures, `[B, …]` each → mean absolute difference relative to the mean
 * magnitude on the real side, each sample by itself, so that no layer's scale has to be known. The real side should be computed outside the gradient.
 * Twin: `pipeline/cartoon_losses.py`.
 */

import type { Scalar, Tensor } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'

/** Keeps a layer that is zero everywhere from being divided by. */
const LEAST_MAGNITUDE = 1e-6

export function featureL1(fake: Tensor, real: Tensor): Scalar {
  return tf.tidy(() => {
    const bySample = (x: Tensor) => tf.mean(tf.reshape(tf.abs(x), [x.shape[0] as number, -1]), 1)
    return tf.mean<Scalar>(tf.div(bySample(tf.sub(fake, real)), tf.maximum(bySample(real), LEAST_MAGNITUDE)))
  })
}
