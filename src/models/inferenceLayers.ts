/**
 * The same layers arranged for speed without gradients, above all on the wasm back end, where convolutions and pools run at full speed and everything
 * that walks single elements does not. The numbers are those of `differentiableLayers` up to the order of summation.
 *
 * - A transposed convolution is four small convolutions, one for each parity of the output's row and column, interleaved by two transposes.
 * - The last layer computes 2×4 pixels at a time, so that its 24 outputs fill the vector lanes which 3 would leave idle.
 * - An instance norm is two pools (of x and of its centred square) and, for a single picture, 1×1 depthwise convolutions with bias and ReLU fused.
 * - tanh is 2·sigmoid(2x) − 1, since the sigmoid is vectorised and tanh is not.
 *
 * Parameters must have gone through `prepareForInference`.
 */

import type { Tensor, Tensor1D, Tensor4D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { StudioError } from '../shared/errors'
import { differentiableLayers, type Layers, NORM_EPSILON, overSpace, type Padding } from './layers'
import type { NormMoments, ParameterSpec, Params, Shape } from './network'
import { optionalParam, param } from './network'

/** Pixels of the output that the last layer computes at once. */
const OUTPUT_BLOCK = { rows: 2, columns: 4 } as const
/** Longest side of a pooling window: means of means lose less precision than one long sum, and short windows spread over a GPU's threads. */
const MAX_POOL_WINDOW = 16

/** Wider outputs fill the vector lanes by themselves. */
const FEW_CHANNELS = 4

/** The taps of a transposed kernel that meet one pixel of an even and of an odd row (or column), and how far they reach beyond the picture. */
interface Phase {
  readonly taps: readonly number[]
  readonly before: 0 | 1
  readonly after: 0 | 1
}

/**
 * Along one axis: with three taps the output at 2a is x[a]·k[1] and at 2a + 1 it is x[a]·k[2] + x[a + 1]·k[0]; with four it is
 * x[a − 1]·k[3] + x[a]·k[1] at 2a and x[a]·k[2] + x[a + 1]·k[0] at 2a + 1.
 */
const ODD: Phase = { taps: [2, 0], before: 0, after: 1 }
const PHASES: Readonly<Record<number, readonly [Phase, Phase]>> = {
  3: [{ taps: [1], before: 0, after: 0 }, ODD],
  4: [{ taps: [3, 1], before: 1, after: 0 }, ODD],
}

const stem = (name: string): string => name.slice(0, name.lastIndexOf('.'))

/**
 * Parameters as `inferenceLayers` wants them, by what the network says of each. Takes the given tensors over: those that are replaced by rearranged copies
 * are disposed of, the others are part of the result.
 */
export function prepareForInference(params: Params, specs: readonly ParameterSpec[]): Params {
  const prepared: Record<string, Tensor> = { ...params }
  for (const { name, kind, shape } of specs) {
    const kernel = param<Tensor4D>(params, name)
    if (kind === 'transposedConv') {
      Object.assign(prepared, phaseKernels(stem(name), kernel))
      delete prepared[name]
      kernel.dispose()
    } else if (kind === 'conv' && isOutput(shape)) {
      const bias = optionalParam<Tensor1D>(params, `${stem(name)}.bias`)
      prepared[`${stem(name)}.blockKernel`] = blockKernel(kernel)
      if (bias) prepared[`${stem(name)}.blockBias`] = tf.tile(bias, [OUTPUT_BLOCK.rows * OUTPUT_BLOCK.columns])
    }
  }
  return prepared
}

/** 7×7 to a picture's few channels: what `outputConv` is called with. */
function isOutput([height, width, , channels]: Shape): boolean {
  return height === 7 && width === 7 && (channels as number) <= FEW_CHANNELS
}

/** The four convolutions that a stride-2 transposed one consists of, one for each parity of row and column. */
function phaseKernels(name: string, kernel: Tensor4D): Record<string, Tensor4D> {
  const phases: Record<string, Tensor4D> = {}
  phasesOf(kernel.shape[0]).forEach((rows, r) => {
    phasesOf(kernel.shape[1]).forEach((columns, c) => {
      phases[`${name}.phase${r}${c}`] = tf.tidy(() => {
        const [, , out, inner] = kernel.shape
        const tap = (row: number, column: number) => tf.slice(kernel, [row, column, 0, 0], [1, 1, out, inner])
        const line = (row: number) =>
          tf.concat(
            columns.taps.map((column) => tap(row, column)),
            1,
          )
        return tf.transpose(tf.concat(rows.taps.map(line), 0), [0, 1, 3, 2]) // [rows, columns, in, out]
      })
    })
  })
  return phases
}

function phasesOf(taps: number): readonly [Phase, Phase] {
  const phases = PHASES[taps]
  if (!phases) throw new StudioError('internal', `There is no transposed convolution with ${taps} taps.`)
  return phases
}

/** `[7, 7, C, 3]` → `[8, 10, C, 24]`: the kernel shifted to each of the 2×4 pixels of a block. */
function blockKernel(kernel: Tensor4D): Tensor4D {
  const { rows, columns } = OUTPUT_BLOCK
  return tf.tidy(() => {
    const shifted: Tensor4D[] = []
    for (let r = 0; r < rows; r++) {
      for (let c = 0; c < columns; c++) {
        shifted.push(
          tf.pad(kernel, [
            [r, rows - 1 - r],
            [c, columns - 1 - c],
            [0, 0],
            [0, 0],
          ]),
        )
      }
    }
    return tf.concat(shifted, 3)
  })
}

type ExplicitPad = [[number, number], [number, number], [number, number], [number, number]]
const around = (top: number, bottom: number, left: number, right: number): ExplicitPad => [
  [0, 0],
  [top, bottom],
  [left, right],
  [0, 0],
]

function mirrorPad(x: Tensor4D, px: number): Tensor4D {
  return tf.mirrorPad(x, around(px, px, px, px), 'reflect')
}

/** Zero pads go into the convolution itself, reflected ones before it. */
function padded(x: Tensor4D, padding: Padding): { x: Tensor4D; pad: 'valid' | ExplicitPad } {
  const { kind, px } = padding
  if (px === 0) return { x, pad: 'valid' }
  return kind === 'reflect' ? { x: mirrorPad(x, px), pad: 'valid' } : { x, pad: around(px, px, px, px) }
}

/** Four pictures `[B, H, W, C]`, one for each parity of row and column, interleaved to `[B, 2H, 2W, C]`. */
function interleave(phases: Tensor4D[], [batch, height, width, channels]: Tensor4D['shape']): Tensor4D {
  const rows = batch * height
  const stacked = tf.reshape(tf.concat(phases, 0), [2, 2, rows * width, channels])
  const columnsDone = tf.reshape(tf.transpose(stacked, [0, 2, 1, 3]), [2, rows, 2 * width * channels])
  return tf.reshape(tf.transpose(columnsDone, [1, 0, 2]), [batch, 2 * height, 2 * width, channels])
}

/** Largest divisor of a length that is a reasonable pooling window. */
function poolWindow(length: number): number {
  for (let window = Math.min(MAX_POOL_WINDOW, length); window > 1; window--) if (length % window === 0) return window
  return 1
}

/** Mean over height and width, `[B, 1, 1, C]`, as pools of equal windows, each the mean of the last one's means. */
function spatialMean(x: Tensor4D): Tensor4D {
  let y = x
  while (y.shape[1] > 1 || y.shape[2] > 1) {
    const window: [number, number] = [poolWindow(y.shape[1]), poolWindow(y.shape[2])]
    if (window[0] === 1 && window[1] === 1) return tf.avgPool(y, [y.shape[1], y.shape[2]], 1, 'valid')
    y = tf.avgPool(y, window, window, 'valid')
  }
  return y
}

function tanh(x: Tensor4D): Tensor4D {
  return tf.sub<Tensor4D>(tf.mul(tf.sigmoid(tf.mul(x, 2)), 2), 1)
}

const activation = (relu: boolean): 'relu' | 'linear' => (relu ? 'relu' : 'linear')

/** x · scale + shift per channel for one picture, with ReLU, as a depthwise convolution of one tap. */
function perChannel(x: Tensor4D, scale: Tensor, shift: Tensor, relu: boolean): Tensor4D {
  const channels = x.shape[3]
  const filter = tf.reshape<tf.Rank.R4>(scale, [1, 1, channels, 1])
  // The sum makes a new tensor: the wasm kernel looks at the shape that a bias was made with, not at the one it was reshaped to.
  const bias = tf.add<Tensor1D>(tf.reshape(shift, [channels]), 0)
  return tf.fused.depthwiseConv2d({ x, filter, strides: 1, pad: 'valid', bias, activation: activation(relu) })
}

export const inferenceLayers: Layers = {
  conv(params, name, x, padding, stride, relu) {
    const filter = param<Tensor4D>(params, `${name}.kernel`)
    const bias = optionalParam<Tensor1D>(params, `${name}.bias`)
    const input = padded(x, padding)
    return tf.fused.conv2d({ ...input, filter, strides: stride, ...(bias ? { bias } : {}), activation: activation(relu) })
  },

  separableConv(params, name, x, padding) {
    const input = padded(x, padding)
    const y = tf.depthwiseConv2d(input.x, param<Tensor4D>(params, `${name}.depthwise`), 1, input.pad)
    return tf.conv2d(y, param<Tensor4D>(params, `${name}.pointwise`), 1, 'valid')
  },

  transposedConv(params, name, x) {
    const bias = optionalParam<Tensor1D>(params, `${name}.bias`)
    // The even phase has one tap of three, or two of four.
    const phases = phasesOf(param(params, `${name}.phase00`).shape[0] === 1 ? 3 : 4)
    const pictures = phases.flatMap((rows, r) =>
      phases.map((columns, c) => {
        const filter = param<Tensor4D>(params, `${name}.phase${r}${c}`)
        // Rows and columns beyond the picture are zero.
        const pad = around(rows.before, rows.after, columns.before, columns.after)
        return tf.fused.conv2d({ x, filter, strides: 1, pad, ...(bias ? { bias } : {}) })
      }),
    )
    return interleave(pictures, (pictures[0] as Tensor4D).shape)
  },

  outputConv(params, name, x) {
    const { rows, columns } = OUTPUT_BLOCK
    const [batch, height, width] = x.shape
    const input = mirrorPad(x, 3)
    if (height % rows !== 0 || width % columns !== 0) {
      const filter = param<Tensor4D>(params, `${name}.kernel`)
      return tanh(tf.fused.conv2d({ x: input, filter, strides: 1, pad: 'valid', bias: param<Tensor1D>(params, `${name}.bias`) }))
    }
    const filter = param<Tensor4D>(params, `${name}.blockKernel`)
    const bias = param<Tensor1D>(params, `${name}.blockBias`)
    const blocks = tf.fused.conv2d({ x: input, filter, strides: [rows, columns], pad: 'valid', bias })
    const channels = filter.shape[3] / (rows * columns)
    // [B·H/2, W/4, 2, 4·3] → [B·H/2, 2, W/4, 4·3] = [B, H, W, 3]
    const split = tf.reshape(tanh(blocks), [(batch * height) / rows, width / columns, rows, columns * channels])
    return tf.reshape(tf.transpose(split, [0, 2, 1, 3]), [batch, height, width, channels])
  },

  moments(x): NormMoments {
    const mean = spatialMean(x)
    const centred = x.shape[0] === 1 ? perChannel(x, tf.onesLike(mean), tf.neg(mean), false) : tf.sub<Tensor4D>(x, mean)
    return { mean, variance: spatialMean(tf.square(centred)) }
  },

  normalize(x, moments, gamma, beta, relu) {
    if (x.shape[0] !== 1) return differentiableLayers.normalize(x, moments, gamma, beta, relu)
    const scale = tf.mul(tf.rsqrt(tf.add(moments.variance, NORM_EPSILON)), overSpace(gamma))
    return perChannel(x, scale, tf.sub(overSpace(beta), tf.mul(moments.mean, scale)), relu)
  },

  halve(x) {
    return tf.avgPool(x, 2, 2, 'valid')
  },

  doubleNearest(x) {
    return tf.image.resizeNearestNeighbor(x, [2 * x.shape[1], 2 * x.shape[2]])
  },

  doubleBilinear(x) {
    return tf.image.resizeBilinear(x, [2 * x.shape[1], 2 * x.shape[2]], false, true)
  },

  leakyRelu(x, slope) {
    return tf.leakyRelu(x, slope)
  },

  tanh,
}
