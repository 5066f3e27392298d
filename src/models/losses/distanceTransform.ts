/**
 * The convolutional distance transform (Karam, Sugimoto, Hirakawa 2019): −λ log of a convolution with exp(−d / λ), which has a gradient; and the white lines within
 * ink, whose distances APDrawingGAN compares as well (Yi et al. 2019, section 3.3.3). Twin: `pipeline/drawing_losses.py`.
 */

import type { Tensor4D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'

/** In pixels of the map that is given: lines that are farther off say no more than that. */
export const REACH_PX = 12
const SOFTNESS_PX = 0.5
/** White structures narrower than this are lines. */
const LINE_PX = 5
/** Fainter white lines are rounding: their sign would be noise, and of a negative one there is no logarithm. */
const FAINT = 1e-3

function kernelOf(reach: number, softness: number): Tensor4D {
  const side = 2 * reach + 1
  const values = Array.from({ length: side * side }, (_, i) => {
    const [row, column] = [Math.floor(i / side) - reach, (i % side) - reach]
    return Math.exp(-Math.hypot(row, column) / softness)
  })
  return tf.tensor4d(values, [side, side, 1, 1])
}

/**
 * `[B, H, W, 1]` in 0–1 → how far each pixel is from the nearest line, in pixels from 0 to `reach`. Faint lines count as farther away, many near ones as nearer.
 */
export function distanceTransform(lines: Tensor4D, reach = REACH_PX, softness = SOFTNESS_PX): Tensor4D {
  return tf.tidy(() => {
    const around = tf.pad(lines, [
      [0, 0],
      [reach, reach],
      [reach, reach],
      [0, 0],
    ])
    const near = tf.conv2d(around, kernelOf(reach, softness), 1, 'valid')
    return tf.relu(tf.mul<Tensor4D>(tf.log(tf.add(near, Math.exp(-reach / softness))), -softness))
  })
}

/** Ink `[B, H, W, 1]` in 0–1 → white lines in it, 0–1: what of the white an opening takes away (a top hat). */
export function whiteLines(black: Tensor4D): Tensor4D {
  return tf.tidy(() => {
    // The opening of the white is 1 less the closing of the black: the largest, then the smallest of the neighbourhood.
    const largest = (x: Tensor4D) => tf.maxPool(x, LINE_PX, 1, 'same')
    const closed = tf.sub(1, largest(tf.sub<Tensor4D>(1, largest(black))))
    return tf.relu(tf.sub<Tensor4D>(tf.sub(closed, black), FAINT))
  })
}
