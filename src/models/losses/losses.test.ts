/** Losses by numbers that were computed by hand. */

import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { selectBackend } from '../testSupport'
import { ADVERSARIAL_LOSSES, leastSquares, log } from './adversarial'
import { featureMatching } from './featureMatching'
import { judged } from './judged'

const map = (...values: number[]) => tf.tensor4d(values, [1, 1, values.length, 1])
const number = (loss: tf.Scalar) => loss.dataSync()[0]

describe.each(['cpu', 'wasm'] as const)('losses on %s', (backend) => {
  beforeAll(() => selectBackend(backend))

  it('least squares: the mean over scales of each scale’s mean', () => {
    // Real: (0.25 + 1) / 2 and 4; fake: (0.25 + 4) / 2 and 1.
    const judgements = [map(0.5, 2), map(-1)]
    expect(number(leastSquares(judgements, true))).toBeCloseTo((0.625 + 4) / 2, 6)
    expect(number(leastSquares(judgements, false))).toBeCloseTo((2.125 + 1) / 2, 6)
  })

  it('log: −log σ for real, −log(1 − σ) for fake, without overflow', () => {
    expect(number(log([map(0)], true))).toBeCloseTo(Math.LN2, 6)
    expect(number(log([map(2)], true))).toBeCloseTo(Math.log(1 + Math.exp(-2)), 6)
    expect(number(log([map(2)], false))).toBeCloseTo(Math.log(1 + Math.exp(2)), 5)
    expect(number(log([map(-200)], true))).toBeCloseTo(200, 3)
    expect(number(log([map(200)], true))).toBeCloseTo(0, 6)
  })

  it('feature matching: every layer weighs the same, however large it is', () => {
    const fake = [map(1, 1, 1, 1), map(3)]
    const real = [map(1, 1, 1, 3), map(1)]
    expect(number(featureMatching(fake, real))).toBeCloseTo((0.5 + 2) / 2, 6)
    expect(() => featureMatching(fake, real.slice(1))).toThrow('2 layers against 1')
  })

  it('leaves nothing behind but its value', () => {
    const maps = [map(1, 2), map(3)]
    const before = tf.memory().numTensors
    const values = [...Object.values(ADVERSARIAL_LOSSES).map((loss) => loss(maps, true)), featureMatching(maps, maps)]
    expect(tf.memory().numTensors - before).toBe(values.length)
  })
})

describe('judged', () => {
  it('tells judgements from the layers below, at every scale', () => {
    const [a, b, c, d] = [map(1), map(2), map(3), map(4)]
    const sorted = judged({ 'scale.0.layer.0': a, 'scale.0.layer.1': b, 'scale.1.layer.0': c, 'scale.1.layer.1': d })
    expect(sorted.judgements).toEqual([b, d])
    expect(sorted.features).toEqual([a, c])
  })
})
