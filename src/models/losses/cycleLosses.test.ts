/** What holds a translation without pairs, by numbers that were computed by hand. */

import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-core/dist/register_all_gradients'
import { beforeAll, describe, expect, it } from 'vitest'
import { maxDifference, randomPicture, selectBackend } from '../testSupport'
import { cycleConsistency, identityMapping } from './cycle'
import { type Augmentation, augmented, drawAugmentation } from './diffAugment'
import { exchanged } from './pictureHistory'

const STILL: Augmentation = { brightness: 0, saturation: 1, contrast: 1, shift: [0, 0], cut: [1, 1] }
const number = (loss: tf.Scalar) => loss.dataSync()[0] ?? Number.NaN

describe('the history of generated pictures', () => {
  it('fills, and then gives old for new', () => {
    const numbers = [0.4, 0.6, 0.99, 0.5, 0.0]
    let pool: readonly number[] = []
    const shown = [1, 2, 3, 4, 5].map((fresh) => {
      const exchange = exchanged(pool, fresh, 2, () => numbers.shift() as number)
      pool = exchange.pool
      return exchange.shown
    })
    expect([shown, pool]).toEqual([
      [1, 2, 3, 2, 1],
      [5, 4],
    ])
  })
})

describe.each(['cpu', 'wasm'] as const)('losses of a cycle on %s', (backend) => {
  beforeAll(() => selectBackend(backend))

  it('there and back, and into the own domain', () => {
    const x = tf.tensor4d([1, -1, 0.5], [1, 1, 3, 1])
    expect(number(cycleConsistency(x, tf.tensor4d([2, -1, -1.5], [1, 1, 3, 1])))).toBeCloseTo(1, 6)
    expect(number(identityMapping(x, tf.neg(x)))).toBeCloseTo(5 / 3, 6)
  })

  it('an augmentation by hand', () => {
    const x = randomPicture([2, 8, 8, 3], 11)
    const changed = (changes: Partial<Augmentation>) => augmented(x, { ...STILL, ...changes })
    expect(maxDifference(changed({}), x)).toBeLessThan(1e-6)
    expect(maxDifference(changed({ brightness: 0.25 }), tf.add(x, 0.25))).toBeLessThan(1e-6)
    expect(maxDifference(changed({ saturation: 0 }), tf.tile(tf.mean(x, 3, true), [1, 1, 1, 3]))).toBeLessThan(1e-6)
    const mean = tf.mean(x, [1, 2, 3], true)
    expect(maxDifference(changed({ contrast: 0.5 }), tf.div(tf.add(x, mean), 2))).toBeLessThan(1e-6)
    const moved = changed({ shift: [0.25, -0.125] })
    expect(maxDifference(tf.slice(moved, [0, 0, 2, 0], [2, 7, 6, 3]), tf.slice(x, [0, 1, 0, 0], [2, 7, 6, 3]))).toBeLessThan(1e-6)
    expect(number(tf.max<tf.Scalar>(tf.abs(tf.slice(moved, [0, 0, 0, 0], [2, 8, 2, 3]))))).toBe(0)
    // Three pixels wide and high, one of them beyond the left border.
    const missing = changed({ cut: [-0.125, 0.5] }).dataSync()
    expect(missing.filter((value) => value === 0)).toHaveLength(2 * 3 * 6)
    expect(missing.slice(3 * 8 * 4, 3 * (8 * 4 + 2)).every((value) => value === 0)).toBe(true)
  })

  it('an augmentation has the gradient that finite differences give', () => {
    const x = randomPicture([1, 6, 6, 3], 12)
    const [weights, direction] = [randomPicture([1, 6, 6, 3], 13), randomPicture([1, 6, 6, 3], 14)]
    const change: Augmentation = { brightness: 0.3, saturation: 1.4, contrast: 0.7, shift: [0.2, -0.2], cut: [0.1, 0.5] }
    const loss = (picture: tf.Tensor) => tf.sum<tf.Scalar>(tf.mul(augmented(picture as tf.Tensor4D, change), weights))
    const slope = number(tf.sum<tf.Scalar>(tf.mul(tf.grad(loss)(x), direction)))
    const moved = (by: number) => number(loss(tf.add(x, tf.mul(direction, by))))
    expect(slope).toBeCloseTo((moved(0.1) - moved(-0.1)) / 0.2, 3)
  })

  it('draws within its bounds and leaves nothing behind', () => {
    const x = randomPicture([1, 8, 8, 3], 15)
    const before = tf.memory().numTensors
    for (const at of [0, 0.5, 0.999]) {
      const change = drawAugmentation(() => at)
      expect(Math.abs(change.brightness)).toBeLessThanOrEqual(1)
      expect(Math.max(...change.shift.map(Math.abs))).toBeLessThanOrEqual(0.125)
      expect(Math.min(...change.cut)).toBeGreaterThanOrEqual(-0.4)
      tf.dispose(augmented(x, change))
    }
    expect(tf.memory().numTensors).toBe(before)
  })
})
