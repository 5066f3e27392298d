import { beforeEach, describe, expect, it } from 'vitest'
import { patchGan } from '../models/discriminators/patchGan'
import { StudioError } from '../shared/errors'
import { loadIndex, loadModel } from './loadModel'
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
    for (const { name, shape } of model.network.weights) {
      const values = model.params.get(name)
      const expected = exact.params.get(name)
      expect(values?.length).toBe(shape.reduce((a, b) => a * b, 1))
      const worst = values?.reduce((most, value, i) => Math.max(most, Math.abs(value - (expected?.[i] ?? Number.NaN))), 0)
      expect(worst, name).toBeLessThanOrEqual(tolerance)
    }
    const { inputs, outputs } = model.golden
    expect(outputs.face?.values.length).toBe(3 * (TEST_SIZE_PX / 4) ** 2)
    expect(inputs.look?.length).toBe(TEST_CONFIG.lookLength)
    expect(inputs.sketch?.filter((value) => value === 0).length).toBe(2 * TEST_SIZE_PX)
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

  const weight = (m: WrittenManifest) => m.networks.generator.weights[0] ?? {}
  const shard = (m: WrittenManifest) => m.networks.generator.shards[0] ?? {}
  const changes: [string, string, (manifest: WrittenManifest) => void][] = [
    ['another version', '"version"', (m) => (m.version = 1)],
    ['no version', '"version"', (m) => Reflect.deleteProperty(m, 'version')],
    ['an unknown task', '"task.id"', (m) => (m.task.id = 'toString')],
    ['an unknown family', '"networks.generator.family"', (m) => (m.networks.generator.family = 'toString')],
    ['no generator', '"networks.generator"', (m) => Reflect.deleteProperty(m.networks, 'generator')],
    ['a broken configuration', '"networks.generator.config.ngf"', (m) => (m.networks.generator.config.ngf = 'wide')],
    ['a missing weight', '"networks.generator.weights"', (m) => m.networks.generator.weights.pop()],
    ['a double weight', '"networks.generator.weights"', (m) => m.networks.generator.weights.push({ ...weight(m) })],
    ['a weight that nobody asked for', '.weights"', (m) => m.networks.generator.weights.push({ ...weight(m), name: 'extra' })],
    ['a shape of another configuration', '.weights"', (m) => (m.networks.generator.config.ngf = 8)],
    ['a weight beyond its shard', 'generator.weights[0].byteOffset"', (m) => Object.assign(weight(m), { byteOffset: 1e9 })],
    ['a weight in no shard', 'generator.weights[0].shard"', (m) => Object.assign(weight(m), { shard: 99 })],
    ['a length that is not the shape', '.weights[0].byteLength"', (m) => Object.assign(weight(m), { byteLength: 4 })],
    ['an unknown number format', '.weights[0].dtype"', (m) => Object.assign(weight(m), { dtype: 'float8' })],
    ['int8 without scales', '.weights[0].scale"', (m) => Object.assign(weight(m), { dtype: 'int8', byteLength: 7 * 7 * 4 })],
    ['a file in another folder', 'generator.shards[0].file"', (m) => Object.assign(shard(m), { file: '../../secret' })],
    ['a short hash', '.shards[0].sha256"', (m) => Object.assign(shard(m), { sha256: 'abc' })],
    ['looks of another length', '"task.look.fields"', (m) => (m.task.look = { fields: [], presets: [] })],
    ['a look of an unknown kind', '"task.look.fields[1].kind"', (m) => Object.assign(lookField(m, 1), { kind: 'smell' })],
    ['a scale the wrong way round', '"task.look.fields[0].max"', (m) => Object.assign(lookField(m, 0), { max: 3 })],
    ['a picture size that is no number', '"task.sizePx"', (m) => (m.task.sizePx = '256')],
    ['no golden fixture', '"golden"', (m) => Reflect.deleteProperty(m, 'golden')],
    ['a golden face of another size', '"golden.outputs.face.shape"', (m) => Object.assign(face(m), { stride: 2 })],
    ['no golden face', '"golden.outputs.face"', (m) => (m.golden.outputs = {})],
    ['a golden face of whole numbers', '"golden.outputs.face.dtype"', (m) => Object.assign(face(m), { dtype: 'uint8' })],
    ['no golden sketch', '"golden.inputs.sketch"', (m) => Reflect.deleteProperty(m.golden.inputs, 'sketch')],
    ['a name without English', '"name.en"', (m) => (m.name = { zh: '微型' })],
    ['a name that is no text', '"name.zh"', (m) => (m.name = { en: 'Tiny', zh: 7 })],
    ['an unknown role', '"role"', (m) => (m.role = 'toString')],
    ['a tolerance that no channel takes', '"task.tolerance"', (m) => (m.task.tolerance = { defaults: TOLERANCE_DEFAULTS })],
  ]
  it.each(changes)('refuses %s and names %s', (_, field, change) => {
    change(model.manifest)
    const parse = () => parseManifest(JSON.parse(JSON.stringify(model.manifest)))
    expect(parse).toThrow(StudioError)
    expect(parse).toThrow(field)
  })

  const toleranceChanges: [string, string, (manifest: WrittenManifest) => void][] = [
    ['no tolerance', '"task.tolerance"', (m) => Reflect.deleteProperty(m.task, 'tolerance')],
    [
      'a part without a default',
      '"task.tolerance.defaults.mouth"',
      (m) => (m.task.tolerance = { defaults: { jaw: 0, brows: 0, eyes: 0, nose: 0, rest: 0 } }),
    ],
    ['a default beyond 1', '"task.tolerance.defaults.jaw"', (m) => (m.task.tolerance = { defaults: { ...TOLERANCE_DEFAULTS, jaw: 2 } })],
    ['a golden face without its tolerance', '"golden.inputs.tolerance"', (m) => Reflect.deleteProperty(m.golden.inputs, 'tolerance')],
    [
      'a golden tolerance beyond its file',
      '"golden.inputs.tolerance.byteOffset"',
      (m) => Object.assign(m.golden.inputs.tolerance as object, { byteOffset: 1e6 }),
    ],
    ['a fourth channel', '.config.inputChannels"', (m) => widen(m, 4)],
  ]
  it.each(toleranceChanges)('refuses, where there is a second channel, %s and names %s', async (_, field, change) => {
    const { manifest } = await createTestModel({ config: TOLERANT_CONFIG })
    expect(parseManifest(JSON.parse(JSON.stringify(manifest))).task).toMatchObject({ tolerance: { defaults: TOLERANCE_DEFAULTS } })
    change(manifest)
    const parse = () => parseManifest(JSON.parse(JSON.stringify(manifest)))
    expect(parse).toThrow(StudioError)
    expect(parse).toThrow(field)
  })

  const discriminatorChanges: [string, string, (entry: ReturnType<typeof discriminatorEntry>) => void][] = [
    ['a broken configuration', '"networks.discriminator.config.ndf"', ({ config }) => (config.ndf = 0)],
    ['a missing weight', '"networks.discriminator.weights"', ({ weights }) => weights.pop()],
    ['the weights of another configuration', '"networks.discriminator.weights"', ({ config }) => (config.scales = 2)],
    [
      'a weight beyond its shard',
      '"networks.discriminator.weights[1].byteOffset"',
      ({ weights }) => Object.assign(weights[1] ?? {}, { byteOffset: 1e9 }),
    ],
    [
      'a file in another folder',
      '"networks.discriminator.shards[0].file"',
      ({ shards }) => Object.assign(shards[0] ?? {}, { file: '../d.bin' }),
    ],
  ]
  it.each(discriminatorChanges)('refuses, in a discriminator, %s and names %s', (_, field, change) => {
    const discriminator = discriminatorEntry()
    const networks = { ...model.manifest.networks, discriminator }
    const parse = () => parseManifest(JSON.parse(JSON.stringify({ ...model.manifest, networks }))).networks.discriminator
    expect(parse()).toMatchObject({ config: { scales: 1, ndf: 2, inputs: 4 }, shards: [{ file: 'discriminator-0.bin' }] })
    change(discriminator)
    expect(parse).toThrow(StudioError)
    expect(parse).toThrow(field)
  })

  it('says in a sentence what is wrong and what to do', () => {
    model.manifest.networks.generator.config.ngf = 0
    expect(() => parseManifest(model.manifest)).toThrow(
      'The model\'s configuration is broken: "networks.generator.config.ngf" must be a whole number from 1 to 256. Install the model again.',
    )
  })

  it.each([[null], [[]], ['text'], [7]])('refuses %j', (value) => {
    expect(() => parseManifest(value)).toThrow(StudioError)
    expect(() => parseIndex(value)).toThrow(StudioError)
  })

  it('refuses an index whose default is not listed', () => {
    expect(() => parseIndex({ version: 2, default: 'a', models: [{ id: 'b', name: { en: 'B', zh: 'B' }, role: 'live' }] })).toThrow(
      '"default"',
    )
  })
})

