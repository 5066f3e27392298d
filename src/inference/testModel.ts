/** For tests: a tiny generator with random weights, as the files that the pipeline would write, in memory. */

import * as tf from '@tensorflow/tfjs-core'
import { encodeLook, type LookField, type LookPreset, lookLength } from '../faces/look'
import { type Tolerance, toleranceVector } from '../faces/tolerance'
import { pix2pixHd } from '../models/generators/pix2pixHd'
import { LIVE_CONFIG, type Pix2PixHdConfig } from '../models/generators/pix2pixHdConfig'
import type { Params } from '../models/network'
import { randomParams, selectBackend } from '../models/testSupport'
import { StudioError } from '../shared/errors'
import type { ModelRole } from '../workers/protocol'
import { encodeFloat16 } from './float16'
import type { LoadedModel, ReadFile } from './loadModel'
import { MANIFEST_VERSION } from './manifest'
import type { WeightDtype } from './manifestWeights'
import { type SketchToFaceSettings, sketchToFace } from './tasks/sketchToFace'
import type { ArraySpec, Arrays } from './tasks/task'
import { describeFile, readWeight, type WrittenWeights, writeWeights } from './weightsFile'

export const TEST_SIZE_PX = 32

const FIELDS: readonly LookField[] = [
  { id: 'age', kind: 'scalar', min: 18, max: 80, default: 30 },
  { id: 'hairColour', kind: 'colour', default: [70, 50, 40] },
  { id: 'beard', kind: 'choice', options: ['none', 'full'], default: 'none' },
]
const PRESETS: readonly LookPreset[] = [{ id: 'plain', name: { en: 'Plain', zh: '普通' }, look: { age: 40, beard: 'none' } }]

export const TEST_CONFIG: Pix2PixHdConfig = {
  ...LIVE_CONFIG,
  ngf: 4,
  downSteps: 2,
  residualBlocks: 1,
  lookLength: lookLength(FIELDS),
  lookEmbed: 8,
}

/** A generator that takes a tolerance map as well. */
export const TOLERANT_CONFIG: Pix2PixHdConfig = { ...TEST_CONFIG, inputChannels: 2 }
export const TOLERANCE_DEFAULTS: Tolerance = { jaw: 0.5, brows: 0.1, eyes: 0.1, nose: 0.1, mouth: 0.1, rest: 0.5 }
/** Not the defaults, so that a golden face read with the wrong tolerance shows. */
const GOLDEN_TOLERANCE: Tolerance = { jaw: 0.75, brows: 0, eyes: 0.25, nose: 0.5, mouth: 0, rest: 1 }

/** A network as it is written. */
export interface WrittenNetwork {
  family: string
  config: Record<string, unknown>
  weights: Record<string, unknown>[]
  shards: { file: string; bytes: number; sha256: string }[]
}

/** A manifest as it is written, so that tests can break it. */
export interface WrittenManifest {
  version: number
  task: Record<string, unknown>
  networks: { generator: WrittenNetwork; [name: string]: WrittenNetwork }
  golden: { sha256: string; inputs: Record<string, unknown>; outputs: Record<string, unknown>; [field: string]: unknown }
  [field: string]: unknown
}

export interface TestModel {
  files: Map<string, ArrayBuffer>
  manifest: WrittenManifest
  readFile: ReadFile
  /** Writes the manifest again after a test has changed it. */
  rewrite(): void
}

interface TestModelOptions {
  id?: string
  dtype?: WeightDtype
  config?: Pix2PixHdConfig
  sizePx?: number
  role?: ModelRole
}

/** A page with a cross on it. */
export function crossSketch(sizePx: number, shift = 0): Uint8ClampedArray<ArrayBuffer> {
  const sketch = new Uint8ClampedArray(sizePx * sizePx).fill(255)
  for (let i = 0; i < sizePx; i++) {
    sketch[i * sizePx + i] = 0
    sketch[i * sizePx + ((sizePx - 1 - i + shift) % sizePx)] = 0
  }
  return sketch
}

export async function createTestModel(options: TestModelOptions = {}): Promise<TestModel> {
  const { id = 'tiny', dtype = 'float32', config = TEST_CONFIG, sizePx = TEST_SIZE_PX, role = 'live' } = options
  await selectBackend('cpu')
  const { written, params } = await storedParams(config, dtype)
  const settings = settingsOf(config, sizePx)
  const golden = goldenFile(config, params, settings)
  const files = new Map<string, ArrayBuffer>([[`${id}/golden.bin`, golden.data]])
  for (const [file, data] of written.files) files.set(`${id}/${file}`, data)
  const name = { en: 'Tiny', zh: '微型' }
  const { tolerance, ...task } = settings
  const manifest = {
    version: MANIFEST_VERSION,
    id,
    name,
    role,
    task: { ...task, ...(tolerance && { tolerance }) },
    networks: { generator: { family: 'pix2pixHd', config, weights: written.weights, shards: written.shards } },
    golden: { ...(await describeFile('golden.bin', golden.data)), inputs: golden.inputs, outputs: golden.outputs },
    card: 'card.md',
  }
  // As it is read, so that tests may change any field.
  const copy = JSON.parse(JSON.stringify(manifest)) as WrittenManifest
  const rewrite = () => files.set(`${id}/manifest.json`, asJson(copy))
  rewrite()
  files.set('index.json', asJson({ version: MANIFEST_VERSION, default: id, models: [{ id, name, role }] }))
  return { files, manifest: copy, rewrite, readFile: readFrom(files) }
}

