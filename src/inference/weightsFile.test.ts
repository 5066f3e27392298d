/** Weights out and back in: what is written is what is read, and a U-Net that went through the files is still its twin. */

import { readFileSync } from 'node:fs'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { unet } from '../models/generators/unet'
import { decodeAll, decodeGolden, type GoldenTensor, readGolden } from '../models/golden'
import type { Params } from '../models/network'
import { maxDifference, selectBackend } from '../models/testSupport'
import { StudioError } from '../shared/errors'
import { sha256Of } from '../shared/sha256'
import type { WeightDtype } from './manifestWeights'
import { checkWeights } from './manifestWeights'
import { type PlainTensor, readWeight, type WrittenWeights, writeWeights } from './weightsFile'

const golden = readGolden(readFileSync(new URL('../../tests/golden/unet-tiny.json', import.meta.url), 'utf8'))
const config = unet.parseConfig(golden.config)

function plain(params: Params): Record<string, PlainTensor> {
  return Object.fromEntries(
    Object.entries(params).map(([name, tensor]) => [name, { shape: tensor.shape, values: tensor.dataSync() as Float32Array }]),
  )
}

function readBack({ weights, shards, files }: WrittenWeights): Params {
  const read = weights.map((entry) => {
    const shard = files.get(shards[entry.shard]?.file ?? '') as ArrayBuffer
    return [entry.name, tf.tensor(readWeight(entry, shard), [...entry.shape])] as const
  })
  return Object.fromEntries(read)
}

const ONE = (...values: number[]): Record<string, PlainTensor> => ({ a: { shape: [values.length], values: Float32Array.from(values) } })

describe('writeWeights', () => {
  beforeAll(() => selectBackend('wasm'))

  it.each<[WeightDtype, number]>([
    ['float32', 1e-5],
    ['float16', 5e-3],
    ['int8', 0.1],
  ])('a U-Net written as %s and read again gives its twin’s picture', async (dtype, tolerance) => {
    const written = await writeWeights(plain(decodeAll(golden.params)), { stem: 'generator', dtype, shardBytes: 2000, leastQuantized: 64 })
    expect(written.shards.length).toBeGreaterThan(2)
    checkWeights(written, unet.parameters(config), 'networks.generator')
    const inputs = { picture: decodeGolden<tf.Tensor4D>(golden.inputs.picture as GoldenTensor) }
    const { picture } = unet.forward(config, readBack(written), inputs)
    const difference = maxDifference(picture, decodeGolden(golden.inference.outputs.picture as GoldenTensor))
    expect(difference).toBeLessThan(tolerance)
    if (dtype !== 'float32') expect(difference).toBeGreaterThan(0)
  })

  it('hashes every shard, fills none beyond its size, and starts every tensor at a multiple of four bytes', async () => {
    const written = await writeWeights(plain(decodeAll(golden.params)), { stem: 'g', dtype: 'float16', shardBytes: 9000 })
    for (const [i, { file, bytes, sha256 }] of written.shards.entries()) {
      expect(file).toBe(`g-${i}.bin`)
      const data = written.files.get(file) as ArrayBuffer
      expect([data.byteLength, await sha256Of(data)]).toEqual([bytes, sha256])
      // A tensor larger than a shard has one of its own.
      if (bytes > 9000) expect(written.weights.filter(({ shard }) => shard === i)).toHaveLength(1)
    }
    expect(written.weights.every(({ byteOffset }) => byteOffset % 4 === 0)).toBe(true)
  })

  it('quantises by output channel, a channel of zeros included, and keeps small tensors in 16 bits', async () => {
    const tensors = { w: { shape: [2, 3], values: Float32Array.from([1.27, 0, -2.54, -0.635, 0, 0.02]) }, ...ONE(0.5) }
    const { weights, files } = await writeWeights(tensors, { stem: 'w', dtype: 'int8', leastQuantized: 4 })
    expect(weights.map(({ dtype }) => dtype)).toEqual(['int8', 'float16'])
    const [first] = weights
    const values = first && readWeight(first, files.get('w-0.bin') as ArrayBuffer)
    const expected = [1.27, 0, -2.54, -0.64, 0, 0.02]
    expected.forEach((value, i) => {
      expect(values?.[i]).toBeCloseTo(value, 5)
    })
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 70_000])('refuses %d in 16 bits with a sentence', async (value) => {
    const writing = writeWeights(ONE(1, value), { stem: 'w', dtype: 'float16' })
    await expect(writing).rejects.toThrow(StudioError)
    await expect(writing).rejects.toThrow(/"a" has a number.*Take an earlier checkpoint/)
  })
})
