/** Parameters of a network by name, and the moments of its norms. */

import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core'
import { StudioError } from '../shared/errors'

/** Parameters by name (`residual.3.conv1.kernel`); what a checkpoint holds. */
export type Params = Readonly<Record<string, Tensor>>

/** Mean and biased variance of one norm's input: `[B, 1, 1, C]` each for instance norms, `[1, 1, 1, C]` for batch norms. */
export interface NormMoments {
  mean: Tensor4D
  variance: Tensor4D
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
