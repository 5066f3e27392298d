/**
 * How far a critic's slope is from 1 between real and generated pictures (WGAN-GP, Gulrajani et al. 2017, section 4): mean of (|gradient| − 1)². Its own gradient goes
 * through a gradient. TensorFlow.js 4.22 loses the second derivative of what keeps its output for the gradient (tanh, sigmoid, exp), silently where other
 * ways lead round it: a critic is made of convolutions, ReLUs and norms. Twin: `pipeline/frontal_losses.py`.
 */

import type { Scalar, Tensor, Tensor4D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'

/** Keeps the length of a zero gradient from having none. */
const LEAST_SQUARE = 1e-12

/**
 * @param critic pictures → maps of judgements, whose mean is the critic's one number a picture
 * @param share `[B, 1, 1, 1]` in 0–1: how much of the real picture there is in each mixture
 */
export function gradientPenalty(critic: (pictures: Tensor4D) => Tensor, real: Tensor4D, fake: Tensor4D, share: Tensor4D): Scalar {
  return tf.tidy(() => {
    const batch = real.shape[0]
    const mixed = tf.add<Tensor4D>(tf.mul(share, real), tf.mul(tf.sub(1, share), fake))
    const judged = (pictures: Tensor) => tf.sum<Scalar>(tf.mean(tf.reshape(critic(pictures as Tensor4D), [batch, -1]), 1))
    const slope = tf.grad(judged)(mixed)
    const length = tf.sqrt(tf.add(tf.sum(tf.square(tf.reshape(slope, [batch, -1])), 1), LEAST_SQUARE))
    return tf.mean<Scalar>(tf.square(tf.sub(length, 1)))
  })
}
