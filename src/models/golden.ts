/**
 * `tests/golden/*.json` as the pipeline writes them for a network: configuration, parameters and inputs, and what the PyTorch twin makes of them. Only tests
 * read them.
 */

import type { Tensor } from '@tensorflow/tfjs-core'
import { tensor } from '@tensorflow/tfjs-core'
import type { Params } from './network'

/** float32, little endian, base64. */
export interface GoldenTensor {
  shape: number[]
  data: string
}

export type GoldenTensors = Record<string, GoldenTensor>

export interface GoldenPass {
  /** Blocks' outputs by name. */
  activations: GoldenTensors
  outputs: GoldenTensors
  /** The mean square of every output, summed, with its gradients. */
  meanSquare?: { value: number; inputs: GoldenTensors; params: GoldenTensors }
}

export interface GoldenNetwork {
  family: string
  config: unknown
  params: GoldenTensors
  inputs: GoldenTensors
  inference: GoldenPass
  /** With batch statistics and nothing dropped. */
  training?: GoldenPass
}

export function readGolden(text: string): GoldenNetwork {
  return JSON.parse(text) as GoldenNetwork
}

export function decodeGolden<T extends Tensor>({ shape, data }: GoldenTensor): T {
  const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0))
  return tensor(new Float32Array(bytes.buffer), shape) as T
}

export function decodeAll(tensors: Readonly<GoldenTensors>): Params {
  return Object.fromEntries(Object.entries(tensors).map(([name, golden]) => [name, decodeGolden(golden)]))
}
