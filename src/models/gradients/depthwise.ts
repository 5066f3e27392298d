/**
 * Gradients of a depthwise convolution to its filter and to its input, which TensorFlow.js 4.22 has no wasm kernels for: every tap of a filter sees one shifted
 * picture, so both are sums of shifted products.
 */

import type { NamedAttrMap, Tensor4D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { type Geometry, geometryOf, type Kernel, type Quad, taps, unknownConvolution } from './geometry'

/** The input pixel under one tap for every output pixel of `[B, H, W, ·]`. */
function underTap(padded: Tensor4D, row: number, column: number, [, height, width]: Quad, { strides }: Geometry): Tensor4D {
  const [batch, , , channels] = padded.shape
  const [down, across] = strides
  const end: Quad = [batch, row + down * (height - 1) + 1, column + across * (width - 1) + 1, channels]
  return tf.stridedSlice(padded, [0, row, column, 0], end, [1, down, across, 1]) as Tensor4D
}

function withZeros(x: Tensor4D, { px }: Geometry): Tensor4D {
  return tf.pad(x, [
    [0, 0],
    [px, px],
    [px, px],
    [0, 0],
  ])
}

export const depthwiseFilter: Kernel = (inputs, attrs) => {
  const [x, dy] = [inputs.x, inputs.dy] as [Tensor4D, Tensor4D]
  const shape = attrs.filterShape as Quad
  checkMultiplier(shape)
  const at = known(attrs)
  const padded = withZeros(x, at)
  const perTap = taps(shape).map(([row, column]) => tf.sum(tf.mul(underTap(padded, row, column, dy.shape, at), dy), [0, 1, 2]))
  return tf.reshape(tf.stack(perTap), shape)
}

export const depthwiseInput: Kernel = (inputs, attrs) => {
  const [dy, filter] = [inputs.dy, inputs.filter] as [Tensor4D, Tensor4D]
  const [batch, height, width, channels] = attrs.inputShape as Quad
  checkMultiplier(filter.shape)
  const { strides, px } = known(attrs)
  if (strides.some((stride) => stride !== 1)) throw new Error('There is no wasm gradient of a depthwise convolution with a stride.')
  const [, outHeight, outWidth] = dy.shape
  // Each tap sends dy back to where it came from, in the picture with its zeros.
  const perTap = taps(filter.shape).map(([row, column]) => {
    const weights = tf.reshape(tf.slice(filter, [row, column, 0, 0], [1, 1, channels, 1]), [channels])
    return tf.pad(tf.mul<Tensor4D>(dy, weights), [
      [0, 0],
      [row, height + 2 * px - outHeight - row],
      [column, width + 2 * px - outWidth - column],
      [0, 0],
    ])
  })
  return tf.slice(tf.addN(perTap), [0, px, px, 0], [batch, height, width, channels])
}

function known(attrs: NamedAttrMap): Geometry {
  const geometry = geometryOf(attrs)
  if (!geometry) throw unknownConvolution(attrs)
  return geometry
}

function checkMultiplier([, , , multiplier]: Quad): void {
  if (multiplier !== 1) throw new Error('There is no wasm gradient of a depthwise convolution with a channel multiplier.')
}
