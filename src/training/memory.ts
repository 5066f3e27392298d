/** Tensors that a method keeps from step to step (a history of generated pictures, say); part of every checkpoint. */

import type { Tensor } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'

/** As plain numbers. */
export interface PlainTensor {
  readonly shape: readonly number[]
  readonly values: Float32Array
}

export type PlainMemory = Readonly<Record<string, readonly PlainTensor[]>>

/** What a method sees of it. */
export interface StepMemory {
  /** Empty where nothing is kept. No gradient leads through it. */
  get(name: string): readonly Tensor[]
  /** From now on these: tensors of the pass, or some that were there already. */
  set(name: string, tensors: readonly Tensor[]): void
}

export class Memory implements StepMemory {
  private readonly kept = new Map<string, readonly Tensor[]>()
  private retired: Tensor[] = []

  get(name: string): readonly Tensor[] {
    return this.kept.get(name) ?? []
  }

  set(name: string, tensors: readonly Tensor[]): void {
    const before = this.get(name)
    const next = tensors.map((tensor) => (before.includes(tensor) ? tensor : tf.keep(tf.clone(tensor))))
    this.retired.push(...before.filter((tensor) => !next.includes(tensor)))
    this.kept.set(name, next)
  }

  /** The step is over: what was replaced is given back. */
  settle(): void {
    tf.dispose(this.retired)
    this.retired = []
  }

  async plain(): Promise<PlainMemory> {
    const entries = [...this.kept].map(async ([name, tensors]) => {
      const values = await Promise.all(tensors.map((tensor) => tensor.data()))
      return [name, tensors.map(({ shape }, i) => ({ shape, values: (values[i] as Float32Array).slice() }))] as const
    })
    return Object.fromEntries(await Promise.all(entries))
  }

  recall(memory: PlainMemory): void {
    this.dispose()
    for (const [name, tensors] of Object.entries(memory))
      this.kept.set(
        name,
        tensors.map(({ shape, values }) => tf.tensor(values, [...shape])),
      )
  }

  dispose(): void {
    this.settle()
    for (const tensors of this.kept.values()) tf.dispose([...tensors])
    this.kept.clear()
  }
}
