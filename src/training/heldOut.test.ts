/** What is measured of a run and what stops it, on wasm in Node. */

import * as tf from '@tensorflow/tfjs-core'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { selectBackend } from '../models/testSupport'
import { answerHeldOut, HealthGuard } from './heldOut'
import type { Item } from './method'
import { definitionOf } from './methods'
import { LossRecord } from './record'
import { registerTraining } from './registerTraining'
import { stripes } from './testPictures'
import { Trainer } from './trainer'

const SETTINGS = { seed: 5, steps: 50, decayFrom: 1, trains: null, averageDecay: 0 }
const definition = definitionOf('cartoon')
const generator = { family: 'cartoonUnet', config: { ngf: 2, residualBlocks: 1, filterRadius: 0 } } as const
const pictures = stripes(16)
const pause = async () => undefined

beforeAll(async () => {
  registerTraining()
  await selectBackend('wasm')
})

let trainer: Trainer
afterEach(() => trainer.dispose())

/** From nothing: its pictures are nearly one grey. */
function flat(): Trainer {
  return new Trainer(definition.create({ controls: {}, parent: { generator } }), SETTINGS)
}

describe('held-out pictures', () => {
  it('are answered by the average, with their distance to what they should be', async () => {
    trainer = flat()
    const before = tf.memory().numTensors
    const { rows, l1 } = await answerHeldOut(definition, trainer, pictures.heldOut, pause)
    expect(tf.memory().numTensors).toBe(before)
    expect(rows.map((row) => Object.keys(row))).toEqual([['real_A', 'fake_B', 'real_B']])
    const [row] = rows
    const [made, wanted] = [row?.fake_B?.data ?? [], row?.real_B?.data ?? []]
    const mean = [...made].reduce((sum, value, i) => sum + Math.abs(value - (wanted[i] as number)), 0) / made.length
    expect(l1).toBeCloseTo(mean, 9)
    expect(l1).toBeGreaterThan(10)
  })

  it('that have become one flat colour are said to have collapsed; those that were at first are not', async () => {
    trainer = flat()
    const item = pictures.items[0]
    if (!item) throw new Error('expected an item')
    const fromNothing = new HealthGuard(definition, trainer, item)
    await fromNothing.check()
    await expect(fromNothing.check()).resolves.toBeUndefined()
    const state = await trainer.state()
    const scaled = (factor: number) =>
      Object.fromEntries(
        Object.entries(state.averages.generator ?? {}).map(([name, values]) => [name, values.map((value) => value * factor)]),
      )
    trainer.dispose()
    const method = definition.create({ controls: {}, parent: { generator } })
    const withAverage = (generator: Record<string, Float32Array>) => Trainer.resume(method, SETTINGS, { ...state, averages: { generator } })
    // One trainer that learns to say nothing: the guard looks at it before and after.
    trainer = withAverage(scaled(8))
    const guard = new HealthGuard(
      definition,
      { step: 7, answer: (role: string, inputs: Item) => trainer.answer(role, inputs) } as Trainer,
      item,
    )
    await guard.check()
    trainer.dispose()
    trainer = withAverage(scaled(0))
    await expect(guard.check()).rejects.toMatchObject({ code: 'training-diverged', message: expect.stringMatching(/collapsed by step 7/) })
  })
})

describe('losses so far', () => {
  it('are thinned, keep what came late, and go back to a checkpoint', () => {
    trainer = flat()
    const record = new LossRecord()
    for (let step = 1; step <= 5000; step++) record.add(step, step > 2500 ? { pair: step, judge: 1 } : { pair: step })
    const { steps, losses } = record.history()
    expect(steps.length).toBeLessThan(801)
    expect(steps.length).toBeGreaterThan(300)
    expect(losses.judge?.length).toBe(steps.length)
    expect(losses.judge?.[0]).toBeNaN()
    expect(losses.judge?.at(-1)).toBe(1)
    // Evenly: a place is the mean of the steps since the one before.
    expect(Math.max(...steps.map((step, i) => Math.abs((losses.pair?.[i] as number) - step)))).toBeLessThan(8)
    expect(new Set(steps.slice(1, -1).map((step, i) => step - (steps[i] as number))).size).toBe(1)
    record.backTo(1000)
    expect(record.history().steps.at(-1)).toBeLessThanOrEqual(1000)
    expect(new LossRecord(record.history()).history()).toEqual(record.history())
  })
})
