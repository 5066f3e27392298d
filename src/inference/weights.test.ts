import { beforeEach, describe, expect, it } from 'vitest'
import { parameterShapes } from '../models/discriminators/patchGan'
import { StudioError } from '../shared/errors'
import { parseIndex, parseManifest } from './manifest'
import {
  createTestModel,
  TEST_CONFIG,
  TEST_SIZE_PX,
  type TestModel,
  TOLERANCE_DEFAULTS,
  TOLERANT_CONFIG,
  type WrittenManifest,
} from './testModel'
import { loadIndex, loadModel } from './weights'

async function failure(promise: Promise<unknown>): Promise<StudioError> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(StudioError)
  return error as StudioError
}

describe('loadModel', () => {
  it.each(['float32', 'float16', 'int8'] as const)('gives back %s weights in their shapes', async (dtype) => {
    const { readFile } = await createTestModel({ dtype })
    const exact = await loadModel((await createTestModel()).readFile, 'tiny')
    const model = await loadModel(readFile, 'tiny')
    const tolerance = { float32: 0, float16: 2e-3, int8: 2e-2 }[dtype]
    for (const { name, shape } of model.manifest.weights) {
      const values = model.arrays.get(name)
      const expected = exact.arrays.get(name)
      expect(values?.length).toBe(shape.reduce((a, b) => a * b, 1))
      const worst = values?.reduce((most, value, i) => Math.max(most, Math.abs(value - (expected?.[i] ?? Number.NaN))), 0)
      expect(worst, name).toBeLessThanOrEqual(tolerance)
    }
    expect(model.golden.output.length).toBe(3 * (TEST_SIZE_PX / 4) ** 2)
    expect(model.golden.look.length).toBe(TEST_CONFIG.lookLength)
    expect(model.golden.sketch.filter((value) => value === 0).length).toBe(2 * TEST_SIZE_PX)
  })

  it('reports progress that never falls and ends at 1', async () => {
    const { readFile } = await createTestModel()
    const seen: number[] = []
    await loadModel(readFile, 'tiny', (fraction) => seen.push(fraction))
    expect(seen.length).toBeGreaterThan(2)
    expect([...seen].sort((a, b) => a - b)).toEqual(seen)
    expect(seen.at(-1)).toBe(1)
  })

  it('knows the models that there are', async () => {
    const { readFile } = await createTestModel()
    expect(await loadIndex(readFile)).toEqual({
      defaultId: 'tiny',
      models: [{ id: 'tiny', name: { en: 'Tiny', zh: '微型' }, role: 'live' }],
    })
  })

  it.each(['weights-0.bin', 'weights-1.bin', 'golden.bin'])('refuses %s with one byte changed', async (file) => {
    const model = await createTestModel()
    const bytes = new Uint8Array(model.files.get(`tiny/${file}`) as ArrayBuffer)
    bytes[7] = (bytes[7] ?? 0) ^ 1
    const error = await failure(loadModel(model.readFile, 'tiny'))
    expect(error.code).toBe('model-broken')
    expect(error.message).toContain(file)
  })

  it('refuses a shard that was cut short', async () => {
    const model = await createTestModel()
    model.files.set('tiny/weights-0.bin', (model.files.get('tiny/weights-0.bin') as ArrayBuffer).slice(0, 100))
    expect((await failure(loadModel(model.readFile, 'tiny'))).message).toContain('100 bytes long')
  })

  it('refuses a manifest that is not JSON, such as a page', async () => {
    const model = await createTestModel()
    model.files.set('tiny/manifest.json', new TextEncoder().encode('<!doctype html>').buffer)
    expect((await failure(loadModel(model.readFile, 'tiny'))).code).toBe('model-broken')
  })

  it('passes on that a file is missing', async () => {
    const model = await createTestModel()
    expect((await failure(loadModel(model.readFile, 'other'))).code).toBe('model-not-found')
  })
})

