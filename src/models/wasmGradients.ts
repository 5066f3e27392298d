/**
 * Gradients that TensorFlow.js 4.22 has no wasm kernels for, from operations that it has: to a convolution's filter, and to input and filter of a depthwise
 * one. Every tap of a filter sees one shifted, strided picture; with its pixels as rows, the gradient to that tap is a matrix product. Training calls
 * `registerWasmGradients` once; inference does not need it.
 */

import type { NamedAttrMap, NamedTensorInfoMap, Tensor, Tensor4D, TensorInfo } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'

type Kernel = (inputs: NamedTensorInfoMap, attrs: NamedAttrMap) => TensorInfo
type Quad = [number, number, number, number]

/** What the kernels share of a convolution's attributes. */
interface Geometry {
  strides: [number, number]
  /** Rows and columns of zeros above and on the left. */
  top: number
  left: number
}

export function registerWasmGradients(): void {
  const kernels: Record<string, Kernel> = {
    [tf.Conv2DBackpropFilter]: convFilter,
    [tf.DepthwiseConv2dNativeBackpropFilter]: depthwiseFilter,
    [tf.DepthwiseConv2dNativeBackpropInput]: depthwiseInput,
  }
  for (const [kernelName, compute] of Object.entries(kernels)) {
    if (tf.getKernel(kernelName, 'wasm')) continue
    tf.registerKernel({
      kernelName,
      backendName: 'wasm',
      kernelFunc: ({ inputs, attrs }) => tf.tidy(() => compute(inputs, attrs ?? {}) as Tensor),
    })
  }
}

/** Numeric pads, the same on every side, and none: what `layers.ts` uses. */
function geometry({ strides, pad, dataFormat = 'NHWC', dilations = 1 }: NamedAttrMap): Geometry {
  const px = pad === 'valid' ? 0 : pad
  if (typeof px !== 'number' || dataFormat !== 'NHWC' || [dilations].flat().some((dilation) => dilation !== 1))
    throw new Error(`There is no wasm gradient of a convolution with pad ${JSON.stringify(pad)}, ${dataFormat}, dilations ${dilations}.`)
  const [rows = 1, columns = rows] = [strides].flat() as number[]
  return { strides: [rows, columns], top: px, left: px }
}

/** The input pixel under one tap for every output pixel of `[B, H, W, ·]`. */
function underTap(padded: Tensor4D, row: number, column: number, [, height, width]: Quad, { strides }: Geometry): Tensor4D {
  const [batch, , , channels] = padded.shape
  const [down, across] = strides
  const end: Quad = [batch, row + down * (height - 1) + 1, column + across * (width - 1) + 1, channels]
  return tf.stridedSlice(padded, [0, row, column, 0], end, [1, down, across, 1]) as Tensor4D
}

function withZeros(x: Tensor4D, { top, left }: Geometry): Tensor4D {
  return tf.pad(x, [
    [0, 0],
    [top, top],
    [left, left],
    [0, 0],
  ])
}

/** In the order in which a filter lies in memory. */
function taps([height, width]: Quad): [row: number, column: number][] {
  return Array.from({ length: height * width }, (_, i) => [Math.floor(i / width), i % width])
}

const convFilter: Kernel = (inputs, attrs) => {
  const [x, dy] = [inputs.x, inputs.dy] as [Tensor4D, Tensor4D]
  const shape = attrs.filterShape as Quad
  const [, , inChannels, outChannels] = shape
  const at = geometry(attrs)
  const padded = withZeros(x, at)
  const rowsOfDy = tf.reshape(dy, [-1, outChannels])
  const perTap = taps(shape).map(([row, column]) =>
    tf.matMul(tf.reshape(underTap(padded, row, column, dy.shape, at), [-1, inChannels]), rowsOfDy, true),
  )
  return tf.reshape(tf.stack(perTap), shape)
}

const depthwiseFilter: Kernel = (inputs, attrs) => {
  const [x, dy] = [inputs.x, inputs.dy] as [Tensor4D, Tensor4D]
  const shape = attrs.filterShape as Quad
  checkMultiplier(shape)
  const at = geometry(attrs)
  const padded = withZeros(x, at)
  const perTap = taps(shape).map(([row, column]) => tf.sum(tf.mul(underTap(padded, row, column, dy.shape, at), dy), [0, 1, 2]))
  return tf.reshape(tf.stack(perTap), shape)
}

const depthwiseInput: Kernel = (inputs, attrs) => {
  const [dy, filter] = [inputs.dy, inputs.filter] as [Tensor4D, Tensor4D]
  const [batch, height, width, channels] = attrs.inputShape as Quad
  checkMultiplier(filter.shape)
  const { strides, top, left } = geometry(attrs)
  if (strides.some((stride) => stride !== 1)) throw new Error('There is no wasm gradient of a depthwise convolution with a stride.')
  const [, outHeight, outWidth] = dy.shape
  // Each tap sends dy back to where it came from, in the picture with its zeros.
  const perTap = taps(filter.shape).map(([row, column]) => {
    const weights = tf.reshape(tf.slice(filter, [row, column, 0, 0], [1, 1, channels, 1]), [channels])
    return tf.pad(tf.mul<Tensor4D>(dy, weights), [
      [0, 0],
      [row, height + 2 * top - outHeight - row],
      [column, width + 2 * left - outWidth - column],
      [0, 0],
    ])
  })
  return tf.slice(tf.addN(perTap), [0, top, left, 0], [batch, height, width, channels])
}

function checkMultiplier([, , , multiplier]: Quad): void {
  if (multiplier !== 1) throw new Error('There is no wasm gradient of a depthwise convolution with a channel multiplier.')
}
