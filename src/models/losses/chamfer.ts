/**
 * How far the lines of two drawings are from each other, black and white ones, both ways (Yi et al. 2019, section 3.3.3, equation 6): the loss that forgives lines
 * which lie a little beside their place. Drawings `[B, H, W, 1]` in [-1, 1] (black −1), sides even; the real one should be computed outside the gradient. In pixels of the
 * halved drawings, a pixel of a true line. Twin: `pipeline/drawing_losses.py`.
 */

import type { Scalar, Tensor1D, Tensor4D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { distanceTransform, whiteLines } from './distanceTransform'

/** 1 where there is ink. */
function ink(drawing: Tensor4D): Tensor4D {
  return tf.mul<Tensor4D>(tf.sub(1, drawing), 0.5)
}

const perSample = (x: Tensor4D) => tf.sum<Tensor1D>(x, [1, 2, 3])

function bothWays(real: Tensor4D, fake: Tensor4D): Tensor1D {
  const halved = (x: Tensor4D) => tf.avgPool(x, 2, 2, 'valid')
  const [a, b] = [halved(real), halved(fake)]
  const there = perSample(tf.mul(a, distanceTransform(b)))
  const back = perSample(tf.mul(b, distanceTransform(a)))
  return tf.div(tf.add(there, back), tf.maximum(perSample(a), 1))
}

export function chamfer(real: Tensor4D, fake: Tensor4D): Scalar {
  return tf.tidy(() => {
    const [blackReal, blackFake] = [ink(real), ink(fake)]
    return tf.mean<Scalar>(tf.add(bothWays(blackReal, blackFake), bothWays(whiteLines(blackReal), whiteLines(blackFake))))
  })
}