describe('parseManifest', () => {
  let model: TestModel
  beforeEach(async () => {
    model = await createTestModel()
  })

  const changes: [string, string, (manifest: WrittenManifest) => void][] = [
    ['another version', 'version', (m) => (m.version = 2)],
    ['an unknown family', 'family', (m) => (m.family = 'toString')],
    ['a broken configuration', 'ngf', (m) => (m.config.ngf = 'wide')],
    ['a missing weight', 'weights', (m) => m.weights.pop()],
    ['a double weight', 'weights', (m) => m.weights.push({ ...m.weights[0] })],
    ['a weight that nobody asked for', 'weights', (m) => m.weights.push({ ...m.weights[0], name: 'extra' })],
    ['a shape of another configuration', 'weights', (m) => (m.config.ngf = 8)],
    ['a weight beyond its shard', 'weights[0].byteOffset', (m) => Object.assign(m.weights[0] ?? {}, { byteOffset: 1e9 })],
    ['a length that is not the shape', 'weights[0].byteLength', (m) => Object.assign(m.weights[0] ?? {}, { byteLength: 4 })],
    ['an unknown number format', 'weights[0].dtype', (m) => Object.assign(m.weights[0] ?? {}, { dtype: 'float8' })],
    ['int8 without scales', 'weights[0].scale', (m) => Object.assign(m.weights[0] ?? {}, { dtype: 'int8', byteLength: 7 * 7 * 4 })],
    ['a file in another folder', 'shards[0].file', (m) => Object.assign(m.shards[0] ?? {}, { file: '../../secret' })],
    ['a short hash', 'shards[0].sha256', (m) => Object.assign(m.shards[0] ?? {}, { sha256: 'abc' })],
    ['looks of another length', 'look.fields', (m) => (m.look = { fields: [], presets: [] })],
    ['a picture size that is no number', 'sizePx', (m) => (m.sizePx = '256')],
    ['no golden fixture', 'golden', (m) => (m.golden = null)],
    ['a name in one language', 'name.zh', (m) => (m.name = { en: 'Tiny' })],
    ['an unknown role', 'role', (m) => (m.role = 'toString')],
    ['a tolerance that no channel takes', 'tolerance', (m) => (m.tolerance = { maxPx: 20, defaults: TOLERANCE_DEFAULTS })],
  ]
  it.each(changes)('refuses %s and names %s', (_, field, change) => {
    change(model.manifest)
    const parse = () => parseManifest(JSON.parse(JSON.stringify(model.manifest)))
    expect(parse).toThrow(StudioError)
    expect(parse).toThrow(field)
  })

  const toleranceChanges: [string, string, (manifest: WrittenManifest) => void][] = [
    ['no tolerance', 'tolerance', (m) => delete m.tolerance],
    [
      'a part without a default',
      'tolerance.defaults.mouth',
      (m) => (m.tolerance = { maxPx: 20, defaults: { jaw: 0, brows: 0, eyes: 0, nose: 0 } }),
    ],
    ['a default beyond 1', 'tolerance.defaults.jaw', (m) => (m.tolerance = { maxPx: 20, defaults: { ...TOLERANCE_DEFAULTS, jaw: 2 } })],
    ['no largest tolerance', 'tolerance.maxPx', (m) => (m.tolerance = { defaults: TOLERANCE_DEFAULTS })],
    ['a golden face without its tolerance', 'golden.tolerance', (m) => (m.golden = { ...(m.golden as object), tolerance: undefined })],
    [
      'a golden tolerance beyond its file',
      'golden.tolerance',
      (m) => (m.golden = { ...(m.golden as object), tolerance: { byteOffset: 1e6 } }),
    ],
    ['a third channel', 'inputChannels', (m) => widen(m, 3)],
  ]
  it.each(toleranceChanges)('refuses, where there is a second channel, %s and names %s', async (_, field, change) => {
    const { manifest } = await createTestModel({ config: TOLERANT_CONFIG })
    expect(parseManifest(JSON.parse(JSON.stringify(manifest))).tolerance).toEqual({ maxPx: 20, defaults: TOLERANCE_DEFAULTS })
    change(manifest)
    const parse = () => parseManifest(JSON.parse(JSON.stringify(manifest)))
    expect(parse).toThrow(StudioError)
    expect(parse).toThrow(field)
  })

  const discriminatorChanges: [string, string, (entry: ReturnType<typeof discriminatorEntry>) => void][] = [
    ['a broken configuration', 'ndf', ({ config }) => (config.ndf = 0)],
    ['a missing weight', 'discriminator.weights', ({ weights }) => weights.pop()],
    ['the weights of another configuration', 'discriminator.weights', ({ config }) => (config.scales = 2)],
    [
      'a weight beyond its shard',
      'discriminator.weights[1].byteOffset',
      ({ weights }) => Object.assign(weights[1] ?? {}, { byteOffset: 1e9 }),
    ],
    ['a file in another folder', 'discriminator.shards[0].file', ({ shards }) => Object.assign(shards[0] ?? {}, { file: '../d.bin' })],
  ]
  it.each(discriminatorChanges)('refuses, in a discriminator, %s and names %s', (_, field, change) => {
    const discriminator = discriminatorEntry()
    const parse = () => parseManifest(JSON.parse(JSON.stringify({ ...model.manifest, discriminator })))
    expect(parse().discriminator).toMatchObject({ config: { scales: 1, ndf: 2, inputs: 4 }, shards: [{ file: 'discriminator-0.bin' }] })
    change(discriminator)
    expect(parse).toThrow(StudioError)
    expect(parse).toThrow(field)
  })

  it('takes a model that does not say its role for a live one', () => {
    const { role, ...older } = model.manifest
    expect(role).toBe('live')
    expect(parseManifest(JSON.parse(JSON.stringify(older)))).toMatchObject({ role: 'live', tolerance: null })
    expect(parseIndex({ version: 1, default: 'a', models: [{ id: 'a', name: { en: 'A', zh: 'A' } }] }).models[0]?.role).toBe('live')
  })

  it.each([[null], [[]], ['text'], [7]])('refuses %j', (value) => {
    expect(() => parseManifest(value)).toThrow(StudioError)
    expect(() => parseIndex(value)).toThrow(StudioError)
  })

  it('refuses an index whose default is not listed', () => {
    expect(() => parseIndex({ version: 1, default: 'a', models: [{ id: 'b', name: { en: 'B', zh: 'B' } }] })).toThrow('"default"')
  })
})

/** A small discriminator beside the generator, as the manifest lists it. */
function discriminatorEntry() {
  const config = { scales: 1, ndf: 2, inputs: 4 }
  let bytes = 0
  const weights = Object.entries(parameterShapes(config)).map(([name, shape]) => {
    const byteLength = 2 * shape.reduce((a, b) => a * b, 1)
    const entry = { name, shape, dtype: 'float16', shard: 0, byteOffset: bytes, byteLength }
    bytes += byteLength
    return entry
  })
  return { config, weights, shards: [{ file: 'discriminator-0.bin', bytes, sha256: '0'.repeat(64) }] }
}

/** The first layer with more input channels, in configuration and weights alike. */
function widen(manifest: WrittenManifest, inputChannels: number): void {
  manifest.config.inputChannels = inputChannels
  const first = manifest.weights.find(({ name }) => name === 'encoder.0.kernel') as { shape: number[]; byteLength: number }
  first.byteLength = (first.byteLength / (first.shape[2] as number)) * inputChannels
  first.shape = first.shape.map((n, axis) => (axis === 2 ? inputChannels : n))
}
