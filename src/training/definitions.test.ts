/** What every method says of itself fits together: options, controls, layers, pictures. */

import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { MEAN_LANDMARKS } from '../faces/meanFace'
import { networkOf } from '../models/networks'
import { selectBackend } from '../models/testSupport'
import { STANDARD_AUGMENTATION } from '../shared/augment'
import { TRAINING_METHODS, type TrainingMethodId, type TrainingOptions } from '../workers/trainingProtocol'
import { disposeBatch } from './method'
import { definitionOf } from './methods'
import { controlsOf, readOptions } from './options'
import { stripes } from './testPictures'

const optionsOf = (method: TrainingMethodId, changes: Partial<TrainingOptions> = {}): TrainingOptions => ({
  ...definitionOf(method).description.defaults,
  ...{ name: 'Mine', method, dataSetId: 'set', parent: null, seed: 1, trainingMs: null, controls: {}, augmentation: STANDARD_AUGMENTATION },
  ...changes,
})

beforeAll(() => selectBackend('cpu'))

describe.each(TRAINING_METHODS)('the method %s', (id) => {
  const definition = definitionOf(id)

  it('can begin with its own defaults, and from nothing', () => {
    const options = readOptions(optionsOf(id))
    const method = definition.create({ controls: controlsOf(options), parent: {} })
    expect(method.averages).toContain(definition.answers)
    const named = Object.entries(method.networks).flatMap(([role, { family, config }]) => {
      const network = networkOf(family)
      return network.parameters(network.parseConfig(config, role)).map(({ name }) => `${role}.${name}`)
    })
    for (const start of definition.late)
      expect(
        named.some((name) => name === start || name.startsWith(`${start}.`)),
        start,
      ).toBe(true)
    // Every discriminator goes on learning where only late layers of a generator do.
    const judges = Object.keys(method.networks).filter((role) => /discriminator/i.test(role))
    for (const judge of judges) expect(definition.late, judge).toContain(judge)
    for (const role of Object.keys(definition.modelRoles)) expect(method.networks).toHaveProperty(role)
  })

  it('shows a step the same for the same seed, drawn anew, and leaves nothing behind', () => {
    const landmarks = MEAN_LANDMARKS.flat()
    const pictures = stripes(64, { augmentation: STANDARD_AUGMENTATION })
    const items = pictures.items.map((item) => ({ ...item, landmarks }))
    const shown = (step: number, seed = 1) => definition.batchOf({ ...pictures, items }, { step, seed, batch: 2 })
    const numbers = (step: number, seed?: number) => {
      const batch = shown(step, seed)
      const values = Object.values(batch).flatMap((item) => Object.values(item).flatMap((tensor) => [...tensor.dataSync()]))
      for (const item of Object.values(batch)) for (const tensor of Object.values(item)) expect(tensor.shape[0]).toBe(2)
      disposeBatch(batch)
      return values
    }
    const before = tf.memory().numTensors
    const first = numbers(3)
    expect(Math.max(...first.map(Math.abs))).toBeLessThanOrEqual(1.5)
    expect(numbers(3)).toEqual(first)
    expect(numbers(4)).not.toEqual(first)
    expect(numbers(3, 2)).not.toEqual(first)
    expect(tf.memory().numTensors).toBe(before)
  })

  it.each([
    ['a piece larger than the pictures', { cropPx: 512, sizePx: 256 }, 'cropPx'],
    ['a number that it does not have', { controls: { lambdaNothing: 1 } }, 'controls.lambdaNothing'],
    ['a rate beyond its range', { controls: { learningRate: 5 } }, 'controls.learningRate'],
    ['no data set', { dataSetId: '' }, 'dataSetId'],
  ] as [string, Partial<TrainingOptions>, string][])('refuses %s, and names it', (_, changes, field) => {
    expect(() => readOptions(optionsOf(id, changes))).toThrow(`"${field}"`)
  })
})
