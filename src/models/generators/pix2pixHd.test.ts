import type { Tensor4D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-core/dist/register_all_gradients'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { StudioError } from '../../shared/errors'
import { inferenceLayers, prepareForInference } from '../inferenceLayers'
import type { ForwardOptions, NormMoments, Params } from '../network'
import { maxDifference, randomParams, randomPicture, selectBackend } from '../testSupport'
import { pix2pixHd } from './pix2pixHd'
import { LIVE_CONFIG, type Pix2PixHdConfig } from './pix2pixHdConfig'

const TINY: Pix2PixHdConfig = { ...LIVE_CONFIG, ngf: 4, downSteps: 2, residualBlocks: 2, lookLength: 5, lookEmbed: 6 }
const SIZE = 32

const variants: [string, Pix2PixHdConfig][] = [
  ['separable, two norms removed', TINY],
  ['plain, no norm removed, no look', { ...TINY, separable: false, normsRemoved: 0, lookLength: 0 }],
  ['every encoder norm removed', { ...TINY, normsRemoved: 3 }],
  ['with the local enhancer', { ...TINY, localEnhancer: { residualBlocks: 2, separable: false } }],
]

/** Parameters that record which of them a pass read. */
function watched(params: Params): { params: Params; read: Set<string> } {
  const read = new Set<string>()
  const get = (target: Params, name: string) => {
    if (target[name]) read.add(name)
    return target[name]
  }
  return { params: new Proxy(params, { get }), read }
}

function look(config: Pix2PixHdConfig, seed = 100): tf.Tensor2D | null {
  return config.lookLength ? tf.randomUniform<tf.Rank.R2>([1, config.lookLength], -1, 1, 'float32', seed) : null
}

/** How many numbers the parameters are. */
function numbersIn(config: Pix2PixHdConfig): number {
  return pix2pixHd.parameters(config).reduce((sum, { shape }) => sum + shape.reduce((product, n) => product * n, 1), 0)
}

/** The face of a sketch; no look leaves everything open. */
function faceOf(config: Pix2PixHdConfig, params: Params, sketch: Tensor4D, given: tf.Tensor2D | null, options?: ForwardOptions): Tensor4D {
  return pix2pixHd.forward(config, params, { sketch, ...(given && { look: given }) }, options).face
}

describe.each(variants)('pix2pixHd, %s', (_, config) => {
  beforeAll(() => selectBackend('wasm'))

  it('reads each of its parameters, gives a face in [-1, 1] and leaks no tensor', () => {
    const all = randomParams(pix2pixHd.parameters(config), 1)
    const { params, read } = watched(all)
    const x = randomPicture([1, SIZE, 2 * SIZE, 1], 2)
    const given = look(config)
    const before = tf.memory().numTensors
    const face = faceOf(config, params, x, given)
    expect(tf.memory().numTensors - before).toBe(1)
    expect(face.shape).toEqual([1, SIZE, 2 * SIZE, 3])
    expect([...read].sort()).toEqual(Object.keys(all).sort())
    const values = face.dataSync()
    expect(values.every((value) => Math.abs(value) <= 1)).toBe(true)
    expect(Math.max(...values) - Math.min(...values)).toBeGreaterThan(0.1)
  })

  it('is the same through inference layers', () => {
    const params = randomParams(pix2pixHd.parameters(config), 3)
    const x = randomPicture([1, SIZE, SIZE, 1], 4)
    const expected = faceOf(config, params, x, look(config))
    const prepared = prepareForInference(params, pix2pixHd.parameters(config))
    const before = tf.memory().numTensors
    const given = look(config)
    const got = faceOf(config, prepared, x, given, { layers: inferenceLayers })
    expect(tf.memory().numTensors - before).toBe(given ? 2 : 1)
    expect(maxDifference(got, expected)).toBeLessThan(1e-4)
  })

  it('names every block for whoever compares activations', () => {
    const names: string[] = []
    const params = randomParams(pix2pixHd.parameters(config), 5)
    faceOf(config, params, randomPicture([1, SIZE, SIZE, 1], 6), look(config), { onActivation: (name) => names.push(name) })
    const expected = ['encoder.0', 'encoder.1', 'encoder.2', 'residual.0', 'residual.1', 'decoder.0', 'decoder.1']
    if (config.localEnhancer) {
      expected.push('enhancer.front.0', 'enhancer.front.1', 'enhancer.residual.0', 'enhancer.residual.1', 'enhancer.decoder.0')
    }
    expect(names).toEqual(expected)
  })
})

describe('pix2pixHd', () => {
  beforeAll(() => selectBackend('wasm'))

  it('stays within two billion multiply-accumulates and the weights within 10 MB for the live configuration', () => {
    const live = { ...LIVE_CONFIG, lookLength: 50 }
    const macs = pix2pixHd.macs(live, 256)
    expect(macs).toBeGreaterThan(1e9)
    expect(macs).toBeLessThan(2e9)
    const count = numbersIn(live)
    expect(2 * count).toBeLessThan(10e6)
  })

  it('counts the operations of a plain generator as the notes do', () => {
    // G(16, 256) of the thesis: 7.1 GFLOP, 11.4 M parameters.
    const plain = { ...LIVE_CONFIG, separable: false, normsRemoved: 0, lookLength: 0 }
    expect((2 * pix2pixHd.macs(plain, 256)) / 1e9).toBeCloseTo(7.1, 1)
    const count = numbersIn(plain)
    expect(count / 1e6).toBeCloseTo(11.4, 1)
  })

  it('lets the look change the face, and takes no look as everything left open', () => {
    const params = randomParams(pix2pixHd.parameters(TINY), 7)
    const x = randomPicture([1, SIZE, SIZE, 1], 8)
    const open = faceOf(TINY, params, x, null)
    expect(maxDifference(open, faceOf(TINY, params, x, tf.zeros([1, 5])))).toBe(0)
    expect(maxDifference(open, faceOf(TINY, params, x, look(TINY)))).toBeGreaterThan(0.01)
  })

  it('treats the pictures of a batch one by one', () => {
    const params = randomParams(pix2pixHd.parameters(TINY), 9)
    const x = randomPicture([2, SIZE, SIZE, 1], 10)
    const looks = tf.randomUniform<tf.Rank.R2>([2, 5], -1, 1, 'float32', 11)
    const both = faceOf(TINY, params, x, looks)
    const second = faceOf(TINY, params, tf.slice(x, [1, 0, 0, 0], [1, SIZE, SIZE, 1]), tf.slice(looks, [1, 0], [1, 5]))
    expect(maxDifference(tf.slice(both, [1, 0, 0, 0], [1, SIZE, SIZE, 3]), second)).toBeLessThan(1e-5)
  })

  it('has a gradient for every parameter in its default form', async () => {
    await selectBackend('cpu')
    const config = { ...TINY, downSteps: 1, residualBlocks: 1, localEnhancer: { residualBlocks: 1, separable: true } }
    const names = pix2pixHd.parameters(config).map(({ name }) => name)
    const params = randomParams(pix2pixHd.parameters(config), 12)
    const x = randomPicture([1, 8, 8, 1], 13)
    const given = look(config)
    const loss = (...tensors: tf.Tensor[]) =>
      tf.mean<tf.Scalar>(tf.square(faceOf(config, Object.fromEntries(names.map((n, i) => [n, tensors[i] as tf.Tensor])), x, given)))
    const gradients = tf.grads(loss)(names.map((name) => params[name] as tf.Tensor))
    gradients.forEach((gradient, i) => {
      expect(gradient.shape).toEqual(params[names[i] ?? '']?.shape)
      const values = gradient.dataSync()
      expect(values.every(Number.isFinite), names[i]).toBe(true)
    })
    // One number of the first kernel, against finite differences.
    const first = params['encoder.0.kernel'] as Tensor4D
    const at = (delta: number) => {
      const moved = tf.tensor4d(
        first.dataSync().map((v, k) => (k === 10 ? v + delta : v)),
        first.shape,
      )
      return loss(...names.map((name) => (name === 'encoder.0.kernel' ? moved : (params[name] as tf.Tensor)))).dataSync()[0] ?? Number.NaN
    }
    const slope = (at(0.01) - at(-0.01)) / 0.02
    expect(gradients[names.indexOf('encoder.0.kernel')]?.dataSync()[10]).toBeCloseTo(slope, 2)
    await selectBackend('wasm')
  })
})

describe('held statistics', () => {
  const config: Pix2PixHdConfig = { ...TINY, residualBlocks: 1, normsRemoved: 0 }
  const side = 128
  let params: Params
  let base: Tensor4D
  let edited: Tensor4D
  const statistics = new Map<string, NormMoments>()

  beforeAll(async () => {
    await selectBackend('wasm')
    params = prepareForInference(randomParams(pix2pixHd.parameters(config), 14), pix2pixHd.parameters(config))
    const paper = new Float32Array(side * side).fill(1)
    for (let i = 0; i < side; i++) paper[i * side + i] = -1
    base = tf.tensor4d(paper, [1, side, side, 1])
    for (let i = 4; i < 12; i++) paper[8 * side + i] = -1
    edited = tf.tensor4d(paper, [1, side, side, 1])
  })
  afterAll(() => {
    for (const { mean, variance } of statistics.values()) tf.dispose([mean, variance])
  })

  const far = (face: Tensor4D) => tf.slice(face, [0, side - 32, side - 32, 0], [1, 32, 32, 3])
  const generate = (x: Tensor4D, norms?: ForwardOptions['norms']) =>
    faceOf(config, params, x, look(config), { layers: inferenceLayers, ...(norms ? { norms } : {}) })

  it('let a plain edit reach the far corner through the norms', () => {
    expect(maxDifference(far(generate(base)), far(generate(edited)))).toBeGreaterThan(1e-4)
  })

  it('keep the far corner exactly as it was', () => {
    const before = tf.memory().numTensors
    const first = generate(base, { kind: 'collect', into: statistics })
    expect(statistics.size).toBe(3 + 2 + 2)
    expect(tf.memory().numTensors - before).toBe(2 + 2 * statistics.size) // The face, the look, and what was collected.
    const held = { kind: 'hold', from: statistics } as const
    expect(maxDifference(generate(base, held), first)).toBeLessThan(1e-6)
    const changed = generate(edited, held)
    expect(maxDifference(changed, first)).toBeGreaterThan(0.01)
    expect(maxDifference(far(changed), far(first))).toBe(0)
  })
})

describe('pix2pixHd’s contract', () => {
  it('says what each parameter, input and output is', () => {
    const kinds = new Map(pix2pixHd.parameters(TINY).map(({ name, kind }) => [name, kind]))
    expect(kinds.get('encoder.0.kernel')).toBe('conv')
    expect(kinds.get('decoder.1.kernel')).toBe('transposedConv')
    expect(kinds.get('residual.0.conv1.depthwise')).toBe('depthwise')
    expect(kinds.get('residual.0.norm1.lookGamma')).toBe('dense')
    expect(kinds.get('output.bias')).toBe('vector')
    expect(Object.keys(pix2pixHd.inputs(TINY))).toEqual(['sketch', 'look'])
    expect(Object.keys(pix2pixHd.inputs({ ...TINY, lookLength: 0 }))).toEqual(['sketch'])
    expect(pix2pixHd.outputs(TINY).face?.shape).toEqual([null, null, null, 3])
  })
})

describe('parseConfig', () => {
  it('takes a manifest that is older than a field', () => {
    const { localEnhancer, ...older } = LIVE_CONFIG
    expect(pix2pixHd.parseConfig(older)).toEqual({ ...older, localEnhancer })
  })

  it('takes a configuration as it is written', () => {
    const config = { ...LIVE_CONFIG, lookLength: 50, localEnhancer: { residualBlocks: 3, separable: true } }
    expect(pix2pixHd.parseConfig(JSON.parse(JSON.stringify(config)))).toEqual(config)
  })

  it.each([
    ['nothing', null, 'config'],
    ['a list', [], 'ngf'],
    ['a fraction', { ...LIVE_CONFIG, ngf: 1.5 }, 'ngf'],
    ['a negative number', { ...LIVE_CONFIG, normsRemoved: -1 }, 'normsRemoved'],
    ['a missing flag', { ...LIVE_CONFIG, separable: undefined }, 'separable'],
    ['a broken enhancer', { ...LIVE_CONFIG, localEnhancer: { residualBlocks: 'many', separable: true } }, 'residualBlocks'],
    ['an odd width under an enhancer', { ...LIVE_CONFIG, ngf: 5, localEnhancer: { residualBlocks: 1, separable: true } }, 'ngf'],
  ])('refuses %s and names the field', (_, value, field) => {
    const parse = () => pix2pixHd.parseConfig(value)
    expect(parse).toThrow(StudioError)
    expect(parse).toThrow(field === 'config' ? '"config"' : `${field}"`)
  })
})
