/** For tests: a tiny generator with random weights, as the files that the pipeline would write, in memory. */

import * as tf from '@tensorflow/tfjs-core'
import { encodeLook, type LookField, type LookPreset, lookLength } from '../faces/look'
import { MAX_TOLERANCE_PX, type Tolerance, toleranceMap, toleranceVector } from '../faces/tolerance'
import { pix2pixHd } from '../models/generators/pix2pixHd'
import { LIVE_CONFIG, type Pix2PixHdConfig } from '../models/generators/pix2pixHdConfig'
import { randomParams, selectBackend } from '../models/testSupport'
import { StudioError } from '../shared/errors'
import type { ModelRole } from '../workers/protocol'
import { encodeFloat16 } from './float16'
import { MANIFEST_VERSION } from './manifest'
import type { WeightDtype } from './manifestWeights'
import { inputTensor } from './pixels'
import { type ReadFile, sha256Of } from './weights'

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

/** A manifest as it is written, so that tests can break it. */
export interface WrittenManifest {
  version: number
  config: Record<string, unknown>
  weights: Record<string, unknown>[]
  shards: { file: string; bytes: number; sha256: string }[]
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
  const params = randomParams(pix2pixHd.parameterShapes(config), 42)
  const { entries, shards } = await packWeights(params, dtype)
  const golden = goldenBytes(config, decodedParams(params, dtype), sizePx)
  const files = new Map<string, ArrayBuffer>([[`${id}/golden.bin`, golden.data]])
  for (const [i, shard] of shards.entries()) files.set(`${id}/weights-${i}.bin`, shard)
  const name = { en: 'Tiny', zh: '微型' }
  const manifest: WrittenManifest = {
    version: MANIFEST_VERSION,
    id,
    name,
    role,
    family: 'pix2pixHd',
    sizePx,
    config: { ...config },
    weights: entries,
    shards: await Promise.all(shards.map((data, i) => hashed(`weights-${i}.bin`, data))),
    look: { fields: config.lookLength > 0 ? FIELDS : [], presets: PRESETS },
    ...(config.inputChannels === 2 && { tolerance: { maxPx: MAX_TOLERANCE_PX, defaults: TOLERANCE_DEFAULTS } }),
    golden: { ...(await hashed('golden.bin', golden.data)), ...golden.offsets },
    card: 'card.md',
  }
  const rewrite = () => files.set(`${id}/manifest.json`, asJson(manifest))
  rewrite()
  files.set('index.json', asJson({ version: MANIFEST_VERSION, default: id, models: [{ id, name, role }] }))
  return { files, manifest, rewrite, readFile: readFrom(files) }
}

/** The files of several models side by side; the first one is the default. */
export function installed(...models: readonly (TestModel & { refines?: string })[]): Map<string, ArrayBuffer> {
  const entries = models.map(({ manifest: { id, name, role }, refines }) => ({ id, name, role, refines }))
  const files = new Map(models.flatMap((model) => [...model.files]))
  return files.set('index.json', asJson({ version: MANIFEST_VERSION, default: entries[0]?.id, models: entries }))
}

export function readFrom(files: ReadonlyMap<string, ArrayBuffer>): ReadFile {
  return async (path, onBytes) => {
    const data = files.get(path)
    if (!data) throw new StudioError('model-not-found', `There is no ${path}.`)
    onBytes?.(data.byteLength)
    return data.slice()
  }
}

function asJson(value: unknown): ArrayBuffer {
  return new TextEncoder().encode(JSON.stringify(value)).buffer
}

async function hashed(file: string, data: ArrayBuffer) {
  return { file, bytes: data.byteLength, sha256: await sha256Of(data) }
}

