/**
 * Gradients of a convolution on wasm. TensorFlow.js 4.22 has no kernel for that to the filter, and a slow one for that to the input (a loop over numbers, ten times
 * slower than the convolution itself). Both are made of what its wasm back end does fast: convolutions, and products of matrices that are not transposed.
 */

import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { type Geometry, geometryOf, type Kernel, type Quad, taps, unknownConvolution } from './geometry'

/**
 * To the filter. Channels become rows, and the pixels of all pictures one long line in which a tap looks so and so many places further on; so each tap is a piece of
 * that line times the gradient. Lines keep the zeros round the picture, and the gradient has zeros in their places. With a stride of 2 there is a line for every
 * parity of row and column.
 */
export const convFilter: Kernel = (inputs, attrs) => {
  const [x, dy] = [inputs.x, inputs.dy] as [Tensor4D, Tensor4D]
  const shape = attrs.filterShape as Quad
  const [, , inChannels, outChannels] = shape
  const geometry = geometryOf(attrs)
  if (!geometry || geometry.strides[0] !== geometry.strides[1] || geometry.strides[0] > 2) throw unknownConvolution(attrs)
  const stride = geometry.strides[0]
  const { lines, height, width } = stride === 1 ? wholeLines(x, geometry.px) : parityLines(x, geometry.px)
  const [batch, outHeight, outWidth] = dy.shape
  const count = batch * height * width
  const laid = tf.pad(dy, [
    [0, 0],
    [0, height - outHeight],
    [0, width - outWidth],
    [0, 0],
  ])
  const gradient = tf.reshape(laid, [count, outChannels]) as Tensor2D
  const furthest = Math.floor((shape[0] - 1) / stride) * width + Math.floor((shape[1] - 1) / stride)
  // Where a line ends there are zeros only, and the gradient has zeros too.
  const longer = lines.map((line) =>
    furthest === 0
      ? line
      : tf.pad(line, [
          [0, 0],
          [0, furthest],
        ]),
  )
  const perTap = taps(shape).map(([row, column]) => {
    const line = longer[(row % stride) * stride + (column % stride)] as Tensor2D
    const further = Math.floor(row / stride) * width + Math.floor(column / stride)
    return tf.matMul(furthest === 0 ? line : tf.slice(line, [0, further], [inChannels, count]), gradient)
  })
  return tf.reshape(tf.concat(perTap, 0), shape)
}

interface Lines {
  /** `[channels, B · height · width]`, of every parity of row and column. */
  readonly lines: readonly Tensor2D[]
  readonly height: number
  readonly width: number
}

function wholeLines(x: Tensor4D, px: number): Lines {
  const padded = withZeros(x, px, px)
  const [batch, height, width, channels] = padded.shape
  return { lines: [tf.transpose(tf.reshape(padded, [batch * height * width, channels]) as Tensor2D)], height, width }
}

function parityLines(x: Tensor4D, px: number): Lines {
  const padded = withZeros(x, px + ((x.shape[1] + 2 * px) % 2), px + ((x.shape[2] + 2 * px) % 2), px)
  const [batch, rows, columns, channels] = padded.shape
  const [height, width] = [rows / 2, columns / 2]
  const count = batch * height * width
  const pairs = tf.reshape(padded, [batch * height, 2 * columns * channels]) as Tensor2D
  const lines = [0, 1].flatMap((row) => {
    const half = tf.slice(pairs, [0, row * columns * channels], [batch * height, columns * channels])
    // Of two columns side by side: the channels of the first, then those of the second.
    const both = tf.transpose(tf.reshape(half, [count, 2 * channels]) as Tensor2D)
    return [0, 1].map((column) => tf.slice(both, [column * channels, 0], [channels, count]) as Tensor2D)
  })
  return { lines, height, width }
}

/** @param below rows of zeros below, `right` columns on the right, `px` above and on the left */
function withZeros(x: Tensor4D, below: number, right: number, px = below): Tensor4D {
  if (below === 0 && right === 0 && px === 0) return x
  return tf.pad(x, [
    [0, 0],
    [px, below],
    [px, right],
    [0, 0],
  ])
}

