/**
 * Networks that were trained here → the files of a model's folder, in the form of `public/models`: manifest, weights in 16 bits, a golden fixture by the weights as
 * stored, a card. Twin: `pipeline/export.py`. Made on the current TensorFlow.js back end.
 */

import type { Tensor4D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import type { Shape } from '../models/network'
import { type NetworkFamily, networkOf } from '../models/networks'
import { StudioError } from '../shared/errors'
import { encodeFloat16 } from './float16'
import { loadModel, loadNetwork, type ReadFile } from './loadModel'
import { MANIFEST_VERSION, type ModelManifest, parseManifest } from './manifest'
import type { StoredWeights } from './manifestWeights'
import { taskOf } from './tasks'
import type { ArraySpec, Arrays, NumberArray } from './tasks/task'
import { describeFile, type PlainTensor, readWeight, writeWeights } from './weightsFile'

/** Of height and width every fourth place is kept of a golden output. */
const STRIDE = 4

export interface NetworkToWrite {
  readonly family: string
  readonly config: unknown
  readonly params: Readonly<Record<string, Float32Array>>
}

export interface ModelToWrite {
  readonly id: string
  readonly name: string
  readonly role: string
  /** As a manifest says it. */
  readonly task: Readonly<Record<string, unknown>>
  readonly networks: Readonly<Record<string, NetworkToWrite>>
  /** Of the task: what the golden fixture is made of. */
  readonly example: Arrays
  readonly card: string
}

interface WrittenNetwork extends StoredWeights {
  readonly family: string
  readonly config: unknown
}

/** By their names in the folder. */
export type ModelFiles = ReadonlyMap<string, ArrayBuffer>

/** Rejects with a `StudioError` where a number is none, or the networks do not fit the task. */
export async function writeModel(model: ModelToWrite): Promise<ModelFiles> {
  const files = new Map<string, ArrayBuffer>()
  const networks: Record<string, WrittenNetwork> = {}
  for (const [role, { family, config, params }] of Object.entries(model.networks)) {
    const written = await writeWeights(tensorsOf(role, family, config, params), { stem: role, dtype: 'float16' })
    networks[role] = { family, config, weights: written.weights, shards: written.shards }
    for (const [file, data] of written.files) files.set(file, data)
  }
  const { id, name, role, task } = model
  const golden = goldenOf(model, networks, files)
  files.set('golden.bin', golden.data)
  const described = { ...(await describeFile('golden.bin', golden.data)), inputs: golden.inputs, outputs: golden.outputs }
  const manifest = { version: MANIFEST_VERSION, id, name: { en: name }, role, task, networks, golden: described, card: 'card.md' }
  // What is read again is what was meant.
  parseManifest(JSON.parse(JSON.stringify(manifest)))
  const text = (value: string) => new TextEncoder().encode(value).buffer
  files.set('manifest.json', text(`${JSON.stringify(manifest)}\n`))
  files.set('card.md', text(model.card))
  return files
}

function tensorsOf(role: string, family: string, config: unknown, params: NetworkToWrite['params']): Record<string, PlainTensor> {
  const network = networkOf(family as NetworkFamily)
  const specs = network.parameters(network.parseConfig(config, `networks.${role}.config`))
  return Object.fromEntries(
    specs.map(({ name, shape }) => {
      const values = params[name]
      if (!values) throw new StudioError('model-broken', `The ${role} lacks the parameter "${name}". Train the run on, then save it again.`)
      return [name, { shape, values }]
    }),
  )
}

type ArrayEntry = ArraySpec & { readonly byteOffset: number }

interface Golden {
  readonly data: ArrayBuffer
  readonly inputs: Readonly<Record<string, ArrayEntry>>
  readonly outputs: Readonly<Record<string, ArrayEntry & { readonly stride: number }>>
}

/** What the network makes of the example, by its weights as they are stored. */
function goldenOf({ task: fields, example }: ModelToWrite, networks: Readonly<Record<string, WrittenNetwork>>, files: ModelFiles): Golden {
  const task = taskOf(fields.id as Parameters<typeof taskOf>[0])
  const entry = networks[task.network]
  if (!entry) throw new StudioError('model-broken', `The model has no "${task.network}", which its task needs.`)
  const network = networkOf(entry.family as NetworkFamily)
  const config = network.parseConfig(entry.config, `networks.${task.network}.config`)
  const settings = task.parseManifest(fields, { inputs: network.inputs(config), outputs: network.outputs(config) })
  const shards = entry.shards.map(({ file }) => files.get(file) as ArrayBuffer)
  let outputs: (readonly [string, { shape: Shape; values: Float32Array }])[] = []
  tf.tidy(() => {
    const params = Object.fromEntries(
      entry.weights.map((weight) => [weight.name, tf.tensor(readWeight(weight, shards[weight.shard] as ArrayBuffer), [...weight.shape])]),
    )
    const made = network.forward(config, params, task.encode(settings, example))
    outputs = Object.keys(task.outputs(settings)).map((name) => [name, sampled(made[name] as Tensor4D)])
  })
  const file = new FixtureFile()
  const inputs = Object.entries(task.inputs(settings)).map(([name, spec]) => [name, file.add(spec, bytesOf(spec, example[name]))] as const)
  const written = outputs.map(([name, { shape, values }]) => {
    const placed = file.add({ dtype: 'float16', shape }, new Uint8Array(encodeFloat16(values).buffer))
    return [name, { ...placed, stride: STRIDE }] as const
  })
  return { data: file.data(), inputs: Object.fromEntries(inputs), outputs: Object.fromEntries(written) }
}

/** Every fourth place of a batch of one. */
function sampled(output: Tensor4D): { shape: Shape; values: Float32Array } {
  const places = tf.stridedSlice(output, [0, 0, 0, 0], output.shape, [1, STRIDE, STRIDE, 1])
  return { shape: places.shape.slice(1), values: places.dataSync() as Float32Array }
}

function bytesOf({ dtype }: ArraySpec, values: NumberArray | undefined): Uint8Array {
  if (!values) throw new StudioError('internal', 'The example of the golden fixture lacks an array.')
  if (dtype === 'uint8') return Uint8Array.from(values)
  if (dtype === 'float16') return new Uint8Array(encodeFloat16(Float32Array.from(values)).buffer)
  return new Uint8Array(Float32Array.from(values).buffer)
}

/** Arrays one after another, each at a multiple of four bytes. */
class FixtureFile {
  private readonly parts: Uint8Array[] = []
  private length = 0

  add(spec: ArraySpec, bytes: Uint8Array): ArrayEntry {
    const entry = { ...spec, byteOffset: this.length }
    const gap = new Uint8Array(-bytes.length & 3)
    this.parts.push(bytes, gap)
    this.length += bytes.length + gap.length
    return entry
  }

  data(): ArrayBuffer {
    const whole = new Uint8Array(this.length)
    let at = 0
    for (const part of this.parts) {
      whole.set(part, at)
      at += part.length
    }
    return whole.buffer
  }
}

export interface ParentFiles {
  readonly manifest: ModelManifest
  /** The task as the manifest says it. */
  readonly task: Readonly<Record<string, unknown>>
  readonly networks: Readonly<Record<string, NetworkToWrite>>
  readonly example: Arrays
}

/** Everything of a model that a training begins as: all its networks, not only the one that answers. */
export async function readParent(readFile: ReadFile, id: string): Promise<ParentFiles> {
  const { manifest, golden } = await loadModel(readFile, id)
  const raw = JSON.parse(new TextDecoder().decode(await readFile(`${id}/manifest.json`))) as { task: Record<string, unknown> }
  const networks = await Promise.all(
    Object.entries(manifest.networks).map(async ([role, network]) => {
      const params = Object.fromEntries(await loadNetwork(readFile, id, network))
      return [role, { family: network.family, config: network.config, params }] as const
    }),
  )
  return { manifest, task: raw.task, networks: Object.fromEntries(networks), example: golden.inputs }
}
