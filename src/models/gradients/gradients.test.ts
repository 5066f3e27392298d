/** Gradients of ours for wasm: against finite differences, and against the cpu back end where that has them. */

import type { Tensor4D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-core/dist/register_all_gradients'
import { beforeAll, describe, expect, it } from 'vitest'
import { maxDifference, randomPicture, selectBackend } from '../testSupport'
import { registerWasmGradients } from '.'

type Quad = [number, number, number, number]
type Layer = (x: Tensor4D, filter: Tensor4D) => Tensor4D

const conv =
  (stride: number, pad: number | 'valid'): Layer =>
  (x, filter) =>
    tf.conv2d(x, filter, stride, pad)

const CASES: [string, Layer, Quad, Quad][] = [
  ['3 taps', conv(1, 1), [2, 6, 8, 3], [3, 3, 3, 2]],
  ['3 taps without zeros', conv(1, 'valid'), [2, 6, 8, 3], [3, 3, 3, 2]],
  ['7 taps without zeros', conv(1, 'valid'), [1, 9, 10, 2], [7, 7, 2, 3]],
  ['1 tap', conv(1, 0), [2, 5, 4, 3], [1, 1, 3, 2]],
  ['5 taps', conv(1, 2), [1, 6, 5, 2], [5, 5, 2, 2]],
  ['3 taps with stride 2', conv(2, 1), [2, 6, 8, 3], [3, 3, 3, 2]],
  ['3 taps with stride 2 of odd sides', conv(2, 1), [1, 7, 5, 2], [3, 3, 2, 3]],
  ['4 taps with stride 2', conv(2, 1), [2, 6, 8, 3], [4, 4, 3, 2]],
  ['4 taps with stride 2 of odd sides', conv(2, 2), [1, 7, 9, 2], [4, 4, 2, 2]],
  ['1 tap with stride 2', conv(2, 0), [1, 6, 6, 2], [1, 1, 2, 2]],
  ['a transposed convolution of 4 taps', (x, filter) => tf.conv2dTranspose(x, filter, [2, 12, 16, 2], 2, 1), [2, 6, 8, 3], [4, 4, 2, 3]],
  ['a transposed convolution of 3 taps', (x, filter) => tf.conv2dTranspose(x, filter, [1, 10, 12, 2], 2, 1), [1, 5, 6, 3], [3, 3, 2, 3]],
  ['a depthwise convolution', (x, filter) => tf.depthwiseConv2d(x, filter, 1, 'valid'), [2, 6, 8, 3], [3, 3, 3, 1]],
  ['a depthwise convolution with zeros', (x, filter) => tf.depthwiseConv2d(x, filter, 1, 1), [2, 6, 8, 3], [3, 3, 3, 1]],
]

const lossOf =
  (layer: Layer) =>
  (x: tf.Tensor, filter: tf.Tensor): tf.Scalar => {
    const y = layer(x as Tensor4D, filter as Tensor4D)
    return tf.sum(tf.mul(y, randomPicture(y.shape, 62)))
  }

beforeAll(registerWasmGradients)

describe('gradients on wasm', () => {
  it.each(CASES)('%s: as the cpu back end gives them, and the pass too', async (_, layer, xShape, filterShape) => {
    const found: Float32Array[][] = []
    for (const backend of ['cpu', 'wasm'] as const) {
      await selectBackend(backend)
      const [x, filter] = [randomPicture(xShape, 60), randomPicture(filterShape, 61)]
      const gradients = tf.grads(lossOf(layer))([x, filter])
      found.push([...gradients, layer(x, filter)].map((tensor) => tensor.dataSync() as Float32Array))
    }
    for (const i of [0, 1, 2]) {
      const [cpu, wasm] = found.map((of) => tf.tensor1d(of[i] as Float32Array))
      expect(maxDifference(cpu as tf.Tensor, wasm as tf.Tensor), ['input', 'filter', 'pass'][i]).toBeLessThan(1e-4)
    }
  })

  it.each(CASES)('%s: as finite differences give them', async (_, layer, xShape, filterShape) => {
    await selectBackend('wasm')
    const given = [randomPicture(xShape, 70), randomPicture(filterShape, 71)]
    const loss = lossOf(layer)
    const gradients = tf
      .grads(loss)(given)
      .map((gradient) => gradient.dataSync())
    const step = 0.25
    given.forEach((tensor, which) => {
      const values = tensor.dataSync()
      for (let i = 0; i < values.length; i += 5) {
        const at = (delta: number) => {
          const moved = tf.tensor(
            values.map((value, k) => (k === i ? value + delta : value)),
            tensor.shape,
          )
          return loss(...((which === 0 ? [moved, given[1]] : [given[0], moved]) as [tf.Tensor, tf.Tensor])).dataSync()[0] ?? Number.NaN
        }
        // A convolution is linear in both: a long step is exact, and says more than rounding does.
        expect(gradients[which]?.[i], `${which === 0 ? 'input' : 'filter'} ${i}`).toBeCloseTo((at(step) - at(-step)) / (2 * step), 3)
      }
    })
  })

  it('leave no tensor behind', async () => {
    await selectBackend('wasm')
    for (const [, layer, xShape, filterShape] of CASES) {
      const given = [randomPicture(xShape, 63), randomPicture(filterShape, 64)]
      const before = tf.memory().numTensors
      tf.dispose(tf.grads((a, b) => tf.sum(layer(a as Tensor4D, b as Tensor4D)))(given))
      expect(tf.memory().numTensors).toBe(before)
    }
  })

  it('of what neither knows are refused, not wrong', async () => {
    await selectBackend('wasm')
    const [x, filter] = [randomPicture([1, 9, 9, 2], 63), randomPicture([3, 3, 2, 2], 64)]
    expect(() => tf.grads((a, b) => tf.sum(tf.conv2d(a as Tensor4D, b as Tensor4D, 3, 1)))([x, filter])).toThrow('no wasm gradient')
  })
})
