/**
 * What a network is to the rest of the house, generator or discriminator: a pure function of configuration, parameters and named inputs, with the names,
 * shapes and kinds of all of them. Inference calls `forward` inside `tidy`, training inside `variableGrads`, the parity tests with golden parameters.
 */

import type { Tensor, Tensor1D, Tensor4D } from '@tensorflow/tfjs-core'
import type { Layers } from './layerSet'
import type { NormMoments, Params } from './params'

export { type NormMoments, optionalParam, type Params, param } from './params'

export type Shape = readonly number[]

/**
 * What a parameter is for, and with that its layout: `conv` `[kh, kw, in, out]`, `transposedConv` `[kh, kw, out, in]`, `depthwise` `[kh, kw, channels, 1]`,
 * `dense` `[in, out]`, `vector` `[n]`.
 */
export type ParameterKind = 'conv' | 'transposedConv' | 'depthwise' | 'dense' | 'vector'

/** Where training starts from: drawn from N(0, `deviation`), all ones, or all zeros. */
export type Init = { readonly deviation: number } | 'ones' | 'zeros'

export interface ParameterSpec {
  readonly name: string
  readonly shape: Shape
  readonly kind: ParameterKind
  readonly init: Init
  /** Remembered from pass to pass and never moved by a gradient: what norms know of the batches that they have seen. */
  readonly isBuffer?: true
}

/** Tensors by name. */
export type Tensors = Readonly<Record<string, Tensor>>

/** The shape and range of an input or output; `null` is a dimension that a call chooses. */
export interface TensorSpec {
  readonly shape: readonly (number | null)[]
  readonly range: readonly [number, number]
}

export type Specs = Readonly<Record<string, TensorSpec>>

/**
 * What to do with the statistics of the instance norms, by norm name (`residual.3.norm1`).
 * `collect` writes those of this pass (kept tensors: the map's owner disposes of them);
 * `hold` uses the given ones in place of the instance's own, so that a change can only travel through convolutions.
 */
export type NormStatistics =
  | { readonly kind: 'collect'; readonly into: Map<string, NormMoments> }
  | { readonly kind: 'hold'; readonly from: ReadonlyMap<string, NormMoments> }

/** A pass of training: dropout drops, and batch norms use the batch's own statistics. */
export interface TrainingPass {
  /** Of what dropout drops; the same seed drops the same. */
  readonly seed: number
  /** Told the statistics of every batch norm, from which the trainer keeps the stored ones; to be used before the pass's `tidy` ends. */
  readonly onBatchMoments?: (name: string, moments: NormMoments, count: number) => void
  /** Told the next vector of every spectral norm, by the name of the parameter that it takes the place of; to be used before the pass's `tidy` ends. */
  readonly onPowerIteration?: (name: string, u: Tensor1D) => void
}

export interface ForwardOptions {
  /** How layers are computed: differentiable by default, `inferenceLayers` where speed matters. */
  readonly layers?: Layers
  readonly norms?: NormStatistics
  readonly training?: TrainingPass
  /** Sees every named block's output (`encoder.0`, `residual.4`, …); the tensor must not be disposed of or kept without `tf.keep`. */
  readonly onActivation?: (name: string, activation: Tensor4D) => void
}

export interface Network<C, I extends Tensors, O extends Tensors> {
  readonly family: string
  /**
   * A configuration from outside (a manifest), or a `StudioError` that names the field that is wrong.
   * @param place of the configuration in what was read, for messages
   */
  parseConfig(value: unknown, place?: string): C
  /** In the order in which a checkpoint lists them. */
  parameters(config: C): readonly ParameterSpec[]
  /** Those that a configuration takes; the others may be left out. */
  inputs(config: C): Specs
  outputs(config: C): Specs
  /** Multiply-accumulate operations of one pass over a square picture. */
  macs(config: C, sizePx: number): number
  /** The caller disposes of the outputs; everything else is tidied. */
  forward(config: C, params: Params, inputs: I, options?: ForwardOptions): O
}
