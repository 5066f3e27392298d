import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import * as tf from '@tensorflow/tfjs-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { selectBackend } from '../../../src/models/testSupport'
import { greyToRgba } from '../../../src/shared/image'
import { parseNpy } from '../data/npy'
import { loadFeatures } from './features'
import { SqueezeNet } from './squeezeNet'

const WEIGHTS = fileURLToPath(new URL('../../../../shared/data/squeezenet1.1', import.meta.url))

/** [out, in, kernel side] of the 26 convolutions. */
const FIRES = [
  [64, 16, 64],
  [128, 16, 64],
  [128, 32, 128],
  [256, 32, 128],
  [256, 48, 192],
  [384, 48, 192],
  [384, 64, 256],
  [512, 64, 256],
] as const
const SHAPES = [
  [64, 3, 3],
  ...FIRES.flatMap(([input, squeeze, expand]) => [
    [squeeze, input, 1],
    [expand, squeeze, 1],
    [expand, squeeze, 3],
  ]),
  [1000, 512, 1],
] as [number, number, number][]

function writeNpy(file: string, shape: readonly number[], values: Float32Array): void {
  const header = `{'descr': '<f4', 'fortran_order': False, 'shape': (${shape.join(', ')},), }`.padEnd(117)
  const head = Buffer.concat([Buffer.from([0x93]), Buffer.from('NUMPY'), Buffer.from([1, 0, 118, 0]), Buffer.from(`${header}\n`)])
  writeFileSync(file, Buffer.concat([head, Buffer.from(values.buffer)]))
}

let folder = ''
beforeAll(async () => {
  await selectBackend('wasm')
  folder = mkdtempSync(path.join(tmpdir(), 'squeezenet-'))
  // Every convolution averages its input channels at the middle of its kernel and adds 1.
  for (const [i, [out, input, side]] of SHAPES.entries()) {
    const middle = (side * side - 1) / 2
    const kernel = Float32Array.from({ length: out * input * side * side }, (_, k) => (k % (side * side) === middle ? 1 / input : 0))
    writeNpy(path.join(folder, `squeezenet0_conv${i}_weight.npy`), [out, input, side, side], kernel)
    writeNpy(path.join(folder, `squeezenet0_conv${i}_bias.npy`), [out], new Float32Array(out).fill(1))
  }
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('SqueezeNet', () => {
  it('has the channels and sizes of version 1.1, and adds up', () => {
    const outputs = tf.tidy(() => {
      const layers = new SqueezeNet(folder).activations(tf.fill([1, 64, 64, 3], 5))
      return layers.map((layer) => ({ shape: layer.shape.slice(1), range: [tf.min(layer).dataSync()[0], tf.max(layer).dataSync()[0]] }))
    })
    expect(outputs.map(({ shape }) => shape[2])).toEqual([64, 128, 128, 256, 256, 384, 384, 512, 512])
    expect(outputs.map(({ shape }) => shape[0])).toEqual([31, 15, 15, 7, 7, 3, 3, 3, 3])
    // Each fire module passes its input on through two convolutions: + 2.
    outputs.forEach(({ range: [least = 0, most = 0] }, i) => {
      expect(least).toBeCloseTo(6 + 2 * i, 3)
      expect(most).toBeCloseTo(6 + 2 * i, 3)
    })
  })

  it('names a missing file', () => {
    expect(() => new SqueezeNet('/no/weights')).toThrow('--squeezenet')
  })

  it.skipIf(!existsSync(WEIGHTS))("gives the output that comes with ImageNet's weights", async () => {
    const read = (name: string) => parseNpy(readFileSync(path.join(WEIGHTS, 'test', `${name}.npy`)))
    const [input, expected] = [read('input_0'), read('output_0')]
    const output = tf.tidy(() => {
      const x = tf.transpose(tf.tensor4d(input.values, input.shape as [number, number, number, number]), [0, 2, 3, 1])
      return new SqueezeNet(WEIGHTS).classify(x as tf.Tensor4D).dataSync()
    })
    const largest = Math.max(...output.map((value, i) => Math.abs(value - (expected.values[i] ?? Number.NaN))))
    expect(largest).toBeLessThan(0.01) // of outputs up to 270
  })
})

describe('features', () => {
  it('gives pooled features, remembered for a photo, and no distance of a picture to itself', async () => {
    const features = loadFeatures(folder, path.join(folder, 'cache.json'))
    const [dark, light] = [greyToRgba(new Uint8Array(64).fill(20), 8), greyToRgba(new Uint8Array(64).fill(240), 8)]
    const pooled = await features?.pooled(light)
    expect(pooled?.length).toBe(768)
    // Normalised, (240 / 255 − mean) / deviation is 2.21 on average; the fourth fire module has added 9, the eighth 17.
    expect(pooled?.[0]).toBeCloseTo(2.21 + 9, 1)
    expect(pooled?.[767]).toBeCloseTo(2.21 + 17, 1)
    expect(await features?.distance(dark, dark)).toBeCloseTo(0, 6)
  })

  it('does without, when there is no folder', () => {
    expect(loadFeatures('/no/weights', '/no/cache.json')).toBeNull()
  })
})
