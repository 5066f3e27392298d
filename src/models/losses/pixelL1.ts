/**
 * Pictures of several sizes, or several patches, against the true ones → mean absolute differences, each times its weight, summed (TP-GAN, Huang et al. 2017, section
 * 3.2.1). Twin: `pipeline/frontal_losses.py`.
 */

import type { Scalar, Tensor } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'

export function pixelL1(fakes: readonly Tensor[], reals: readonly Tensor[], weights: readonly number[]): Scalar {
  if (fakes.length !== reals.length || fakes.length !== weights.length)
    throw new RangeError(`${fakes.length} pictures against ${reals.length} with ${weights.length} weights.`)
  return tf.tidy(
    () => tf.addN(fakes.map((fake, i) => tf.mul(tf.mean(tf.abs(tf.sub(fake, reals[i] as Tensor))), weights[i] as number))) as Scalar,
  )
}
