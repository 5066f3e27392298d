/**
 * A model's files → its manifest, its parameters as plain float32 arrays (so that a lost back end needs no second download) and its golden fixture.
 * Files come from an injected reader: `fetch` in the browser, the file system in Node, a database for checkpoints. Each is checked against its SHA-256.
 */

import { StudioError } from '../shared/errors'
import { sha256Of } from '../shared/sha256'
import type { ModelRef } from '../workers/protocol'
import { decodeFloat16 } from './float16'
import { type GoldenArray, type ModelIndex, type ModelManifest, type NetworkEntry, parseIndex, parseManifest } from './manifest'
import { type HashedFile, isModelId } from './manifestFields'
import { taskOf } from './tasks'
import type { Arrays, NumberArray } from './tasks/task'
import { readWeight } from './weightsFile'

/** Bytes of a file of the place where models lie (`live/manifest.json`); rejects with a `StudioError` when there is none. */
export type ReadFile = (path: string, onBytes?: (loaded: number) => void) => Promise<ArrayBuffer>

/** Where models lie: those that came with the studio, and those that were trained on this machine. */
export interface ModelSources {
  readonly shipped: ReadFile
  readonly checkpoints?: ReadFile
}

/** What the task takes, and what its network must make of it. */
export interface GoldenFixture {
  readonly inputs: Arrays
  /** Of height and width every `stride`-th place. */
  readonly outputs: Readonly<Record<string, { readonly values: Float32Array; readonly stride: number }>>
}

/** Parameters by name. */
export type PlainParams = ReadonlyMap<string, Float32Array>

export interface LoadedModel {
  readonly manifest: ModelManifest
  /** The task's network. */
  readonly network: NetworkEntry
  readonly params: PlainParams
  readonly golden: GoldenFixture
  /** Bytes of weights and fixture on the wire. */
  readonly bytes: number
}

export async function loadIndex(readFile: ReadFile): Promise<ModelIndex> {
  return parseIndex(parseJson(await readFile('index.json'), 'index.json'))
}

export async function loadManifest(readFile: ReadFile, id: string): Promise<ModelManifest> {
  return parseManifest(parseJson(await readFile(`${id}/manifest.json`), 'manifest.json'))
}

/** Where a reference leads: a reader, and the model's folder in it. */
export function locate({ shipped, checkpoints }: ModelSources, ref: ModelRef): { readFile: ReadFile; id: string } {
  const [readFile, id] = 'shipped' in ref ? [shipped, ref.shipped] : [checkpoints, ref.checkpoint]
  if (readFile && isModelId(id)) return { readFile, id }
  throw new StudioError('model-not-found', `There is no model "${id.slice(0, 80)}" here. Choose another one.`)
}

/** @param onProgress 0–1 over the bytes of all files */
export async function loadModel(readFile: ReadFile, id: string, onProgress: (fraction: number) => void = () => {}): Promise<LoadedModel> {
  const manifest = await loadManifest(readFile, id)
  const network = manifest.networks[taskOf(manifest.task.id).network] as NetworkEntry
  const files = [...network.shards, manifest.golden]
  const [golden, ...shards] = (await readFiles(readFile, id, files, onProgress)).reverse()
  const params = paramsOf(network, shards.reverse())
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
  return { manifest, network, params, golden: readGolden(manifest, golden as ArrayBuffer), bytes }
}

/** Parameters of any network of a model, such as a discriminator to train on with. */
export async function loadNetwork(readFile: ReadFile, id: string, network: NetworkEntry): Promise<PlainParams> {
  return paramsOf(network, await readFiles(readFile, id, network.shards))
}

function paramsOf({ weights }: NetworkEntry, shards: readonly ArrayBuffer[]): PlainParams {
  return new Map(weights.map((entry) => [entry.name, readWeight(entry, shards[entry.shard] as ArrayBuffer)]))
}

async function readFiles(
  readFile: ReadFile,
  id: string,
  files: readonly HashedFile[],
  onProgress: (fraction: number) => void = () => {},
): Promise<ArrayBuffer[]> {
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0)
  const loaded = files.map(() => 0)
  return Promise.all(
    files.map(async (file, index) => {
      const report = (bytes: number) => {
        loaded[index] = Math.min(bytes, file.bytes)
        onProgress(loaded.reduce((sum, n) => sum + n, 0) / total)
      }
      const data = await readFile(`${id}/${file.file}`, report)
      report(file.bytes)
      await verify(data, file)
      return data
    }),
  )
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

function readGolden({ golden, task: settings }: ModelManifest, data: ArrayBuffer): GoldenFixture {
  const task = taskOf(settings.id)
  const inputs = Object.keys(task.inputs(settings)).map((name) => [name, readArray(golden.inputs[name] as GoldenArray, data)])
  const outputs = Object.keys(task.outputs(settings)).map((name) => {
    const array = golden.outputs[name] as GoldenArray & { stride: number }
    return [name, { values: readArray(array, data), stride: array.stride }]
  })
  return { inputs: Object.fromEntries(inputs), outputs: Object.fromEntries(outputs) }
}

function readArray({ dtype, shape, byteOffset }: GoldenArray, data: ArrayBuffer): NumberArray {
  const count = shape.reduce((product, n) => product * n, 1)
  switch (dtype) {
    case 'uint8':
      return new Uint8ClampedArray(data.slice(byteOffset, byteOffset + count))
    case 'float16':
      return decodeFloat16(new Uint16Array(data.slice(byteOffset, byteOffset + 2 * count)))
    case 'float32':
      return new Float32Array(data.slice(byteOffset, byteOffset + 4 * count))
  }
}
