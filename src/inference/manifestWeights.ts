/** A network's weights as a manifest lists them: entries that lie within hashed files and are the network's parameters, each once and in its shape. */

import * as v from 'valibot'
import type { ParameterSpec, Shape } from '../models/network'
import { finite, list, object, oneOf, text, wholeNumber } from '../shared/schema'
import { broken, HASHED_FILE, type HashedFile } from './manifestFields'

/** Width of one number on the wire. */
export const DTYPE_BYTES = { float16: 2, float32: 4, int8: 1 } as const
export type WeightDtype = keyof typeof DTYPE_BYTES

export interface WeightEntry {
  readonly name: string
  readonly shape: Shape
  readonly dtype: WeightDtype
  readonly shard: number
  readonly byteOffset: number
  readonly byteLength: number
  /** int8 only: what one step is worth, for each index of the last axis. */
  readonly scale?: readonly number[] | undefined
}

/** A network's parameters in files beside the manifest. */
export interface StoredWeights {
  readonly weights: readonly WeightEntry[]
  readonly shards: readonly HashedFile[]
}

const WEIGHT = object({
  name: text,
  shape: list(wholeNumber(1, 2 ** 20)),
  dtype: oneOf(['float16', 'float32', 'int8']),
  shard: wholeNumber(0, 2 ** 16),
  byteOffset: wholeNumber(0, 2 ** 31),
  byteLength: wholeNumber(1, 2 ** 31),
  scale: v.optional(list(finite)),
})

/** The fields of a network's weights, before `checkWeights`. */
export const STORED_WEIGHTS = { weights: list(WEIGHT), shards: list(HASHED_FILE) }

/** @param place of the network in the manifest (`networks.generator`) */
export function checkWeights({ weights, shards }: StoredWeights, parameters: readonly ParameterSpec[], place: string): void {
  for (const [i, entry] of weights.entries()) checkEntry(entry, shards, `${place}.weights[${i}]`)
  checkParameters(weights, parameters, `${place}.weights`)
}

function checkEntry(
  { shape, dtype, shard, byteOffset, byteLength, scale }: WeightEntry,
  shards: readonly HashedFile[],
  field: string,
): void {
  const file = shards[shard]
  if (!file) broken(`${field}.shard`, `a whole number from 0 to ${shards.length - 1}`)
  const last = file.bytes - byteLength
  if (last < 0) broken(`${field}.byteLength`, `at most ${file.bytes}, the size of its file`)
  if (byteOffset > last) broken(`${field}.byteOffset`, `a whole number from 0 to ${last}`)
  const wanted = shape.reduce((product, n) => product * n, 1) * DTYPE_BYTES[dtype]
  if (byteLength !== wanted) broken(`${field}.byteLength`, `${wanted} for this shape`)
  if (dtype === 'int8' && scale?.length !== shape.at(-1)) broken(`${field}.scale`, 'one number for each index of the last axis')
}

function checkParameters(weights: readonly WeightEntry[], parameters: readonly ParameterSpec[], field: string): void {
  const given = new Map(weights.map((entry) => [entry.name, entry.shape]))
  if (given.size !== weights.length) broken(field, 'free of double names')
  for (const { name, shape } of parameters) {
    const found = given.get(name)
    if (!found) broken(field, `complete ("${name}" is missing)`)
    if (found.join() !== shape.join()) broken(field, `in the configuration's shapes ("${name}" is [${found}], not [${shape}])`)
  }
  if (given.size !== parameters.length) broken(field, 'free of parameters that the configuration does not have')
}
