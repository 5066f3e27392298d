import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { selectBackend } from '../models/testSupport'
import { cellOf, EYE_CORNER } from '../shared/featurePlace'
import { ModelPass } from './modelPass'
import { sketchToFace } from './tasks/sketchToFace'
import { edited, sessionOf } from './testEncoder'
import { crossSketch, TEST_SIZE_PX } from './testModel'

const PX = TEST_SIZE_PX

describe('features of the encoder', () => {
  beforeAll(() => selectBackend('wasm'))

  it('are those of a whole pass at that place, and nothing is left behind', async () => {
    const session = await sessionOf({})
    const pass = new ModelPass(session.model)
    const sketch = crossSketch(PX, 1)
    const whole: number[][] = []
    const arrays = sketchToFace.arraysOf(session.settings, { sketch, look: {}, tolerance: null })
    await pass.run(arrays, {
      onActivation: (name, activation) => {
        if (!name.startsWith('encoder.')) return
        const [column, row] = cellOf(EYE_CORNER, PX, activation.shape[2])
        const values = activation.dataSync()
        const at = (row * activation.shape[2] + column) * activation.shape[3]
        whole.push([...values.slice(at, at + activation.shape[3])])
      },
    })
    const before = tf.memory().numTensors
    const features = await session.features(sketch, EYE_CORNER)
    expect(tf.memory().numTensors).toBe(before)
    expect(features.map((vector) => [...vector])).toEqual(whole)
    expect(features.map(({ length }) => length)).toEqual([4, 8, 16])
    pass.dispose()
    session.dispose()
  })

  it('do not hear of an edit elsewhere where no norm comes before them, and do where one does', async () => {
    const sketch = crossSketch(PX, 1)
    const equal = async (normsRemoved: number): Promise<boolean[]> => {
      const session = await sessionOf({ normsRemoved })
      const [before, after] = [await session.features(sketch, [0.2, 0.2]), await session.features(edited(sketch), [0.2, 0.2])]
      session.dispose()
      return before.map((vector, layer) => vector.every((value, i) => value === after[layer]?.[i]))
    }
    expect(await equal(2)).toEqual([true, true, false])
    expect(await equal(0)).toEqual([false, false, false])
  })

  it('are refused for a sketch of another size', async () => {
    const session = await sessionOf({})
    await expect((async () => session.features(crossSketch(PX / 2, 1), EYE_CORNER))()).rejects.toMatchObject({ code: 'bad-request' })
    session.dispose()
  })
})