/** A small discriminator beside the generator, as the manifest lists it. */
function discriminatorEntry() {
  const config = { scales: 1, ndf: 2, inputs: 4 }
  let bytes = 0
  const weights = patchGan.parameters(config).map(({ name, shape }) => {
    const byteLength = 2 * shape.reduce((a, b) => a * b, 1)
    const entry = { name, shape, dtype: 'float16', shard: 0, byteOffset: bytes, byteLength }
    bytes += byteLength
    return entry
  })
  return { family: 'patchGan', config, weights, shards: [{ file: 'discriminator-0.bin', bytes, sha256: '0'.repeat(64) }] }
}

/** The first layer with more input channels, in configuration and weights alike. */
function widen({ networks: { generator } }: WrittenManifest, inputChannels: number): void {
  generator.config.inputChannels = inputChannels
  const first = generator.weights.find(({ name }) => name === 'encoder.0.kernel') as { shape: number[]; byteLength: number }
  first.byteLength = (first.byteLength / (first.shape[2] as number)) * inputChannels
  for (const file of generator.shards) file.bytes *= inputChannels
  first.shape = first.shape.map((n, axis) => (axis === 2 ? inputChannels : n))
}

const lookField = (manifest: WrittenManifest, index: number): object => (manifest.task.look as { fields: object[] }).fields[index] ?? {}
const face = (manifest: WrittenManifest): object => manifest.golden.outputs.face as object
