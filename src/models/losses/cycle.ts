/**
 * What holds a translation without pairs to its source (CycleGAN, Zhu et al. 2017, sections 3.2 and 5.2): mean absolute differences of a picture and what there and back
 * makes of it, and of a picture and what the generator into its own domain makes of it, which keeps colours. Twin: `pipeline/cycle_losses.py`.
 */

import type { Scalar, Tensor4D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'

export function cycleConsistency(real: Tensor4D, recovered: Tensor4D): Scalar {
  return meanDifference(real, recovered)
}

export function identityMapping(real: Tensor4D, same: Tensor4D): Scalar {
  return meanDifference(real, same)
}

function meanDifference(a: Tensor4D, b: Tensor4D): Scalar {
  return tf.tidy(() => tf.mean<Scalar>(tf.abs(tf.sub(b, a))))
}
