/**
 * What a request means: named arrays of numbers in, named tensors for a network, its outputs back into an answer. A task stands between the wire, which knows
 * pictures and looks, and networks, which know tensors; a golden fixture holds a task's arrays, so that encoding is tested with it.
 */

import type { Shape, Specs, Tensors } from '../../models/network'

/** Numbers as they lie in a golden fixture; half precision becomes float32 when it is read. */
export type ArrayDtype = 'uint8' | 'float16' | 'float32'
export type NumberArray = Uint8ClampedArray | Float32Array
/** Numbers by name. */
export type Arrays = Readonly<Record<string, NumberArray>>

export interface ArraySpec {
  readonly dtype: ArrayDtype
  readonly shape: Shape
}
export type ArraySpecs = Readonly<Record<string, ArraySpec>>

/** What a network takes and gives in the configuration that a manifest says. */
export interface NetworkFace {
  readonly inputs: Specs
  readonly outputs: Specs
}

/** What a manifest says of every task; each adds its own. */
export interface TaskSettings {
  readonly id: string
  /** Side of the square pictures that go in and come out. */
  readonly sizePx: number
}

/** `S` is what the manifest says, `Q` a request, `A` its answer. */
export interface Task<S extends TaskSettings, Q, A> {
  readonly id: S['id']
  /** The network that a request goes through, by its name in the manifest. */
  readonly network: string
  /** The manifest's `task`, checked against that network; a `StudioError` names the field that is wrong. */
  parseManifest(fields: unknown, network: NetworkFace): S
  /** The arrays that `encode` takes. */
  inputs(settings: S): ArraySpecs
  /** Outputs of one pass: the network's, without the batch. */
  outputs(settings: S): Readonly<Record<string, Shape>>
  /** Refuses a request that does not fit the model, with a sentence. */
  arraysOf(settings: S, request: Q): Arrays
  /** The network's inputs, a batch of one; within a `tidy`. */
  encode(settings: S, arrays: Arrays): Tensors
  /**
   * `null` when a number is not finite, which no working back end gives.
   * @param arrays those of the request
   */
  decode(settings: S, outputs: Arrays, arrays: Arrays): A | null
}