/** Weights as the pipeline writes them, in two shards so that the shard index matters. */
async function packWeights(params: Record<string, tf.Tensor>, dtype: WeightDtype) {
  const shards: number[][] = [[], []]
  const entries = Object.entries(params).map(([name, tensor], i) => {
    const scale = dtype === 'int8' ? int8Scales(tensor) : undefined
    const bytes = encodeWeights(tensor.dataSync() as Float32Array, dtype, scale)
    const shard = shards[i % 2] as number[]
    while (shard.length % 4 !== 0) shard.push(0)
    const entry = {
      name,
      shape: tensor.shape,
      dtype,
      shard: i % 2,
      byteOffset: shard.length,
      byteLength: bytes.length,
      ...(scale && { scale }),
    }
    shard.push(...bytes)
    return entry
  })
  return { entries, shards: shards.map((bytes) => new Uint8Array(bytes).buffer) }
}

function int8Scales(tensor: tf.Tensor): number[] {
  const last = tensor.shape.at(-1) ?? 1
  const scales = new Array<number>(last).fill(1e-12)
  tensor.dataSync().forEach((value, i) => {
    scales[i % last] = Math.max(scales[i % last] ?? 0, Math.abs(value) / 127)
  })
  return scales
}

function encodeWeights(values: Float32Array, dtype: WeightDtype, scale: number[] | undefined): Uint8Array {
  if (dtype === 'float32') return new Uint8Array(values.slice().buffer)
  if (dtype === 'float16') return new Uint8Array(encodeFloat16(values).buffer)
  const steps = Int8Array.from(values, (value, i) => Math.round(value / (scale?.[i % scale.length] ?? 1)))
  return new Uint8Array(steps.buffer)
}

/** What the parameters are after their way through the file: float32 and float16 as rounded, int8 as quantised. */
function decodedParams(params: Record<string, tf.Tensor>, dtype: WeightDtype): Record<string, tf.Tensor> {
  if (dtype !== 'int8') return params
  return Object.fromEntries(
    Object.entries(params).map(([name, tensor]) => {
      const scale = int8Scales(tensor)
      const values = tensor
        .dataSync()
        .map((value, i) => Math.round(value / (scale[i % scale.length] ?? 1)) * (scale[i % scale.length] ?? 1))
      return [name, tf.tensor(values, tensor.shape)]
    }),
  )
}

function goldenBytes(config: Pix2PixHdConfig, params: Record<string, tf.Tensor>, sizePx: number) {
  const stride = 4
  const sketch = crossSketch(sizePx)
  const look = config.lookLength > 0 ? encodeLook(FIELDS, PRESETS[0]?.look ?? {}) : new Float32Array(0)
  const tolerance = config.inputChannels === 2 ? GOLDEN_TOLERANCE : null
  const map = tolerance && toleranceMap(tolerance, sizePx)
  const side = Math.ceil(sizePx / stride)
  const face = tf.tidy(() => {
    const whole = pix2pixHd.forward(
      config,
      params,
      inputTensor(sketch, map, sizePx),
      look.length ? tf.tensor2d(look, [1, look.length]) : null,
    )
    return tf.stridedSlice(whole, [0, 0, 0, 0], whole.shape, [1, stride, stride, 1]).dataSync()
  })
  if (face.length !== 3 * side * side) throw new Error('The golden face has an unexpected size.')
  const vector = new Float32Array(tolerance ? toleranceVector(tolerance) : [])
  const parts = [sketch, look, vector, encodeFloat16(face)].map(({ buffer }) => new Uint8Array(buffer))
  const data = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  const starts: number[] = []
  let offset = 0
  for (const part of parts) {
    data.set(part, offset)
    starts.push(offset)
    offset += part.length
  }
  const [sketchAt, lookAt, toleranceAt, outputAt] = starts
  return {
    data: data.buffer,
    offsets: {
      sketch: { byteOffset: sketchAt },
      look: { byteOffset: lookAt },
      ...(tolerance && { tolerance: { byteOffset: toleranceAt } }),
      output: { byteOffset: outputAt, stride },
    },
  }
}
