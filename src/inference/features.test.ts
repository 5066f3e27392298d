import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Pix2PixHdConfig } from '../models/generators/pix2pixHdConfig'
import { selectBackend } from '../models/testSupport'
import { cellOf, EYE_CORNER } from '../shared/featurePlace'
import { loadModel } from './loadModel'
import { ModelPass } from './modelPass'
import { InferenceSession } from './session'
import { sketchToFace } from './tasks/sketchToFace'
import { createTestModel, crossSketch, TEST_CONFIG, TEST_SIZE_PX } from './testModel'

const PX = TEST_SIZE_PX

async function sessionOf(config: Partial<Pix2PixHdConfig>) {
  const { readFile } = await createTestModel({ config: { ...TEST_CONFIG, ...config } })
  return new InferenceSession(await loadModel(readFile, 'tiny'), 'wasm')
}

/** The sketch with a line in its lower right corner, far from every feature that is looked at. */
function edited(sketch: Uint8ClampedArray): Uint8ClampedArray {
  const copy = Uint8ClampedArray.from(sketch)
  for (let x = PX - 5; x < PX; x++) copy[(PX - 2) * PX + x] = copy[(PX - 2) * PX + x] === 0 ? 255 : 0
  return copy
}

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

  it('change round an edit alone where no norm comes before them, and everywhere where one does', async () => {
    const share = async (normsRemoved: number): Promise<number[]> => {
      const session = await sessionOf({ normsRemoved })
      const sketch = crossSketch(PX, 1)
      const before = tf.memory().numTensors
      const layers = await session.featureChange(sketch, edited(sketch))
      const same = await session.featureChange(sketch, sketch)
      expect(tf.memory().numTensors).toBe(before)
      expect(same.every(({ change }) => change.every((value) => value === 0))).toBe(true)
      expect(layers.map(({ px, change }) => [px, change.length])).toEqual([
        [PX, PX ** 2],
        [PX / 2, PX ** 2 / 4],
        [PX / 4, PX ** 2 / 16],
      ])
      session.dispose()
      return layers.map(({ change }) => change.filter((value) => value > 0).length / change.length)
    }
    const [first = 1, second = 1, third = 0] = await share(2)
    expect(first).toBeLessThan(0.15)
    expect(second).toBeLessThan(0.25)
    expect(third).toBeGreaterThan(0.9)
    // Where a ReLU cuts everything off before and after, nothing moves.
    expect(Math.min(...(await share(0)))).toBeGreaterThan(0.9)
  })

  it('are refused for a sketch of another size', async () => {
    const session = await sessionOf({})
    await expect((async () => session.features(crossSketch(PX / 2, 1), EYE_CORNER))()).rejects.toMatchObject({ code: 'bad-request' })
    session.dispose()
  })
})