function settingsOf(config: Pix2PixHdConfig, sizePx: number): SketchToFaceSettings {
  const fields = config.lookLength > 0 ? FIELDS : []
  return {
    id: 'sketchToFace',
    sizePx,
    look: { fields, presets: PRESETS },
    channels: config.inputChannels,
    tolerance: config.inputChannels > 1 ? { defaults: TOLERANCE_DEFAULTS } : null,
  }
}

/** Random weights in several small shards, and what they are after their way through them. */
async function storedParams(config: Pix2PixHdConfig, dtype: WeightDtype): Promise<{ written: WrittenWeights; params: Params }> {
  const random = randomParams(pix2pixHd.parameters(config), 42)
  const plain = Object.entries(random).map(([name, tensor]) => [name, { shape: tensor.shape, values: tensor.dataSync() as Float32Array }])
  const written = await writeWeights(Object.fromEntries(plain), { stem: 'weights', dtype, shardBytes: 4096, leastQuantized: 0 })
  const shards = [...written.files.values()]
  const stored = written.weights.map((entry) => [
    entry.name,
    tf.tensor(readWeight(entry, shards[entry.shard] as ArrayBuffer), [...entry.shape]),
  ])
  return { written, params: Object.fromEntries(stored) }
}

/** The files of several models side by side; the first one is the default. */
export function installed(...models: readonly (TestModel & { refines?: string })[]): Map<string, ArrayBuffer> {
  const entries = models.map(({ manifest: { id, name, role, task }, refines }) => ({ id, name, role, refines, style: task.style }))
  const files = new Map(models.flatMap((model) => [...model.files]))
  return files.set('index.json', asJson({ version: MANIFEST_VERSION, default: entries[0]?.id, models: entries }))
}

/** The model with another golden fixture than its files', for tests of the comparison. */
export function withGoldenInputs(model: LoadedModel, inputs: Arrays): LoadedModel {
  return { ...model, golden: { ...model.golden, inputs: { ...model.golden.inputs, ...inputs } } }
}

export function withGoldenFace(model: LoadedModel, change: (values: Float32Array) => Float32Array): LoadedModel {
  const { face } = model.golden.outputs
  if (!face) throw new Error('The model has no golden face.')
  return { ...model, golden: { ...model.golden, outputs: { face: { ...face, values: change(face.values) } } } }
}

export function readFrom(files: ReadonlyMap<string, ArrayBuffer>): ReadFile {
  return async (path, onBytes) => {
    const data = files.get(path)
    if (!data) throw new StudioError('model-not-found', `There is no ${path}.`)
    onBytes?.(data.byteLength)
    return data.slice()
  }
}

export function asJson(value: unknown): ArrayBuffer {
  return new TextEncoder().encode(JSON.stringify(value)).buffer
}

/** Arrays one behind the other, each at a multiple of four bytes. */
export class Fixture {
  private readonly bytes: number[] = []

  add<S extends ArraySpec>(spec: S, values: ArrayBufferView): S & { byteOffset: number } {
    const byteOffset = this.bytes.length
    this.bytes.push(...new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
    while (this.bytes.length % 4 !== 0) this.bytes.push(0)
    return { ...spec, byteOffset }
  }

  get data(): ArrayBuffer {
    return new Uint8Array(this.bytes).buffer
  }
}

function goldenFile(config: Pix2PixHdConfig, params: Params, settings: SketchToFaceSettings) {
  const stride = 4
  const { sizePx } = settings
  const look = encodeLook(settings.look.fields, PRESETS[0]?.look ?? {})
  const arrays = { sketch: crossSketch(sizePx), look, tolerance: Float32Array.from(toleranceVector(GOLDEN_TOLERANCE)) }
  const face = tf.tidy(() => {
    const inputs = sketchToFace.encode(settings, arrays) as { sketch: tf.Tensor4D; look?: tf.Tensor2D }
    const whole = pix2pixHd.forward(config, params, inputs).face
    return tf.stridedSlice(whole, [0, 0, 0, 0], whole.shape, [1, stride, stride, 1]).dataSync()
  })
  const fixture = new Fixture()
  const inputs = Object.entries(sketchToFace.inputs(settings)).map(([name, spec]) => [
    name,
    fixture.add(spec, arrays[name as keyof typeof arrays]),
  ])
  const side = Math.ceil(sizePx / stride)
  const output = fixture.add({ dtype: 'float16', shape: [side, side, 3] }, encodeFloat16(face))
  return { inputs: Object.fromEntries(inputs), outputs: { face: { ...output, stride } }, data: fixture.data }
}
