/**
 * Two ways to keep a person the same (TP-GAN, Huang et al. 2017, sections 3.2.4 and 3.2.5). Twin: `pipeline/frontal_losses.py`.
 *
 * `identityPreserving`: the last layers of a network that knows faces, on generated and true pictures → mean absolute difference, mean over layers; the true side should be
 * computed outside the gradient. `identityCrossEntropy`: logits `[B, N]` of a code against the person's number.
 */

import type { Scalar, Tensor, Tensor2D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'

export function identityPreserving(fake: readonly Tensor[], real: readonly Tensor[]): Scalar {
  if (fake.length !== real.length) throw new RangeError(`${fake.length} layers against ${real.length}.`)
  return tf.tidy(() => tf.mean<Scalar>(tf.stack(fake.map((layer, i) => tf.mean(tf.abs(tf.sub(layer, real[i] as Tensor)))))))
}

/** @param people the number of each sample's person, from 0 to N − 1 */
export function identityCrossEntropy(logits: Tensor2D, people: readonly number[]): Scalar {
  const [batch, count] = logits.shape
  if (people.length !== batch) throw new RangeError(`${batch} samples, ${people.length} people.`)
  return tf.tidy(() => {
    // One-hot and a sum: the gradient of a gather is missing on wasm.
    const own = tf.sum(tf.mul(logits, tf.oneHot(tf.tensor1d([...people], 'int32'), count)), 1)
    return tf.mean<Scalar>(tf.sub(tf.logSumExp(logits, 1), own))
  })
}
