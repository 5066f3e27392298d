import type { Tensor1D, Tensor4D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-core/dist/register_all_gradients'
import { beforeAll, describe, expect, it } from 'vitest'
import { inferenceLayers, prepareForInference } from './inferenceLayers'
import { differentiableLayers, type Layers, reflectionPad } from './layers'
import type { Params } from './model'
import { maxDifference, randomPicture, selectBackend } from './testSupport'

type Picture = number[][][]

/** The definition of PyTorch's ConvTranspose2d(3, stride 2, padding 1, output_padding 1), by loops: out[2·i − 1 + k] += in[i] · kernel[k]. */
function naiveTransposedConv(x: Picture, kernel: number[][][][], outChannels: number): Picture {
  const height = x.length
  const width = x[0]?.length ?? 0
  const out = Array.from({ length: 2 * height }, () => Array.from({ length: 2 * width }, () => new Array<number>(outChannels).fill(0)))
  for (let i = 0; i < height * width * 9; i++) {
    const [row, column, kr, kc] = [Math.floor(i / 9 / width), Math.floor(i / 9) % width, Math.floor(i / 3) % 3, i % 3]
    const target = out[2 * row - 1 + kr]?.[2 * column - 1 + kc]
    if (!target) continue
    for (let o = 0; o < outChannels; o++) {
      const weights = kernel[kr]?.[kc]?.[o] ?? []
      const pixel = x[row]?.[column] ?? []
      target[o] = (target[o] ?? 0) + weights.reduce((sum, weight, c) => sum + weight * (pixel[c] ?? 0), 0)
    }
  }
  return out
}

const implementations: [string, Layers, (params: Params) => Params][] = [
  ['differentiable', differentiableLayers, (params) => params],
  ['inference', inferenceLayers, prepareForInference],
]

describe.each(['cpu', 'wasm'] as const)('layers on %s', (backend) => {
  beforeAll(() => selectBackend(backend))

  it.each(implementations)('%s: transposed convolution is the loop definition', (_, layers, prepare) => {
    const x = randomPicture([1, 3, 5, 4], 1)
    const kernel = randomPicture([3, 3, 2, 4], 2)
    const expected = naiveTransposedConv(x.arraySync()[0] as Picture, kernel.arraySync(), 2)
    const got = layers.transposedConv(prepare({ 'decoder.0.kernel': kernel }), 'decoder.0', x)
    expect(got.shape).toEqual([1, 6, 10, 2])
    expect(maxDifference(got, tf.tensor4d([expected]))).toBeLessThan(1e-5)
  })

  it.each(implementations)('%s: transposed convolution keeps the pictures of a batch apart', (_, layers, prepare) => {
    const x = randomPicture([2, 4, 4, 3], 3)
    const kernel = () => randomPicture([3, 3, 2, 3], 4)
    const together = layers.transposedConv(prepare({ 'decoder.0.kernel': kernel() }), 'decoder.0', x)
    const second = layers.transposedConv(prepare({ 'decoder.0.kernel': kernel() }), 'decoder.0', tf.slice(x, [1, 0, 0, 0], [1, 4, 4, 3]))
    expect(maxDifference(tf.slice(together, [1, 0, 0, 0], [1, 8, 8, 2]), second)).toBeLessThan(1e-6)
  })

  it.each(implementations)('%s: instance norm of hand-computed numbers', (_, layers) => {
    // Channel 0: 1, 2, 3, 6 → mean 3, biased variance 3.5. Channel 1: constant.
    const x = tf.tensor4d([1, 5, 2, 5, 3, 5, 6, 5], [1, 2, 2, 2])
    const { mean, variance } = layers.moments(x)
    expect(mean.dataSync()).toEqual(new Float32Array([3, 5]))
    expect(variance.dataSync()).toEqual(new Float32Array([3.5, 0]))
    const gamma = tf.tensor1d([2, 1])
    const beta = tf.tensor1d([0.5, -0.25])
    const y = layers.normalize(x, { mean, variance }, gamma, beta, false).dataSync()
    const by = 2 / Math.sqrt(3.5 + 1e-5)
    const expected = [-2 * by + 0.5, -0.25, -by + 0.5, -0.25, 0.5, -0.25, 3 * by + 0.5, -0.25]
    expected.forEach((value, i) => {
      expect(y[i]).toBeCloseTo(value, 5)
    })
    const rectified = layers.normalize(x, { mean, variance }, gamma, beta, true).dataSync()
    expect(rectified[0]).toBe(0)
    expect(rectified[6]).toBeCloseTo(3 * by + 0.5, 5)
  })

  it.each(implementations)('%s: moments of sizes with no handy divisor', (_, layers) => {
    const x = randomPicture([1, 34, 19, 2], 5)
    const expected = tf.moments(x, [1, 2], true)
    const got = layers.moments(x)
    expect(maxDifference(got.mean, expected.mean)).toBeLessThan(1e-6)
    expect(maxDifference(got.variance, expected.variance)).toBeLessThan(1e-6)
  })

  it.each(implementations)('%s: moments stay exact far from zero', (_, layers) => {
    const x = tf.add<Tensor4D>(tf.mul(randomPicture([1, 32, 32, 1], 6), 0.01), 50)
    const values = [...x.dataSync()]
    const mean = values.reduce((a, b) => a + b, 0) / values.length
    const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length
    expect((layers.moments(x).variance.dataSync()[0] ?? 0) / variance).toBeCloseTo(1, 2)
  })

  it('gives every picture of a batch its own statistics and look', () => {
    const x = randomPicture([2, 4, 4, 3], 7)
    const gamma = tf.randomUniform<tf.Rank.R2>([2, 3], 0.5, 1.5, 'float32', 8)
    const beta = tf.randomUniform<tf.Rank.R2>([2, 3], -1, 1, 'float32', 9)
    const expected = differentiableLayers.normalize(x, differentiableLayers.moments(x), gamma, beta, true)
    const got = inferenceLayers.normalize(x, inferenceLayers.moments(x), gamma, beta, true)
    expect(maxDifference(got, expected)).toBeLessThan(1e-5)
  })

  it.each([
    ['reflect', 3, 1, 7],
    ['reflect', 1, 1, 3],
    ['zero', 1, 2, 3],
  ] as const)('convolution with %s pad %i, stride %i is the same in both forms', (kind, px, stride, side) => {
    const params = { 'a.kernel': randomPicture([side, side, 2, 5], 10), 'a.bias': tf.randomNormal([5], 0, 1, 'float32', 11) }
    const x = randomPicture([1, 12, 8, 2], 12)
    const expected = differentiableLayers.conv(params, 'a', x, { kind, px }, stride, true)
    const got = inferenceLayers.conv(params, 'a', x, { kind, px }, stride, true)
    expect(got.shape).toEqual([1, 12 / stride, 8 / stride, 5])
    expect(maxDifference(got, expected)).toBeLessThan(1e-5)
  })

  it('separable convolution is the same in both forms', () => {
    const params = { 'a.depthwise': randomPicture([3, 3, 4, 1], 13), 'a.pointwise': randomPicture([1, 1, 4, 4], 14) }
    const x = randomPicture([1, 6, 7, 4], 15)
    const padding = { kind: 'reflect', px: 1 } as const
    const expected = differentiableLayers.separableConv(params, 'a', x, padding)
    expect(maxDifference(inferenceLayers.separableConv(params, 'a', x, padding), expected)).toBeLessThan(1e-5)
  })

  it.each([
    [8, 16],
    [6, 8],
    [7, 8],
    [8, 6],
  ])('the output layer is the same in both forms at %i×%i', (height, width) => {
    const x = randomPicture([2, height, width, 3], 16)
    const params = () => ({ 'output.kernel': randomPicture([7, 7, 3, 3], 17), 'output.bias': tf.randomNormal([3], 0, 1, 'float32', 18) })
    const expected = differentiableLayers.outputConv(params(), 'output', x)
    const got = inferenceLayers.outputConv(prepareForInference(params()), 'output', x)
    expect(maxDifference(got, expected)).toBeLessThan(2e-6)
  })

  it('prepares parameters without leaking the ones that it replaces', () => {
    const before = tf.memory().numTensors
    const prepared = prepareForInference({
      'decoder.0.kernel': randomPicture([3, 3, 2, 4], 19),
      'enhancer.output.kernel': randomPicture([7, 7, 2, 3], 20),
      'enhancer.output.bias': tf.zeros([3]),
      'encoder.0.bias': tf.zeros([4]),
    })
    expect(tf.memory().numTensors - before).toBe(Object.keys(prepared).length)
    tf.dispose(Object.values(prepared))
    expect(tf.memory().numTensors).toBe(before)
  })
})

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
      const y = differentiableLayers.transposedConv({ 'decoder.0.kernel': k }, 'decoder.0', x)
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
