/**
 * Whether a discriminator took pictures for real (`isReal`) or not: maps of judgements, one a scale → one number, the mean over scales.
 * `leastSquares` is the form of pix2pixHD's code (Mao et al. 2017), `log` that of Goodfellow et al. 2014 with the sigmoid inside,
 * `wasserstein` that of a critic (Arjovsky et al. 2017), to be used with a penalty on its slope. Twin: `pipeline/losses.py`.
 */

import type { Scalar, Tensor } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'

export type AdversarialLoss = (judgements: readonly Tensor[], isReal: boolean) => Scalar

/** (judgement − 1)² for real, judgement² for fake. */
export const leastSquares: AdversarialLoss = (judgements, isReal) =>
  tf.tidy(() => meanOf(judgements.map((map) => tf.mean(tf.square(tf.sub(map, isReal ? 1 : 0))))))

/** −log σ(judgement) for real, −log(1 − σ(judgement)) for fake. */
export const log: AdversarialLoss = (judgements, isReal) =>
  tf.tidy(() => meanOf(judgements.map((map) => tf.mean(softplus(isReal ? tf.neg(map) : map)))))

/** −judgement for real, judgement for fake. */
export const wasserstein: AdversarialLoss = (judgements, isReal) =>
  tf.tidy(() => meanOf(judgements.map((map) => tf.mul(tf.mean(map), isReal ? -1 : 1))))

/** The forms by name. A new one is one function plus one line here. */
export const ADVERSARIAL_LOSSES = { leastSquares, log, wasserstein } as const

/** log(1 + eˣ) without overflow: max(x, 0) + log(1 + e^−|x|). */
function softplus(x: Tensor): Tensor {
  return tf.add(tf.relu(x), tf.log1p(tf.exp(tf.neg(tf.abs(x)))))
}

function meanOf(terms: Tensor[]): Scalar {
  return tf.mean(tf.stack(terms))
}
