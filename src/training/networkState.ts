/** A network in training: its parameters as tensors that are replaced and never changed, which of them gradients move, and one pass of training. */

import type { Tensor } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import type { ParameterSpec, Tensors } from '../models/network'
import { type AnyNetwork, networkOf } from '../models/networks'
import { StudioError } from '../shared/errors'
import type { MethodNetwork } from './method'

/** A network's parameters as plain numbers, in its own layout. */
export type PlainParams = Readonly<Record<string, Float32Array>>

/** Of what batch norms remember, as in `pipeline/layers.py`. */
const MOMENTUM = 0.1

export class NetworkState {
  private readonly network: AnyNetwork
  private readonly config: unknown
  readonly specs: readonly ParameterSpec[]
  readonly params = new Map<string, Tensor>()

  /** @param start all parameters; left out, they are drawn with `random` (uniform in 0–1) as training from nothing begins */
  constructor({ family, config }: MethodNetwork, role: string, start: PlainParams | null, random: () => number) {
    this.network = networkOf(family)
    this.config = this.network.parseConfig(config, `networks.${role}.config`)
    this.specs = this.network.parameters(this.config)
    for (const spec of this.specs)
      this.params.set(spec.name, tf.tensor(start ? given(spec, start, role) : drawn(spec, random), [...spec.shape]))
  }

  /**
   * One pass of training with some parameters replaced by those under the tape. What norms remember moves on at once, as every later pass of the step sees it.
   * @param remembers whether norms remember it
   * @param retired gets the tensors that were replaced, to be disposed of when the step is over
   */
  run(inputs: Tensors, taped: Tensors, seed: number, retired: Tensor[], remembers = true): Tensors {
    const params = { ...Object.fromEntries(this.params), ...taped }
    const remember = (name: string, value: Tensor): void => {
      if (!remembers) return
      retired.push(this.params.get(name) as Tensor)
      this.params.set(name, tf.keep(tf.clone(value)))
    }
    return this.network.forward(this.config, params, inputs, {
      training: {
        seed,
        onPowerIteration: remember,
        onBatchMoments: (name, { mean, variance }, count) => {
          // Of variances the unbiased one is remembered, as in PyTorch.
          const share = { mean: tf.mul(mean, MOMENTUM), variance: tf.mul(variance, (MOMENTUM * count) / Math.max(1, count - 1)) }
          for (const [what, now] of Object.entries(share)) {
            const before = this.params.get(`${name}.${what}`) as Tensor
            remember(`${name}.${what}`, tf.add(tf.mul(before, 1 - MOMENTUM), tf.reshape(now, before.shape)))
          }
        },
      },
    })
  }

  /** One pass outside training. @param instead parameters to be used in place of its own */
  answer(inputs: Tensors, instead: Tensors): Tensors {
    return this.network.forward(this.config, { ...Object.fromEntries(this.params), ...instead }, inputs)
  }

  replace(name: string, value: Tensor): void {
    this.params.get(name)?.dispose()
    this.params.set(name, value)
  }

  async plain(): Promise<PlainParams> {
    return plainOf(this.params)
  }

  dispose(): void {
    tf.dispose([...this.params.values()])
    this.params.clear()
  }
}

export async function plainOf(tensors: ReadonlyMap<string, Tensor>): Promise<PlainParams> {
  const values = await Promise.all([...tensors].map(async ([name, value]) => [name, (await value.data()).slice() as Float32Array] as const))
  return Object.fromEntries(values)
}

function given({ name, shape }: ParameterSpec, start: PlainParams, role: string): Float32Array {
  const values = start[name]
  if (values?.length === sizeOf(shape)) return values
  throw new StudioError(
    'model-broken',
    `The start of the training lacks "${name}" of the ${role}, or has it in another size. Start from another model.`,
  )
}

const sizeOf = (shape: readonly number[]) => shape.reduce((product, n) => product * n, 1)

function drawn({ shape, init }: ParameterSpec, random: () => number): Float32Array {
  const values = new Float32Array(sizeOf(shape))
  if (init === 'zeros') return values
  return init === 'ones' ? values.fill(1) : values.map(() => init.deviation * normal(random))
}

/** Box and Muller 1958. */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}
