/** Weights as a manifest lists them: parsed JSON → entries that lie within hashed files and have a network's parameters, each once and in its shape. */

import type { Shape } from '../models/model'
import { array, broken, type Fields, fileName, finite, matching, object, text, wholeNumber } from './manifestFields'

/** Width of one number on the wire. */
export const DTYPE_BYTES = { float16: 2, float32: 4, int8: 1 } as const
export type WeightDtype = keyof typeof DTYPE_BYTES

export interface WeightEntry {
  name: string
  shape: Shape
  dtype: WeightDtype
  shard: number
  byteOffset: number
  byteLength: number
  /** int8 only: what one step is worth, for each index of the last axis. */
  scale: readonly number[] | null
}

/** A file beside the manifest, with what its bytes must hash to. */
export interface HashedFile {
  file: string
  bytes: number
  sha256: string
}

/** A network's parameters in files beside the manifest. */
export interface StoredWeights {
  weights: readonly WeightEntry[]
  shards: readonly HashedFile[]
}

/** @param prefix of the fields' names in messages */
export function parseStoredWeights(fields: Fields, shapes: Record<string, Shape>, prefix = ''): StoredWeights {
  const shards = array(fields.shards, `${prefix}shards`).map((shard, i) => parseHashedFile(shard, `${prefix}shards[${i}]`))
  const weights = array(fields.weights, `${prefix}weights`).map((entry, i) => parseWeight(entry, `${prefix}weights[${i}]`, shards))
  checkParameters(weights, shapes, `${prefix}weights`)
  return { weights, shards }
}

export function parseHashedFile(value: unknown, field: string): HashedFile {
  const file = object(value, field)
  return {
    file: fileName(file.file, `${field}.file`),
    bytes: wholeNumber(file.bytes, 1, 2 ** 31, `${field}.bytes`),
    sha256: matching(file.sha256, /^[0-9a-f]{64}$/, `${field}.sha256`),
  }
}

function parseWeight(value: unknown, field: string, shards: readonly HashedFile[]): WeightEntry {
  const entry = object(value, field)
  const shape = array(entry.shape, `${field}.shape`).map((n) => wholeNumber(n, 1, 2 ** 20, `${field}.shape`))
  const dtype = entry.dtype
  if (dtype !== 'float16' && dtype !== 'float32' && dtype !== 'int8') broken(`${field}.dtype`, 'float16, float32 or int8')
  const shard = wholeNumber(entry.shard, 0, shards.length - 1, `${field}.shard`)
  const byteLength = wholeNumber(entry.byteLength, 1, 2 ** 31, `${field}.byteLength`)
  const byteOffset = wholeNumber(entry.byteOffset, 0, (shards[shard]?.bytes ?? 0) - byteLength, `${field}.byteOffset`)
  const count = shape.reduce((product, n) => product * n, 1)
  if (byteLength !== count * DTYPE_BYTES[dtype]) broken(`${field}.byteLength`, `${count * DTYPE_BYTES[dtype]} for this shape`)
  const scale = dtype === 'int8' ? array(entry.scale, `${field}.scale`).map((n) => finite(n, `${field}.scale`)) : null
  if (scale && scale.length !== shape.at(-1)) broken(`${field}.scale`, 'one number for each index of the last axis')
  return { name: text(entry.name, `${field}.name`), shape, dtype, shard, byteOffset, byteLength, scale }
}

/** The weights are the network's parameters, each once and in its shape. */
function checkParameters(weights: readonly WeightEntry[], shapes: Record<string, Shape>, field: string): void {
  const given = new Map(weights.map((entry) => [entry.name, entry.shape]))
  if (given.size !== weights.length) broken(field, 'free of double names')
  for (const [name, shape] of Object.entries(shapes)) {
    const found = given.get(name)
    if (!found) broken(field, `complete ("${name}" is missing)`)
    if (found.join() !== shape.join()) broken(field, `in the configuration's shapes ("${name}" is [${found}], not [${shape}])`)
  }
  if (given.size !== Object.keys(shapes).length) broken(field, 'free of parameters that the configuration does not have')
}
