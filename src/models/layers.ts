/**
 * The layers that generators are made of, as pure tensor functions; NHWC, kernels in TensorFlow's layouts.
 *
 * `differentiableLayers` is the plain definition and has a gradient on every back end: reflection pads are slices and concats because the gradient
 * of MirrorPad is wrong, and explicit pads are separate from convolutions. `inferenceLayers.ts` computes the same numbers faster.
 */

import type { Tensor, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import type { Layers, Padding } from './layerSet'
import type { ForwardOptions, TrainingPass } from './network'
import { type NormMoments, optionalParam, type Params, param } from './params'

export type { Layers, Padding } from './layerSet'

/** ε of every instance norm, as in the reference code of pix2pixHD. */
export const NORM_EPSILON = 1e-5

/** Reflection pad of height and width by slices and concats (differentiable everywhere). */
export function reflectionPad(x: Tensor4D, px: number): Tensor4D {
  return reflectAxis(reflectAxis(x, 1, px), 2, px)
}

function reflectAxis(x: Tensor4D, axis: 1 | 2, px: number): Tensor4D {
  const length = x.shape[axis]
  const line = (at: number): Tensor4D => {
    const begin = [0, 0, 0, 0] as [number, number, number, number]
    const size = [...x.shape] as [number, number, number, number]
    begin[axis] = at
    size[axis] = 1
    return tf.slice(x, begin, size)
  }
  const before = Array.from({ length: px }, (_, i) => line(px - i))
  const after = Array.from({ length: px }, (_, i) => line(length - 2 - i))
  return tf.concat([...before, x, ...after], axis)
}

function pad(x: Tensor4D, padding: Padding): Tensor4D {
  const { kind, px } = padding
  if (kind === 'reflect') return reflectionPad(x, px)
  return tf.pad(x, [
    [0, 0],
    [px, px],
    [px, px],
    [0, 0],
  ])
}

/** `[C]` or `[B, C]` → `[·, 1, 1, C]`, ready to be broadcast over height and width. */
export function overSpace(vector: Tensor1D | Tensor2D): Tensor4D {
  const [batch, channels] = vector.rank === 1 ? [1, vector.shape[0]] : vector.shape
  return tf.reshape(vector as Tensor, [batch, 1, 1, channels as number])
}

/** Two pictures whose rows (axis 1) or columns (axis 2) take turns: side by side as they lie in memory. (The gradient of `stack` is slow on wasm.) */
function interleaved(even: Tensor4D, odd: Tensor4D, axis: 1 | 2): Tensor4D {
  const [batch, height, width, channels] = even.shape
  if (axis === 2) return tf.reshape(tf.concat([even, odd], 3), [batch, height, 2 * width, channels])
  const rows = [even, odd].map((x) => tf.reshape(x, [batch, height, width * channels]))
  return tf.reshape(tf.concat(rows, 2), [batch, 2 * height, width, channels])
}

/** Each output lies a quarter of a pixel from the centre of the nearest input, beyond the border on the border's own value. */
function doubleAxisBilinear(x: Tensor4D, axis: 1 | 2): Tensor4D {
  const length = x.shape[axis]
  const part = (from: number, count: number): Tensor4D => {
    const begin = [0, 0, 0, 0] as [number, number, number, number]
    const size = [...x.shape] as [number, number, number, number]
    begin[axis] = from
    size[axis] = count
    return tf.slice(x, begin, size)
  }
  const before = length > 1 ? tf.concat([part(0, 1), part(0, length - 1)], axis) : x
  const after = length > 1 ? tf.concat([part(1, length - 1), part(length - 1, 1)], axis) : x
  const near = tf.mul<Tensor4D>(x, 0.75)
  return interleaved(tf.add(near, tf.mul(before, 0.25)), tf.add(near, tf.mul(after, 0.25)), axis)
}

/** Batch norm `NAME.gamma`, `.beta` with the stored `.mean` and `.variance`, or in training with the batch's own. */
export function batchNorm(params: Params, name: string, x: Tensor4D, relu: boolean, options: ForwardOptions): Tensor4D {
  const { layers = differentiableLayers, training } = options
  const moments = training ? batchMoments(x) : storedMoments(params, name)
  training?.onBatchMoments?.(name, moments, x.size / (x.shape[3] as number))
  return layers.normalize(x, moments, param<Tensor1D>(params, `${name}.gamma`), param<Tensor1D>(params, `${name}.beta`), relu)
}

function batchMoments(x: Tensor4D): NormMoments {
  const { mean, variance } = tf.moments(x, [0, 1, 2], true)
  return { mean: mean as Tensor4D, variance: variance as Tensor4D }
}

function storedMoments(params: Params, name: string): NormMoments {
  return { mean: overSpace(param<Tensor1D>(params, `${name}.mean`)), variance: overSpace(param<Tensor1D>(params, `${name}.variance`)) }
}

/**
 * Identity but in training, where each number is dropped with probability `rate` and the others grow in turn.
 * @param layer tells this layer's dice from those of the others
 */
export function dropout(x: Tensor4D, rate: number, layer: number, training: TrainingPass | undefined): Tensor4D {
  return training && rate > 0 ? (tf.dropout(x, rate, undefined, training.seed + layer) as Tensor4D) : x
}

export const differentiableLayers: Layers = {
  conv(params, name, x, padding, stride, relu) {
    const y = tf.conv2d(pad(x, padding), param<Tensor4D>(params, `${name}.kernel`), stride, 'valid')
    const bias = optionalParam<Tensor1D>(params, `${name}.bias`)
    const z = bias ? tf.add<Tensor4D>(y, bias) : y
    return relu ? tf.relu(z) : z
  },

  separableConv(params, name, x, padding) {
    const y = tf.depthwiseConv2d(pad(x, padding), param<Tensor4D>(params, `${name}.depthwise`), 1, 'valid')
    return tf.conv2d(y, param<Tensor4D>(params, `${name}.pointwise`), 1, 'valid')
  },

  transposedConv(params, name, x) {
    const kernel = param<Tensor4D>(params, `${name}.kernel`)
    const [batch, height, width] = x.shape
    // Numeric pad 1 with the output's shape given is PyTorch's alignment; 'same' would crop the other edge.
    const y = tf.conv2dTranspose(x, kernel, [batch, 2 * height, 2 * width, kernel.shape[2]], 2, 1) as Tensor4D
    const bias = optionalParam<Tensor1D>(params, `${name}.bias`)
    return bias ? tf.add<Tensor4D>(y, bias) : y
  },

  outputConv(params, name, x) {
    const y = tf.conv2d(reflectionPad(x, 3), param<Tensor4D>(params, `${name}.kernel`), 1, 'valid')
    return tf.tanh(tf.add<Tensor4D>(y, param(params, `${name}.bias`)))
  },

  moments(x) {
    const { mean, variance } = tf.moments(x, [1, 2], true)
    return { mean: mean as Tensor4D, variance: variance as Tensor4D }
  },

  normalize(x, { mean, variance }, gamma, beta, relu) {
    const scale = tf.mul(tf.rsqrt(tf.add(variance, NORM_EPSILON)), overSpace(gamma))
    const y = tf.add<Tensor4D>(tf.mul(tf.sub(x, mean), scale), overSpace(beta))
    return relu ? tf.relu(y) : y
  },

  halve(x) {
    return tf.avgPool(x, 2, 2, 'valid')
  },

  doubleNearest(x) {
    const columns = interleaved(x, x, 2)
    return interleaved(columns, columns, 1)
  },

  doubleBilinear(x) {
    return doubleAxisBilinear(doubleAxisBilinear(x, 1), 2)
  },

  /** A sum of two ReLUs: the gradient of `leakyRelu` goes through `where`, which not every back end can follow. */
  leakyRelu(x, slope) {
    return tf.sub<Tensor4D>(tf.relu(x), tf.mul(tf.relu(tf.neg(x)), slope))
  },

  tanh(x) {
    return tf.tanh(x)
  },
}