/** To the input: a convolution of the gradient with the filter turned round; with a stride of 2 one for every parity of row and column. */
export const convInput: Kernel = (inputs, attrs) => {
  const [dy, filter] = [inputs.dy, inputs.filter] as [Tensor4D, Tensor4D]
  const geometry = geometryOf(attrs)
  if (!geometry || !isFast(geometry)) throw unknownConvolution(attrs)
  const [, height, width] = attrs.inputShape as Quad
  const stride = geometry.strides[0]
  const [batch] = dy.shape
  const channels = filter.shape[2]
  const size = (length: number) => Math.ceil(length / stride)
  const parts = Array.from({ length: stride }, (_, row) => {
    const columns = Array.from({ length: stride }, (_, column) => part(dy, filter, geometry, [row, column], [size(height), size(width)]))
    // Pixels side by side, then rows below each other.
    return tf.reshape(columns.length > 1 ? tf.concat(columns, 3) : (columns[0] as Tensor), [
      batch,
      size(height),
      stride * size(width) * channels,
    ])
  })
  const whole = parts.length > 1 ? tf.concat(parts, 2) : (parts[0] as Tensor)
  const made = tf.reshape(whole, [batch, stride * size(height), stride * size(width), channels]) as Tensor4D
  const fits = made.shape[1] === height && made.shape[2] === width
  return fits ? made : tf.slice(made, [0, 0, 0, 0], [batch, height, width, channels])
}

/** Whether `convInput` knows it. */
export function isFast({ strides: [down, across] }: Geometry): boolean {
  return down === across && down <= 2
}

/** The pixels of one parity: which taps meet them, and how far back in the gradient. */
function part(
  dy: Tensor4D,
  filter: Tensor4D,
  { px, strides }: Geometry,
  parity: [number, number],
  [height, width]: [number, number],
): Tensor4D {
  const [stride] = strides
  const [outHeight, outWidth] = [dy.shape[1], dy.shape[2]]
  const along = (axis: 0 | 1, length: number, out: number) => {
    const first = ((parity[axis] as number) + px) % stride
    const count = Math.ceil(((filter.shape[axis] as number) - first) / stride)
    const before = count - 1 - Math.floor(((parity[axis] as number) + px) / stride)
    return { first, count, before, after: length + count - 1 - before - out }
  }
  const [rows, columns] = [along(0, height, outHeight), along(1, width, outWidth)]
  // A filter of one tap meets one parity alone.
  if (rows.count === 0 || columns.count === 0) return tf.zeros([dy.shape[0], height, width, filter.shape[2]])
  return tf.conv2d(moved(dy, rows, columns), turned(filter, rows, columns, stride), 1, 'valid')
}

interface Along {
  readonly first: number
  readonly count: number
  readonly before: number
  readonly after: number
}

/** Those taps, the last first, each from outputs to inputs. */
function turned(filter: Tensor4D, rows: Along, columns: Along, stride: number): Tensor4D {
  const [, , inChannels, outChannels] = filter.shape
  const inOrder = Array.from({ length: rows.count * columns.count }, (_, i) => {
    const [row, column] = [Math.floor(i / columns.count), i % columns.count]
    const tap = tf.slice(filter, [rows.first + stride * row, columns.first + stride * column, 0, 0], [1, 1, inChannels, outChannels])
    return tf.transpose(tf.reshape(tap, [inChannels, outChannels]) as Tensor2D)
  })
  return tf.reshape(tf.concat(inOrder.reverse(), 0), [rows.count, columns.count, outChannels, inChannels])
}

/** With zeros round it, or less of it where what is before or after is negative. */
function moved(dy: Tensor4D, rows: Along, columns: Along): Tensor4D {
  const [batch, height, width, channels] = dy.shape
  const cut = (along: Along) => [Math.max(0, -along.before), Math.max(0, -along.after)] as const
  const [[top, bottom], [left, right]] = [cut(rows), cut(columns)]
  const kept =
    top + bottom + left + right === 0 ? dy : tf.slice(dy, [0, top, left, 0], [batch, height - top - bottom, width - left - right, channels])
  const zeros = (along: Along): [number, number] => [Math.max(0, along.before), Math.max(0, along.after)]
  return tf.pad(kept, [[0, 0], zeros(rows), zeros(columns), [0, 0]])
}
