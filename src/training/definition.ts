/**
 * A method as the studio offers it: what a person can set, which data it learns from, what it can begin as, and how a step is shown its pictures. The method itself
 * (`method.ts`) knows nothing of that. One file in `methods/` has both.
 */

import type { Tensor4D } from '@tensorflow/tfjs-core'
import type { TrainingMethodDescription, TrainingMethodId } from '../workers/trainingProtocol'
import type { Batch, Item, Method, MethodNetwork } from './method'
import type { ShownItem, TrainingPictures } from './pictures'

/** What a method is made with. */
export interface MethodSetup {
  /** By id; those that a person has not set have their defaults. */
  readonly controls: Readonly<Record<string, number>>
  /** Networks of the model that the run begins as, by role; empty from nothing. */
  readonly parent: Readonly<Record<string, MethodNetwork>>
}

/** Of one step. */
export interface StepShown {
  readonly step: number
  readonly seed: number
  /** Samples a step. */
  readonly batch: number
}

export interface MethodDefinition {
  readonly id: TrainingMethodId
  readonly description: Omit<TrainingMethodDescription, 'id'>
  /** Network that a run is for: its average is the model. */
  readonly answers: string
  /** Names that networks have in a model's folder, by the method's own; those that are not there have the same. */
  readonly modelRoles: Readonly<Record<string, string>>
  /** Whether an item has what a step and a sample need of it. */
  fits(item: ShownItem): boolean
  /** What is said where no item has. */
  readonly lacking: string
  /** A step is shown whole faces, never pieces of them. */
  readonly isWhole: boolean
  /** Of the models that it makes. */
  readonly task: string
  /** What trains where only late layers do, by the beginnings of `role.name`. */
  readonly late: readonly string[]
  create(setup: MethodSetup): Method
  /** What a step is shown; a function of data, seed and step alone. The caller disposes of it. */
  batchOf(pictures: TrainingPictures, shown: StepShown): Batch
  /**
   * What the networks make of one held-out item, by the names of the sample grid (`real_A`, `fake_B`, `real_B`, …): `[1, S, S, 1 or 3]` in [-1, 1].
   * @param run a pass through a network as it will be used
   */
  sample(item: ShownItem, run: (role: string, inputs: Item) => Item): Readonly<Record<string, Tensor4D>>
}
