/**
 * Parameters ↔ files, in the layout that manifests list: shards of at most 4 MB, numbers in 32, 16 or 8 bits, every tensor at a multiple of four bytes.
 * The writer is the twin of `pipeline/weights_file.py`, so that what is trained here can be trained on there.
 */

import type { Shape } from '../models/network'
import { StudioError } from '../shared/errors'
import { sha256Of } from '../shared/sha256'
import { decodeFloat16, encodeFloat16 } from './float16'
import type { HashedFile } from './manifestFields'
import type { StoredWeights, WeightDtype, WeightEntry } from './manifestWeights'

const SHARD_BYTES = 4 * 2 ** 20
const FLOAT16_MAX = 65504
/** Smaller tensors stay in 16 bits: they weigh little, and norms are sensitive. */
const LEAST_QUANTIZED = 4096
/** Of an output channel that is all zeros. */
const LEAST_SCALE = 1e-12

/** One parameter as plain numbers. */
export interface PlainTensor {
  readonly shape: Shape
  readonly values: Float32Array
}

export interface WrittenWeights extends StoredWeights {
  /** By the names in `shards`. */
  readonly files: ReadonlyMap<string, ArrayBuffer>
}

interface WriteOptions {
  /** Of the files' names: `weights` gives `weights-0.bin`, … */
  readonly stem: string
  readonly dtype: WeightDtype
  readonly shardBytes?: number
  readonly leastQuantized?: number
}

/** Rejects with a `StudioError` when a number does not fit its format. */
export async function writeWeights(tensors: Readonly<Record<string, PlainTensor>>, options: WriteOptions): Promise<WrittenWeights> {
  const { stem, dtype, shardBytes = SHARD_BYTES, leastQuantized = LEAST_QUANTIZED } = options
  const shards: Uint8Array[][] = [[]]
  const weights: WeightEntry[] = []
  let length = 0
  for (const [name, tensor] of Object.entries(tensors)) {
    const { bytes, ...form } = encode(name, tensor, dtype, leastQuantized)
    const size = 4 * Math.ceil(bytes.length / 4)
    if (length > 0 && length + size > shardBytes) {
      shards.push([])
      length = 0
    }
    const place = { shard: shards.length - 1, byteOffset: length, byteLength: bytes.length }
    weights.push({ name, shape: tensor.shape, ...form, ...place })
    shards.at(-1)?.push(bytes, new Uint8Array(size - bytes.length))
    length += size
  }
  const files = new Map(shards.map((parts, i) => [`${stem}-${i}.bin`, joined(parts)]))
  return { weights, shards: await Promise.all([...files].map(([file, data]) => describeFile(file, data))), files }
}

/** What a manifest says of a file. */
export async function describeFile(file: string, data: ArrayBuffer): Promise<HashedFile> {
  return { file, bytes: data.byteLength, sha256: await sha256Of(data) }
}

/** One parameter's numbers from its shard. */
export function readWeight({ dtype, byteOffset, byteLength, scale }: WeightEntry, shard: ArrayBuffer): Float32Array {
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

interface Encoded extends Pick<WeightEntry, 'dtype' | 'scale'> {
  bytes: Uint8Array
}

function encode(name: string, { shape, values }: PlainTensor, dtype: WeightDtype, leastQuantized: number): Encoded {
  if (dtype === 'int8' && shape.length >= 2 && values.length > leastQuantized) return quantized(values, shape.at(-1) ?? 1)
  const most = dtype === 'float32' ? Number.MAX_VALUE : FLOAT16_MAX
  // Not `> most`, which a number that is none would pass.
  if (!values.every((value) => Math.abs(value) <= most))
    throw new StudioError(
      'model-broken',
      `"${name}" has a number that is too large or none: the training has diverged. Take an earlier checkpoint.`,
    )
  if (dtype === 'float32') return { dtype, bytes: new Uint8Array(values.slice().buffer) }
  return { dtype: 'float16', bytes: new Uint8Array(encodeFloat16(values).buffer) }
}

/** 8 bits, with one scale for each output channel (last axis). */
function quantized(values: Float32Array, channels: number): Encoded {
  const scale = new Float32Array(channels).fill(LEAST_SCALE)
  values.forEach((value, i) => {
    scale[i % channels] = Math.max(scale[i % channels] ?? 0, Math.abs(value) / 127)
  })
  const steps = Int8Array.from(values, (value, i) => Math.round(value / (scale[i % channels] ?? 1)))
  return { dtype: 'int8', scale: [...scale], bytes: new Uint8Array(steps.buffer) }
}

function joined(parts: readonly Uint8Array[]): ArrayBuffer {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole.buffer
}
