/** Gradients of the differentiable layers against finite differences, where training needs them to be right. */

import type { Tensor1D, Tensor4D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-core/dist/register_all_gradients'
import { beforeAll, describe, expect, it } from 'vitest'
import { batchNorm, differentiableLayers, dropout, reflectionPad } from './layers'
import { randomPicture, selectBackend } from './testSupport'

describe('reflection pad', () => {
  beforeAll(() => selectBackend('cpu'))

  it('mirrors without repeating the edge', () => {
    const x = tf.tensor4d([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 3, 3, 1])
    expect([...reflectionPad(x, 2).dataSync()].slice(0, 7)).toEqual([9, 8, 7, 8, 9, 8, 7])
  })

  it('has the gradient that finite differences give', () => {
    const x = randomPicture([1, 4, 5, 1], 21)
    const weights = randomPicture([1, 8, 9, 1], 22)
    const loss = (t: Tensor4D) => tf.sum<tf.Scalar>(tf.mul(reflectionPad(t, 2), weights))
    const gradient = tf
      .grad((t) => loss(t as Tensor4D))(x)
      .dataSync()
    const values = x.dataSync()
    const at = (i: number, step: number) =>
      loss(
        tf.tensor4d(
          values.map((v, k) => (k === i ? v + step : v)),
          [1, 4, 5, 1],
        ),
      ).dataSync()[0] ?? Number.NaN
    for (let i = 0; i < values.length; i++) expect(gradient[i]).toBeCloseTo((at(i, 0.5) - at(i, -0.5)) / 1, 4)
  })
})

describe('differentiable layers', () => {
  beforeAll(() => selectBackend('cpu'))

  it('have gradients that agree with finite differences', () => {
    const kernel = randomPicture([3, 3, 2, 3], 23)
    const gamma = tf.tensor1d([1.2, 0.8])
    const x = randomPicture([1, 3, 3, 3], 24)
    const weights = randomPicture([1, 6, 6, 2], 25)
    const loss = (k: Tensor4D, g: Tensor1D): tf.Scalar => {
      const y = differentiableLayers.transposedConv({ 'up.kernel': k }, 'up', x)
      const z = differentiableLayers.normalize(y, differentiableLayers.moments(y), g, tf.zeros<tf.Rank.R1>([2]), true)
      return tf.sum(tf.mul(z, weights))
    }
    const [byKernel, byGamma] = tf.grads((k, g) => loss(k as Tensor4D, g as Tensor1D))([kernel, gamma])
    const step = 1e-2
    const kernelAt = (delta: number) =>
      loss(
        tf.tensor4d(
          kernel.dataSync().map((v, k) => (k === 5 ? v + delta : v)),
          [3, 3, 2, 3],
        ),
        gamma,
      ).dataSync()[0] ?? Number.NaN
    const gammaAt = (delta: number) => loss(kernel, tf.tensor1d([1.2 + delta, 0.8])).dataSync()[0] ?? Number.NaN
    expect(byKernel?.dataSync()[5]).toBeCloseTo((kernelAt(step) - kernelAt(-step)) / (2 * step), 2)
    expect(byGamma?.dataSync()[0]).toBeCloseTo((gammaAt(step) - gammaAt(-step)) / (2 * step), 2)
  })
})

/** Whatever a layer does to a picture, as the loss that weighs every output differently. */
const gradientCases: [string, (x: Tensor4D) => Tensor4D][] = [
  [
    'a transposed convolution of 3 taps',
    (x) => differentiableLayers.transposedConv({ 'up.kernel': randomPicture([3, 3, 2, 3], 40) }, 'up', x),
  ],
  [
    'a transposed convolution of 4 taps',
    (x) => differentiableLayers.transposedConv({ 'up.kernel': randomPicture([4, 4, 2, 3], 41) }, 'up', x),
  ],
  [
    'a convolution of 4 taps and stride 2',
    (x) => differentiableLayers.conv({ 'c.kernel': randomPicture([4, 4, 3, 2], 42) }, 'c', x, { kind: 'zero', px: 1 }, 2, false),
  ],
  ['doubling by repetition', (x) => differentiableLayers.doubleNearest(x)],
  ['doubling between centres', (x) => differentiableLayers.doubleBilinear(x)],
  ['leaky ReLU', (x) => differentiableLayers.leakyRelu(x, 0.2)],
  ['tanh', (x) => differentiableLayers.tanh(x)],
  ['concatenation', (x) => tf.concat([x, tf.mul<Tensor4D>(x, 2)], 3)],
  ['dropout', (x) => dropout(x, 0.5, 0, { seed: 5 })],
  ['batch norm of the batch', (x) => batchNorm(NORM(), 'n', x, false, { training: { seed: 1 } })],
  ['batch norm of stored statistics', (x) => batchNorm(NORM(), 'n', x, true, {})],
]

const NORM = () => ({
  'n.gamma': tf.tensor1d([1.5, 0.5, 1]),
  'n.beta': tf.tensor1d([0, 0.1, -0.1]),
  'n.mean': tf.tensor1d([0.1, 0, -0.1]),
  'n.variance': tf.tensor1d([0.5, 1, 2]),
})

describe.each(['cpu', 'wasm'] as const)('gradients to the picture on %s', (backend) => {
  beforeAll(() => selectBackend(backend))

  it.each(gradientCases)('%s agrees with finite differences', (_, layer) => {
    const x = randomPicture([2, 4, 4, 3], 50)
    const loss = (picture: Tensor4D): tf.Scalar => {
      const y = layer(picture)
      return tf.sum(tf.mul(y, randomPicture(y.shape, 51)))
    }
    const gradient = tf
      .grad((picture) => loss(picture as Tensor4D))(x)
      .dataSync()
    const values = x.dataSync()
    const step = 1e-2
    for (let i = 0; i < values.length; i += 7) {
      const at = (delta: number) =>
        loss(
          tf.tensor4d(
            values.map((value, k) => (k === i ? value + delta : value)),
            x.shape,
          ),
        ).dataSync()[0] ?? Number.NaN
      expect(gradient[i], `number ${i}`).toBeCloseTo((at(step) - at(-step)) / (2 * step), 2)
    }
  })
})
