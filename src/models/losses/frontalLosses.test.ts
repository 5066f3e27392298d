/** The losses of the frontal view by numbers that were computed by hand; the penalty's gradient, which goes through a gradient, by finite differences. */

import type { Tensor4D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-core/dist/register_all_gradients'
import { beforeAll, describe, expect, it } from 'vitest'
import { registerWasmGradients } from '../gradients'
import { differentiableLayers as layers } from '../layers'
import type { Params } from '../network'
import { randomPicture, selectBackend } from '../testSupport'
import { absoluteVariation } from './absoluteVariation'
import { wasserstein } from './adversarial'
import { gradientPenalty } from './gradientPenalty'
import { identityCrossEntropy, identityPreserving } from './identity'
import { pixelL1 } from './pixelL1'
import { laplacian, laplacianSymmetry, symmetry } from './symmetry'

const rows = (...values: number[][]) => tf.tensor4d(values.flat(), [1, values.length, (values[0] as number[]).length, 1])
const number = (loss: tf.Scalar) => loss.dataSync()[0] ?? Number.NaN

registerWasmGradients()

describe.each(['cpu', 'wasm'] as const)('losses of the frontal view on %s', (backend) => {
  beforeAll(() => selectBackend(backend))

  it('pixels: a weight for every size', () => {
    const [x, y] = [rows([1, 2, 4]), rows([0, 2])]
    expect(number(pixelL1([x, y], [tf.sub(x, 1), tf.add(y, 2)], [1, 0.5]))).toBeCloseTo(2, 6)
    expect(() => pixelL1([x, y], [x], [1, 1])).toThrow('2 pictures against 1')
  })

  it('symmetry: in pixels, and in second differences, which a slope has none of', () => {
    expect(number(symmetry(rows([1, 2, 4])))).toBeCloseTo((3 + 0 + 3) / 3, 6)
    expect(number(symmetry(rows([3, 7, 7, 3])))).toBe(0)
    expect([...laplacian(rows([0, 1, 0], [2, 5, 3], [0, 4, 0])).dataSync()]).toEqual([1 + 4 + 2 + 3 - 20])
    const slope = rows([0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11])
    expect(number(symmetry(slope))).toBeGreaterThan(0)
    expect(number(laplacianSymmetry(slope))).toBe(0)
  })

  it('variation: down and across', () => {
    expect(number(absoluteVariation(rows([1, 2, 4], [0, 0, 0])))).toBeCloseTo(7 / 3 + 3 / 4, 6)
  })

  it('identity: the last layers, and the cross-entropy of a person’s number', () => {
    const x = tf.tensor1d([1, 2])
    expect(number(identityPreserving([x, x], [tf.add(x, 1), tf.sub(x, 3)]))).toBeCloseTo(2, 6)
    expect(number(identityCrossEntropy(tf.zeros([2, 4]), [1, 3]))).toBeCloseTo(Math.log(4), 6)
    const logits = tf.tensor2d([2, 0, -1], [1, 3])
    expect(number(identityCrossEntropy(logits, [2]))).toBeCloseTo(Math.log(Math.exp(2) + 1 + Math.exp(-1)) + 1, 5)
    const gradient = tf
      .grad((l) => identityCrossEntropy(l as tf.Tensor2D, [2]))(logits)
      .dataSync()
    const sum = Math.exp(2) + 1 + Math.exp(-1)
    for (const [i, wanted] of [Math.exp(2) / sum, 1 / sum, Math.exp(-1) / sum - 1].entries()) expect(gradient[i]).toBeCloseTo(wanted, 5)
  })

  it('Wasserstein: rises for fake, falls for real', () => {
    const judgements = [rows([1, 3]), rows([-1])]
    expect([number(wasserstein(judgements, true)), number(wasserstein(judgements, false))]).toEqual([-0.5, 0.5])
  })

  it('the penalty of a linear critic is its slope’s', () => {
    const weights = randomPicture([1, 4, 4, 3], 3)
    const [real, fake] = [randomPicture([2, 4, 4, 3], 4), randomPicture([2, 4, 4, 3], 5)]
    const share = tf.tensor4d([0.3, 0.9], [2, 1, 1, 1])
    const slope = Math.sqrt(number(tf.sum(tf.square(weights))))
    const penalty = gradientPenalty((x) => tf.sum(tf.mul(x, weights), [1, 2, 3]), real, fake, share)
    expect(number(penalty)).toBeCloseTo((slope - 1) ** 2, 4)
  })

  it('the penalty of a smooth critic has the gradient that finite differences give', () => {
    const params: Params = {
      'a.kernel': randomPicture([4, 4, 3, 3], 6),
      'b.kernel': randomPicture([3, 3, 3, 1], 7),
      'n.gamma': tf.tensor1d([1.5, 0.5, 1]),
      'n.beta': tf.tensor1d([0, 0.1, -0.1]),
    }
    const bent = (x: Tensor4D) => tf.add<Tensor4D>(x, tf.mul(tf.square(x), 0.5))
    const critic = (of: Params) => (photo: Tensor4D) => {
      const x = bent(layers.conv(of, 'a', photo, { kind: 'zero', px: 1 }, 2, false))
      const y = layers.normalize(x, layers.moments(x), of['n.gamma'] as tf.Tensor1D, of['n.beta'] as tf.Tensor1D, false)
      return tf.mul(layers.conv(of, 'b', bent(y), { kind: 'zero', px: 1 }, 1, false), 5)
    }
    const [real, fake] = [randomPicture([2, 8, 8, 3], 8), randomPicture([2, 8, 8, 3], 9)]
    const share = tf.tensor4d([0.25, 0.5], [2, 1, 1, 1])
    const penalty = (of: Params) => gradientPenalty(critic(of), real, fake, share)
    for (const name of Object.keys(params).filter((one) => one !== 'n.beta')) {
      const at = params[name] as tf.Tensor
      const direction = tf.randomUniform(at.shape, -1, 1, 'float32', 10)
      const gradient = tf.grad((value) => penalty({ ...params, [name]: value }))(at)
      const slope = number(tf.sum<tf.Scalar>(tf.mul(gradient, direction)))
      const moved = (by: number) => number(penalty({ ...params, [name]: tf.add(at, tf.mul(direction, by)) }))
      const step = 4e-3
      expect(Math.abs(slope), name).toBeGreaterThan(1e-2)
      expect(Math.abs((moved(step) - moved(-step)) / (2 * step) - slope), name).toBeLessThan(0.02 * Math.abs(slope) + 2e-3)
    }
  })

  it('leave nothing behind but their values', () => {
    const [a, b] = [randomPicture([2, 8, 8, 3], 1), randomPicture([2, 8, 8, 3], 2)]
    const [share, logits] = [tf.ones<tf.Rank.R4>([2, 1, 1, 1]), tf.zeros<tf.Rank.R2>([2, 4])]
    const before = tf.memory().numTensors
    const values = [
      pixelL1([a], [b], [1]),
      ...[symmetry, laplacianSymmetry, absoluteVariation].map((loss) => loss(a)),
      identityPreserving([a], [b]),
      identityCrossEntropy(logits, [0, 1]),
      gradientPenalty((x) => tf.mean(tf.square(x), [1, 2]), a, b, share),
    ]
    expect(tf.memory().numTensors - before).toBe(values.length)
  })
})
