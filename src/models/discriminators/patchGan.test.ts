/**
 * The discriminators against their PyTorch twin: every `tests/golden/patchGan-*.json`, written by the pipeline, holds a configuration, parameters, a
 * sketch with two photos, every layer's output, and the gradients of two losses.
 */

import { readdirSync, readFileSync } from 'node:fs'
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-core/dist/register_all_gradients'
import { beforeAll, describe, expect, it } from 'vitest'
import { decodeAll, decodeGolden, type GoldenTensor } from '../golden'
import { registerWasmGradients } from '../gradients'
import { leastSquares } from '../losses/adversarial'
import { featureMatching } from '../losses/featureMatching'
import { gradientPenalty } from '../losses/gradientPenalty'
import { judged } from '../losses/judged'
import type { Params } from '../network'
import { maxDifference, randomParams, randomPicture, selectBackend, shapesOf } from '../testSupport'
import { halvedByAverage, type PatchGanConfig, type PatchGanOutputs, patchGan } from './patchGan'

interface GoldenLoss {
  value: number
  photo: GoldenTensor
  params: Record<string, GoldenTensor>
}

interface Golden {
  config: unknown
  params: Record<string, GoldenTensor>
  sketch: GoldenTensor
  photo: GoldenTensor
  other: GoldenTensor
  outputs: GoldenTensor[][]
  losses: { leastSquares: GoldenLoss; featureMatching: GoldenLoss }
  /** Between photo and other, a quarter and half of the way, of ten times the first scale’s judgements. */
  penalty: Omit<GoldenLoss, 'photo'>
}

const TOLERANCE = 1e-4
const folder = new URL('../../../tests/golden/', import.meta.url)
const files = readdirSync(folder).filter((file) => /^patchGan-.*\.json$/.test(file))

function readGolden(file: string) {
  const golden = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Golden
  const [sketch, photo, other] = [golden.sketch, golden.photo, golden.other].map((picture) => decodeGolden<Tensor4D>(picture))
  const pictures = { sketch, photo, other } as { sketch: Tensor4D; photo: Tensor4D; other: Tensor4D }
  return { golden, config: patchGan.parseConfig(golden.config), params: decodeAll(golden.params), ...pictures }
}

function judge(config: PatchGanConfig, params: Params, sketch: Tensor4D, photo: Tensor4D): PatchGanOutputs {
  return patchGan.forward(config, params, { sketch, photo })
}

/** How far from "real" the pictures were judged. */
const realness = (outputs: PatchGanOutputs) => leastSquares(judged(outputs).judgements, true)
const matching = (fake: PatchGanOutputs, real: PatchGanOutputs) => featureMatching(judged(fake).features, judged(real).features)

function expectGradient(got: Tensor | null | undefined, expected: GoldenTensor, name: string): void {
  expect(got, name).toBeTruthy()
  const wanted = decodeGolden(expected)
  const largest = tf.max(tf.abs(wanted)).dataSync()[0] ?? 0
  expect(maxDifference(got as Tensor, wanted), name).toBeLessThan(1e-3 * largest + 1e-7)
}

registerWasmGradients()

