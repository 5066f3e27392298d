/**
 * How far a discriminator's features of a generated picture are from those of the true one: mean absolute difference of every layer, mean over layers and
 * scales (Wang et al. 2018, section 3.3). The true side should be computed outside the gradient. Twin: `pipeline/losses.py`, with every pixel looked at.
 */

import type { Scalar, Tensor } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'

export function featureMatching(fake: readonly Tensor[], real: readonly Tensor[]): Scalar {
  if (fake.length !== real.length) throw new RangeError(`${fake.length} layers against ${real.length}.`)
  return tf.tidy(() => tf.mean(tf.stack(fake.map((layer, i) => tf.mean(tf.abs(tf.sub(layer, real[i] as Tensor)))))))
}
