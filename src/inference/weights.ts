/**
 * A model's files → its manifest, its parameters as plain float32 arrays (so that a lost back end needs no second download) and its golden fixture.
 * Files come from an injected reader: `fetch` in the browser, the file system in Node. Every shard is checked against its SHA-256.
 */

import { lookLength } from '../faces/look'
import { TOLERANCE_PARTS, type Tolerance, toleranceOf } from '../faces/tolerance'
import { StudioError } from '../shared/errors'
import { decodeFloat16 } from './float16'
import { type ModelIndex, type ModelManifest, parseIndex, parseManifest } from './manifest'
import type { HashedFile, WeightEntry } from './manifestWeights'

/** Bytes of a file below `models/` (`live/manifest.json`); rejects with a `StudioError` when there is none. */
export type ReadFile = (path: string, onBytes?: (loaded: number) => void) => Promise<ArrayBuffer>

export interface GoldenFixture {
  /** uint8 `[sizePx²]`. */
  sketch: Uint8ClampedArray<ArrayBuffer>
  /** `[lookLength]`. */
  look: Float32Array
  /** `null` for a model without a tolerance map. */
  tolerance: Tolerance | null
  /** `[⌈sizePx / stride⌉², 3]` in [-1, 1]. */
  output: Float32Array
  stride: number
}

export interface LoadedModel {
  manifest: ModelManifest
  arrays: ReadonlyMap<string, Float32Array>
  golden: GoldenFixture
  /** Bytes of weights and fixture on the wire. */
  bytes: number
}

export async function loadIndex(readFile: ReadFile): Promise<ModelIndex> {
  return parseIndex(parseJson(await readFile('index.json'), 'index.json'))
}

/** @param onProgress 0–1 over the bytes of all files */
export async function loadModel(readFile: ReadFile, id: string, onProgress: (fraction: number) => void = () => {}): Promise<LoadedModel> {
  const manifest = parseManifest(parseJson(await readFile(`${id}/manifest.json`), 'manifest.json'))
  const files: HashedFile[] = [...manifest.shards, manifest.golden]
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0)
  const loaded = files.map(() => 0)
  const read = async (file: HashedFile, index: number): Promise<ArrayBuffer> => {
    const report = (bytes: number) => {
      loaded[index] = Math.min(bytes, file.bytes)
      onProgress(loaded.reduce((sum, n) => sum + n, 0) / total)
    }
    const data = await readFile(`${id}/${file.file}`, report)
    report(file.bytes)
    await verify(data, file)
    return data
  }
  const buffers = await Promise.all(files.map(read))
  const arrays = new Map(manifest.weights.map((entry) => [entry.name, decodeWeight(entry, buffers[entry.shard] as ArrayBuffer)]))
  return { manifest, arrays, golden: readGolden(manifest, buffers.at(-1) as ArrayBuffer), bytes: total }
}

function parseJson(data: ArrayBuffer, file: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(data))
  } catch (cause) {
    throw new StudioError('model-broken', `The model file ${file} is not JSON. Install the model again.`, { cause })
  }
}

async function verify(data: ArrayBuffer, { file, bytes, sha256 }: HashedFile): Promise<void> {
  const problem = data.byteLength === bytes ? null : `${data.byteLength} bytes long instead of ${bytes}`
  if (!problem && (await sha256Of(data)) === sha256) return
  throw new StudioError(
    'model-broken',
    `The model file ${file} is damaged (${problem ?? 'its checksum is wrong'}). Reload, or install the model again.`,
  )
}

export async function sha256Of(data: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', data))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

function decodeWeight({ dtype, byteOffset, byteLength, scale }: WeightEntry, shard: ArrayBuffer): Float32Array {
  const bytes = shard.slice(byteOffset, byteOffset + byteLength)
  switch (dtype) {
    case 'float32':
      return new Float32Array(bytes)
    case 'float16':
      return decodeFloat16(new Uint16Array(bytes))
    case 'int8': {
      const integers = new Int8Array(bytes)
      const steps = scale ?? []
      const values = new Float32Array(integers.length)
      // `Float32Array.from` with a function takes a second for a large model, this loop a twentieth of that.
      for (let i = 0; i < values.length; i++) values[i] = (integers[i] as number) * (steps[i % steps.length] ?? 0)
      return values
    }
  }
}

function readGolden({ golden, sizePx, look }: ModelManifest, data: ArrayBuffer): GoldenFixture {
  const count = 3 * Math.ceil(sizePx / golden.output.stride) ** 2
  const part = (byteOffset: number, bytes: number) => data.slice(byteOffset, byteOffset + bytes)
  return {
    sketch: new Uint8ClampedArray(part(golden.sketch.byteOffset, sizePx ** 2)),
    look: new Float32Array(part(golden.look.byteOffset, 4 * lookLength(look.fields))),
    tolerance: golden.tolerance && toleranceOf(new Float32Array(part(golden.tolerance.byteOffset, 4 * TOLERANCE_PARTS.length))),
    output: decodeFloat16(new Uint16Array(part(golden.output.byteOffset, 2 * count))),
    stride: golden.output.stride,
  }
}
