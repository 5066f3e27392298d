/**
 * What a model is to the rest of the house: a pure function of configuration, parameters and input, with the shapes of all three.
 * Inference calls `forward` inside `tidy`, training inside `variableGrads`, the parity tests with golden parameters.
 */

import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import { StudioError } from '../shared/errors'
import type { Layers } from './layers'

export type Shape = readonly number[]

/** The shape and range that a model takes or gives; `null` is a dimension that a call chooses. */
export interface TensorSpec {
  name: string
  shape: readonly (number | null)[]
  range: readonly [number, number]
}

/** Parameters by name (`residual.3.conv1.kernel`); what a checkpoint holds. */
export type Params = Readonly<Record<string, Tensor>>

/** Mean and biased variance of one norm's input, `[B, 1, 1, C]` each. */
export interface NormMoments {
  mean: Tensor4D
  variance: Tensor4D
}

/**
 * What to do with the statistics of the instance norms, by norm name (`residual.3.norm1`).
 * `collect` writes those of this pass (kept tensors: the map's owner disposes of them);
 * `hold` uses the given ones in place of the instance's own, so that a change can only travel through convolutions.
 */
export type NormStatistics =
  | { readonly kind: 'collect'; readonly into: Map<string, NormMoments> }
  | { readonly kind: 'hold'; readonly from: ReadonlyMap<string, NormMoments> }

export interface ForwardOptions {
  /** How layers are computed: differentiable by default, `inferenceLayers` where speed matters. */
  layers?: Layers
  norms?: NormStatistics
  /** Sees every named block's output (`encoder.0`, `residual.4`, …); the tensor must not be disposed of or kept without `tf.keep`. */
  onActivation?: (name: string, activation: Tensor4D) => void
}

export interface Model<C> {
  id: string
  defaultConfig: C
  input(config: C): TensorSpec
  output(config: C): TensorSpec
  /** A configuration from outside (a manifest), or a `StudioError` that names what is wrong with it. */
  parseConfig(value: unknown): C
  parameterShapes(config: C): Record<string, Shape>
  /** Multiply-accumulate operations of one pass over a square picture. */
  macs(config: C, sizePx: number): number
  /**
   * @param x `[B, H, W, inputChannels]`
   * @param look `[B, lookLength]`, or null for an unconditioned model
   */
  forward(config: C, params: Params, x: Tensor4D, look: Tensor2D | null, options?: ForwardOptions): Tensor4D
}

/** A parameter by name; a checkpoint that lacks it is broken. */
export function param<T extends Tensor = Tensor>(params: Params, name: string): T {
  const tensor = params[name]
  if (!tensor) throw new StudioError('model-broken', `The model file lacks the parameter "${name}". Install the model again.`)
  return tensor as T
}

/** A parameter that a configuration may leave out. */
export function optionalParam<T extends Tensor = Tensor>(params: Params, name: string): T | null {
  return (params[name] as T | undefined) ?? null
}
