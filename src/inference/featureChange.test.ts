import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { selectBackend } from '../models/testSupport'
import { edited, sessionOf } from './testEncoder'
import { crossSketch, TEST_SIZE_PX } from './testModel'

const PX = TEST_SIZE_PX
const sketch = crossSketch(PX, 1)
const moved = (change: ArrayLike<number>): number => Array.from(change).filter((value) => value > 0).length / change.length

describe('how an edit spreads', () => {
  beforeAll(() => selectBackend('wasm'))

  it('is round the edit alone where no norm comes before, and everywhere where one does', async () => {
    const shares = async (normsRemoved: number): Promise<number[]> => {
      const session = await sessionOf({ normsRemoved })
      const before = tf.memory().numTensors
      const { layers, channels } = await session.featureChange({ before: sketch, after: edited(sketch) })
      const same = await session.featureChange({ before: sketch, after: sketch })
      expect(tf.memory().numTensors).toBe(before)
      expect(channels).toEqual([])
      expect(same.layers.every(({ change }) => change.every((value) => value === 0))).toBe(true)
      expect(layers.map(({ px, change }) => [px, change.length])).toEqual([
        [PX, PX ** 2],
        [PX / 2, PX ** 2 / 4],
        [PX / 4, PX ** 2 / 16],
      ])
      session.dispose()
      return layers.map(({ change }) => moved(change))
    }
    const [first = 1, second = 1, third = 0] = await shares(2)
    expect(first).toBeLessThan(0.15)
    expect(second).toBeLessThan(0.25)
    expect(third).toBeGreaterThan(0.9)
    // Where a ReLU cuts everything off before and after, nothing moves.
    expect(Math.min(...(await shares(0)))).toBeGreaterThan(0.9)
  })

  it('stays round the edit when the norms keep their statistics, although they are there', async () => {
    const session = await sessionOf({ normsRemoved: 0 })
    const before = tf.memory().numTensors
    const { layers } = await session.featureChange({ before: sketch, after: edited(sketch), hold: true })
    expect(tf.memory().numTensors).toBe(before)
    expect(moved(layers[0]?.change ?? [])).toBeLessThan(0.15)
    expect(layers.map(({ norm }) => norm)).toEqual([null, null, null])
    session.dispose()
  })

  it('tells what each norm measured, before and after', async () => {
    const session = await sessionOf({ normsRemoved: 2 })
    const { layers } = await session.featureChange({ before: sketch, after: edited(sketch) })
    expect(layers.map(({ norm }) => norm && [norm.before.mean.length, norm.after.deviation.length])).toEqual([null, null, [16, 16]])
    expect(layers[2]?.norm?.before.mean).not.toEqual(layers[2]?.norm?.after.mean)
    expect(Math.min(...(layers[2]?.norm?.before.deviation ?? []))).toBeGreaterThanOrEqual(0)
    session.dispose()
  })

  it('gives the strongest channels of a layer, strongest first, as the whole pass has them', async () => {
    const session = await sessionOf({})
    const before = tf.memory().numTensors
    const { channels } = await session.featureChange({ before: sketch, after: edited(sketch), channels: { layer: 1, most: 3 } })
    expect(tf.memory().numTensors).toBe(before)
    const strengths = channels.map((channel) => channel.before.reduce((sum, value) => sum + value, 0))
    expect(strengths).toEqual([...strengths].sort((a, b) => b - a))
    expect(channels.map(({ px }) => px)).toEqual([PX / 2, PX / 2, PX / 2])
    // The same numbers as the vector at a place: column 3, row 5.
    const [, vector] = await session.features(sketch, [6.5 / PX, 10.5 / PX])
    for (const { channel, before: map } of channels) expect(map[5 * (PX / 2) + 3]).toBe(vector?.[channel])
    for (const { before: old, after, change } of channels) {
      const difference = old.reduce((sum, value, i) => sum + Math.abs((after[i] ?? 0) - value), 0)
      expect(change).toBeCloseTo(difference / old.reduce((sum, value) => sum + value, 0), 5)
    }
    await expect(session.featureChange({ before: sketch, after: sketch, channels: { layer: 7, most: 3 } })).rejects.toMatchObject({
      code: 'bad-request',
    })
    expect(tf.memory().numTensors).toBe(before)
    session.dispose()
  })
})
