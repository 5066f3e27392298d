/**
 * A loaded model's network on the current TensorFlow.js back end: a task's arrays in, the network's outputs as plain numbers out. Whatever the task is, its
 * golden fixture is compared here.
 */

import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { inferenceLayers, prepareForInference } from '../models/inferenceLayers'
import type { ForwardOptions, Params, Shape } from '../models/network'
import { type AnyNetwork, networkOf } from '../models/networks'
import type { LoadedModel } from './loadModel'
import { type AnyTask, taskOf } from './tasks'
import type { Arrays } from './tasks/task'

/** Thrown to leave a network's `forward` half-way. */
const SEEN_ENOUGH = new Error('The rest of the pass is not needed.')

export class ModelPass {
  readonly model: LoadedModel
  private readonly task: AnyTask
  private readonly network: AnyNetwork
  private readonly params: Params

  /** Puts the model's parameters on the current back end. */
  constructor(model: LoadedModel) {
    this.model = model
    this.task = taskOf(model.manifest.task.id)
    this.network = networkOf(model.network.family)
    const tensors: Record<string, Tensor> = {}
    for (const { name, shape } of model.network.parameters) tensors[name] = tf.tensor(model.params.get(name) as Float32Array, [...shape])
    this.params = prepareForInference(tensors, model.network.parameters)
  }

  /** One pass over a batch of one. */
  async run(arrays: Arrays, options: Omit<ForwardOptions, 'layers'> = {}): Promise<Readonly<Record<string, Float32Array>>> {
    const { manifest, network } = this.model
    const outputs = Object.entries(
      tf.tidy(() => {
        const inputs = this.task.encode(manifest.task, arrays)
        return this.network.forward(network.config, this.params, inputs, { ...options, layers: inferenceLayers })
      }),
    )
    try {
      const values = await Promise.all(outputs.map(([, tensor]) => tensor.data()))
      return Object.fromEntries(outputs.map(([name], i) => [name, values[i] as Float32Array]))
    } finally {
      tf.dispose(outputs.map(([, tensor]) => tensor))
    }
  }

  /**
   * The blocks of a pass, in their order, until `see` says that it has seen enough: what comes after is not computed.
   * @param see what is shown ends with the pass, unless it is kept
   */
  watch(arrays: Arrays, see: (name: string, activation: Tensor4D) => boolean, options: Pick<ForwardOptions, 'norms'> = {}): void {
    const { manifest, network } = this.model
    const onActivation = (name: string, activation: Tensor4D): void => {
      if (!see(name, activation)) throw SEEN_ENOUGH
    }
    try {
      tf.tidy(() => {
        this.network.forward(network.config, this.params, this.task.encode(manifest.task, arrays), {
          ...options,
          onActivation,
          layers: inferenceLayers,
        })
      })
    } catch (reason) {
      // Every `tidy` on the way out has disposed of what was its own.
      if (reason !== SEEN_ENOUGH) throw reason
    }
  }

  /** Largest absolute difference to the golden outputs, in the network's units. Warms every kernel up on the way. */
  async goldenDifference(): Promise<number> {
    const { golden, manifest } = this.model
    const outputs = await this.run(golden.inputs)
    const differences = Object.entries(this.task.outputs(manifest.task)).map(([name, shape]) => {
      const expected = golden.outputs[name]
      return expected ? largestDifference(outputs[name] ?? new Float32Array(), shape, expected) : Number.POSITIVE_INFINITY
    })
    return Math.max(...differences)
  }

  dispose(): void {
    tf.dispose(Object.values(this.params))
  }
}

/**
 * Of an output `[height, width, channels]` against every `stride`-th place of it; of numbers beyond 1 (logits) in terms of their size, to which half precision holds
 * them. A number that is none is infinitely wrong.
 */
function largestDifference(
  output: Float32Array,
  [height = 1, width = 1, channels = 1]: Shape,
  { values, stride }: { values: Float32Array; stride: number },
): number {
  let largest = 0
  let i = 0
  for (let row = 0; row < height; row += stride) {
    for (let column = 0; column < width; column += stride) {
      for (let channel = 0; channel < channels; channel++, i++) {
        const at = (row * width + column) * channels + channel
        const expected = values[i] ?? Number.NaN
        const difference = Math.abs((output[at] ?? Number.NaN) - expected) / Math.max(1, Math.abs(expected))
        if (!(difference <= largest)) largest = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference
      }
    }
  }
  return largest
}