describe.each(['cpu', 'wasm'] as const)('discriminators on %s', (backend) => {
  beforeAll(() => selectBackend(backend))

  it('has golden files to compare with', () => {
    expect(files.length).toBeGreaterThan(1)
  })

  it.each(files)('%s: the penalty on their slope and its gradient are the twin’s', (file) => {
    const { golden, config, params, sketch, photo, other } = readGolden(file)
    const share = tf.tensor4d([0.25, 0.5], [2, 1, 1, 1])
    const penalty = (changed: Params) => {
      const critic = (mixed: Tensor4D) => {
        const outputs = judge(config, { ...params, ...changed }, sketch, mixed)
        return tf.mul(judged(outputs).judgements[0] as Tensor4D, 10)
      }
      return gradientPenalty(critic, photo, other, share)
    }
    expect(penalty({}).dataSync()[0]).toBeCloseTo(golden.penalty.value, 3)
    expect(Object.keys(golden.penalty.params).length).toBeGreaterThan(5)
    for (const [name, expected] of Object.entries(golden.penalty.params))
      expectGradient(tf.grad((value) => penalty({ [name]: value }))(params[name] as Tensor), expected, name)
  })

  it('judge a photo by itself as they judge its channels in two parts', () => {
    const config = patchGan.parseConfig({ scales: 2, ndf: 2, inputs: 3 })
    expect([Object.keys(patchGan.inputs(config)), Object.keys(patchGan.inputs({ ...config, inputs: 4 }))]).toEqual([
      ['photo'],
      ['sketch', 'photo'],
    ])
    const [params, whole] = [randomParams(patchGan.parameters(config), 71), randomPicture([1, 24, 24, 3], 72)]
    const [first, others] = [tf.slice(whole, [0, 0, 0, 0], [1, 24, 24, 1]), tf.slice(whole, [0, 0, 0, 1], [1, 24, 24, 2])]
    const alone = patchGan.forward(config, params, { photo: whole })
    for (const [name, layer] of Object.entries(patchGan.forward(config, params, { sketch: first, photo: others })))
      expect(maxDifference(alone[name] as Tensor4D, layer), name).toBe(0)
  })

  it.each(files)('%s: every layer is the twin’s', (file) => {
    const { golden, config, params, sketch, photo } = readGolden(file)
    expect(shapesOf(params)).toEqual(patchGan.parameters(config).map(({ name, shape }) => [name, shape]))
    const outputs = judge(config, params, sketch, photo)
    expect(Object.keys(outputs)).toEqual(Object.keys(patchGan.outputs(config)))
    expect(golden.outputs).toHaveLength(config.scales)
    golden.outputs.forEach((layers, scale) => {
      layers.forEach((expected, i) => {
        const name = `scale.${scale}.layer.${i}`
        expect(maxDifference(outputs[name] as Tensor4D, decodeGolden(expected)), name).toBeLessThan(TOLERANCE)
      })
    })
  })

  it.each(files)('%s: losses and their gradients to the photo are the twin’s', (file) => {
    const { golden, config, params, sketch, photo, other } = readGolden(file)
    const real = judge(config, params, sketch, other)
    const losses = {
      leastSquares: (x: Tensor4D) => realness(judge(config, params, sketch, x)),
      featureMatching: (x: Tensor4D) => matching(judge(config, params, sketch, x), real),
    }
    for (const name of ['leastSquares', 'featureMatching'] as const) {
      const { value, grad } = tf.valueAndGrad(losses[name])(photo)
      expect(value.dataSync()[0]).toBeCloseTo(golden.losses[name].value, 4)
      expectGradient(grad, golden.losses[name].photo, name)
    }
  })

  it.each([
    [4, 4],
    [5, 8],
    [7, 3],
  ])('halves %i × %i by the mean of the pixels that a window has', (height, width) => {
    const x = randomPicture([1, height, width, 2], 3)
    const values = x.arraySync()[0] as number[][][]
    const out = halvedByAverage(x)
    expect(out.shape).toEqual([1, Math.ceil(height / 2), Math.ceil(width / 2), 2])
    const got = out.arraySync()[0] as number[][][]
    got.forEach((row, i) => {
      row.forEach((pixel, j) => {
        const window = values.slice(Math.max(0, 2 * i - 1), 2 * i + 2).flatMap((line) => line.slice(Math.max(0, 2 * j - 1), 2 * j + 2))
        for (const c of [0, 1]) expect(pixel[c]).toBeCloseTo(window.reduce((sum, p) => sum + (p[c] ?? 0), 0) / window.length, 5)
      })
    })
  })

  it('leaves no tensor behind but its outputs', () => {
    const config = { scales: 2, ndf: 2, inputs: 4 }
    const params = randomParams(patchGan.parameters(config), 1)
    const [sketch, photo] = [randomPicture([1, 32, 32, 1], 2), randomPicture([1, 32, 32, 3], 3)]
    const before = tf.memory().numTensors
    tf.dispose(judge(config, params, sketch, photo))
    expect(tf.memory().numTensors).toBe(before)
  })
})

describe.each(['cpu', 'wasm'] as const)('discriminators in training on %s', (backend) => {
  beforeAll(async () => {
    await selectBackend(backend)
  })

  it.each(files)('%s: gradients to the parameters are the twin’s', (file) => {
    const { golden, config, params, sketch, photo, other } = readGolden(file)
    const names = Object.keys(params)
    const withParams = (values: Tensor[]) => Object.fromEntries(names.map((name, i) => [name, values[i] as Tensor]))
    const real = judge(config, params, sketch, other) // outside the loss: the real side carries no gradient
    const losses = {
      leastSquares: (...values: Tensor[]) => realness(judge(config, withParams(values), sketch, photo)),
      featureMatching: (...values: Tensor[]) => matching(judge(config, withParams(values), sketch, photo), real),
    }
    // The last layer takes no part in feature matching; asking for its gradient would be an error.
    for (const name of ['leastSquares', 'featureMatching'] as const) {
      const expected = golden.losses[name].params
      const used = names.filter((parameter) => parameter in expected)
      const fixed = (values: Tensor[]) => names.map((parameter) => values[used.indexOf(parameter)] ?? (params[parameter] as Tensor))
      const grads = tf.grads((...values: Tensor[]) => losses[name](...fixed(values)))(used.map((parameter) => params[parameter] as Tensor))
      used.forEach((parameter, i) => {
        expectGradient(grads[i], expected[parameter] as GoldenTensor, `${name}, ${parameter}`)
      })
    }
  })

  it.each([
    [{ scales: 0, ndf: 4, inputs: 4 }, 'scales'],
    [{ scales: 2, ndf: 4.5, inputs: 4 }, 'ndf'],
    [{ scales: 2, ndf: 4 }, 'inputs'],
    [null, 'config'],
  ])('refuses the configuration %j', (config, field) => {
    expect(() => patchGan.parseConfig(config)).toThrow(`${field}"`)
  })
})
