import type { Tensor4D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { inferenceLayers, prepareForInference } from './inferenceLayers'
import { batchNorm, differentiableLayers, dropout, type Layers } from './layers'
import type { NormMoments, ParameterSpec, Params } from './network'
import { conv, transposedConv, vector } from './parameterPlan'
import { maxDifference, randomParams, randomPicture, selectBackend } from './testSupport'

type Picture = number[][][]

/** The definition of PyTorch's ConvTranspose2d (stride 2, padding 1) whose output is twice as large, by loops: out[2·i − 1 + k] += in[i] · kernel[k]. */
function naiveTransposedConv(x: Picture, kernel: number[][][][], outChannels: number): Picture {
  const taps = kernel.length
  const height = x.length
  const width = x[0]?.length ?? 0
  const out = Array.from({ length: 2 * height }, () => Array.from({ length: 2 * width }, () => new Array<number>(outChannels).fill(0)))
  for (let i = 0; i < height * width * taps ** 2; i++) {
    const pixelAt = Math.floor(i / taps ** 2)
    const [row, column, kr, kc] = [Math.floor(pixelAt / width), pixelAt % width, Math.floor(i / taps) % taps, i % taps]
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

/** Parameters of one transposed convolution `up`, with what they are. */
const UP = (taps: number) => [transposedConv('up.kernel', [taps, taps, 2, 4], 1), vector('up.bias', 2)]

/** The last layer of three channels. */
const OUTPUT = [conv('output.kernel', [7, 7, 3, 3], 1), vector('output.bias', 3)]

type Prepare = (params: Params, specs: readonly ParameterSpec[]) => Params
const implementations: [string, Layers, Prepare][] = [
  ['differentiable', differentiableLayers, (params) => params],
  ['inference', inferenceLayers, prepareForInference],
]
const forms = implementations.flatMap(([name, layers, prepare]) => [3, 4].map((taps) => ({ name, layers, prepare, taps })))

describe.each(['cpu', 'wasm'] as const)('layers on %s', (backend) => {
  beforeAll(() => selectBackend(backend))

  it.each(forms)('$name: transposed convolution of $taps taps is the loop definition', ({ layers, prepare, taps }) => {
    const x = randomPicture([1, 3, 5, 4], 1)
    const kernel = randomPicture([taps, taps, 2, 4], 2)
    const expected = tf.tensor4d([naiveTransposedConv(x.arraySync()[0] as Picture, kernel.arraySync(), 2)])
    const bias = tf.tensor1d([0.5, -2])
    const withBias = layers.transposedConv(prepare({ 'up.kernel': kernel.clone(), 'up.bias': bias }, UP(taps)), 'up', x)
    const got = layers.transposedConv(prepare({ 'up.kernel': kernel }, UP(taps).slice(0, 1)), 'up', x)
    expect(got.shape).toEqual([1, 6, 10, 2])
    expect(maxDifference(got, expected)).toBeLessThan(1e-5)
    expect(maxDifference(withBias, tf.add(expected, bias))).toBeLessThan(1e-5)
  })

  it.each(forms)('$name: transposed convolution of $taps taps keeps the pictures of a batch apart', ({ layers, prepare, taps }) => {
    const x = randomPicture([2, 4, 4, 4], 3)
    const params = () => prepare({ 'up.kernel': randomPicture([taps, taps, 2, 4], 4) }, UP(taps).slice(0, 1))
    const together = layers.transposedConv(params(), 'up', x)
    const second = layers.transposedConv(params(), 'up', tf.slice(x, [1, 0, 0, 0], [1, 4, 4, 4]))
    expect(maxDifference(tf.slice(together, [1, 0, 0, 0], [1, 8, 8, 2]), second)).toBeLessThan(1e-6)
  })

  it.each(implementations)('%s: doubles by repeating pixels, or between their centres as PyTorch does', (_, layers) => {
    const x = tf.tensor4d([1, 2, 3, 5], [1, 2, 2, 1])
    const rows = (y: Tensor4D) => (y.arraySync()[0] as Picture).map((row) => row.map(([value]) => value))
    expect(rows(layers.doubleNearest(x))).toEqual([
      [1, 1, 2, 2],
      [1, 1, 2, 2],
      [3, 3, 5, 5],
      [3, 3, 5, 5],
    ])
    // interpolate([[1, 2], [3, 5]], scale_factor=2, mode='bilinear', align_corners=False)
    const expected = tf.tensor4d([1, 1.25, 1.75, 2, 1.5, 1.8125, 2.4375, 2.75, 2.5, 2.9375, 3.8125, 4.25, 3, 3.5, 4.5, 5], [1, 4, 4, 1])
    expect(maxDifference(layers.doubleBilinear(x), expected)).toBeLessThan(1e-6)
  })

  it('doubles pictures of any size the same way in both forms', () => {
    const x = randomPicture([2, 3, 5, 2], 30)
    for (const double of ['doubleNearest', 'doubleBilinear'] as const) {
      expect(inferenceLayers[double](x).shape).toEqual([2, 6, 10, 2])
      expect(maxDifference(inferenceLayers[double](x), differentiableLayers[double](x))).toBeLessThan(1e-6)
    }
    const line = randomPicture([1, 1, 4, 1], 31)
    expect(maxDifference(inferenceLayers.doubleBilinear(line), differentiableLayers.doubleBilinear(line))).toBeLessThan(1e-6)
  })

  it.each(implementations)('%s: leaky ReLU and tanh of hand-computed numbers', (_, layers) => {
    const x = tf.tensor4d([-2, -0.5, 0, 3], [1, 1, 4, 1])
    const leaky = [...layers.leakyRelu(x, 0.2).dataSync()]
    const tanh = [...layers.tanh(x).dataSync()]
    const values = [-2, -0.5, 0, 3]
    values.forEach((value, i) => {
      expect(leaky[i]).toBeCloseTo(value < 0 ? 0.2 * value : value, 6)
      expect(tanh[i]).toBeCloseTo(Math.tanh(value), 5)
    })
  })

  it.each(implementations)('%s: batch norm uses the stored statistics, and the batch’s own in training', (_, layers) => {
    // Channel 0 over both pictures: 1, 3, 5, 7 → mean 4, biased variance 5.
    const x = tf.tensor4d([1, 3, 5, 7], [2, 1, 2, 1])
    const params = { 'n.gamma': tf.tensor1d([2]), 'n.beta': tf.tensor1d([1]), 'n.mean': tf.tensor1d([3]), 'n.variance': tf.tensor1d([4]) }
    const stored = [...batchNorm(params, 'n', x, false, { layers }).dataSync()]
    const expectAll = (got: number[], wanted: number[]) => {
      wanted.forEach((value, i) => {
        expect(got[i]).toBeCloseTo(value, 4)
      })
    }
    expectAll(stored, [-1, 1, 3, 5])
    expectAll([...batchNorm(params, 'n', x, true, { layers }).dataSync()], [0, 1, 3, 5])
    const seen: Record<string, number[]> = {}
    const onBatchMoments = (name: string, { mean, variance }: NormMoments) => {
      seen[name] = [...mean.dataSync(), ...variance.dataSync()]
    }
    const trained = [...batchNorm(params, 'n', x, false, { layers, training: { seed: 1, onBatchMoments } }).dataSync()]
    expectAll(
      trained,
      [-3, -1, 1, 3].map((d) => (2 * d) / Math.sqrt(5) + 1),
    )
    expect(seen).toEqual({ n: [4, 5] })
  })

  it('drops only in training, each layer its own, the same again with the same seed', () => {
    const x = tf.ones<tf.Rank.R4>([1, 32, 32, 1])
    expect(dropout(x, 0.5, 0, undefined)).toBe(x)
    expect(dropout(x, 0, 0, { seed: 3 })).toBe(x)
    const once = dropout(x, 0.5, 0, { seed: 3 })
    expect(maxDifference(once, dropout(x, 0.5, 0, { seed: 3 }))).toBe(0)
    expect(maxDifference(once, dropout(x, 0.5, 1, { seed: 3 }))).toBe(2)
    const values = [...once.dataSync()]
    expect(new Set(values)).toEqual(new Set([0, 2]))
    expect(values.reduce((sum, value) => sum + value, 0) / values.length).toBeCloseTo(1, 0)
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
    const got = inferenceLayers.outputConv(prepareForInference(params(), OUTPUT), 'output', x)
    expect(maxDifference(got, expected)).toBeLessThan(2e-6)
  })

  it('prepares parameters without leaking the ones that it replaces', () => {
    const before = tf.memory().numTensors
    const specs = [...UP(3), conv('last.kernel', [7, 7, 2, 3], 1), vector('last.bias', 3)]
    const prepared = prepareForInference(randomParams(specs, 19), specs)
    expect(Object.keys(prepared)).not.toContain('up.kernel')
    expect(tf.memory().numTensors - before).toBe(Object.keys(prepared).length)
    tf.dispose(Object.values(prepared))
    expect(tf.memory().numTensors).toBe(before)
  })
})
