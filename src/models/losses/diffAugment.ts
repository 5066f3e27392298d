/**
 * What discriminators look through where pictures are few (DiffAugment, Zhao et al. 2020): another colour, another place and a missing piece, the same for real and
 * generated pictures, differentiable. Pictures `[B, S, S, C]` in [-1, 1] → the same shape; zeros (grey) come in from beyond the border and where something is cut out.
 * Twin: `pipeline/cycle_losses.py`.
 */

import type { Tensor4D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'

/** How far pictures are shifted and how much of them is cut out, in sides. */
const SHIFT = 0.125
const CUT = 0.4

export interface Augmentation {
  /** Added. */
  readonly brightness: number
  /** A factor of the distance to grey. */
  readonly saturation: number
  /** A factor of the distance to the picture's mean. */
  readonly contrast: number
  /** Of columns and rows, in sides. */
  readonly shift: readonly [number, number]
  /** Left and top of the missing piece, in sides; it may lie partly beyond the border. */
  readonly cut: readonly [number, number]
}

/** @param random a number in [0, 1), a new one for every call */
export function drawAugmentation(random: () => number): Augmentation {
  const [a, b, c, x, y, left, top] = Array.from({ length: 7 }, random) as [number, number, number, number, number, number, number]
  return {
    brightness: 2 * a - 1,
    saturation: 2 * b,
    contrast: c + 0.5,
    shift: [(2 * x - 1) * SHIFT, (2 * y - 1) * SHIFT],
    cut: [left * (1 + CUT) - CUT, top * (1 + CUT) - CUT],
  }
}

export function augmented(pictures: Tensor4D, { brightness, saturation, contrast, shift, cut }: Augmentation): Tensor4D {
  return tf.tidy(() => {
    let x = tf.add<Tensor4D>(pictures, brightness)
    x = fromMiddle(x, [3], saturation)
    x = fromMiddle(x, [1, 2, 3], contrast)
    return tf.mul(shifted(x, shift), kept(cut, x.shape[2]))
  })
}

/** The distance to the mean over some axes times a factor. */
function fromMiddle(x: Tensor4D, axes: number[], factor: number): Tensor4D {
  const middle = tf.mean(x, axes, true)
  return tf.add(middle, tf.mul(tf.sub(x, middle), factor))
}

function shifted(x: Tensor4D, shift: Augmentation['shift']): Tensor4D {
  const [batch, , side, channels] = x.shape
  const [columns, rows] = shift.map((part) => Math.round(part * side)) as [number, number]
  const reach = Math.max(Math.abs(columns), Math.abs(rows))
  const around = tf.pad(x, [
    [0, 0],
    [reach, reach],
    [reach, reach],
    [0, 0],
  ])
  return tf.slice(around, [0, reach - rows, reach - columns, 0], [batch, side, side, channels])
}

/** `[1, side, side, 1]`: zero in the piece that is cut out. */
function kept([left, top]: Augmentation['cut'], side: number): Tensor4D {
  const [x, y, length] = [Math.round(left * side), Math.round(top * side), Math.round(CUT * side)]
  const inside = (at: number, from: number) => at >= from && at < from + length
  const values = Float32Array.from({ length: side * side }, (_, i) => (inside(i % side, x) && inside(Math.floor(i / side), y) ? 0 : 1))
  return tf.tensor4d(values, [1, side, side, 1])
}
