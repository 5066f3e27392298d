/**
 * What training knows of a method: its networks, which optimiser moves which of them, and its losses. Twin: `pipeline/methods/method.py`. The trainer does the
 * rest: passes, gradients, optimisers, averages, checkpoints. Once a step, for each group in the order of `groups`, it asks `losses`; what that returns is summed,
 * differentiated and reported by its names.
 */

import type { Scalar, Tensor } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import type { NetworkFamily } from '../models/networks'
import type { StepMemory } from './memory'

/** Of one source: tensors by name, the first axis the samples. */
export type Item = Readonly<Record<string, Tensor>>

/** By source. A source that a step does without is not there. */
export type Batch = Readonly<Record<string, Item>>

export function disposeBatch(batch: Batch): void {
  tf.dispose(Object.values(batch).flatMap((item) => Object.values(item)))
}

export interface MethodNetwork {
  readonly family: NetworkFamily
  readonly config: unknown
}

/** What the losses of one group in one step are computed with. */
export interface StepPass {
  readonly step: number
  /** Uniform in 0–1. It begins anew for every group of a step, so that what groups share they draw alike. */
  readonly random: () => number
  /** What the method keeps from step to step. */
  readonly memory: StepMemory
  /** A pass of training through a network. Gradients reach the parameters of the group alone. */
  readonly run: (role: string, inputs: Item) => Item
  /** The same, and norms do not remember it: for what another group of the step passes through as well. */
  readonly glance: (role: string, inputs: Item) => Item
}

export interface Method {
  readonly id: string
  readonly networks: Readonly<Record<string, MethodNetwork>>
  /** Optimiser → the networks that it moves. */
  readonly groups: Readonly<Record<string, readonly string[]>>
  /** Optimiser → learning rate at its full height. */
  readonly rates: Readonly<Record<string, number>>
  /** Optimiser → Adam's betas. */
  readonly betas: Readonly<Record<string, readonly [number, number]>>
  /** Networks whose moving average is kept: that is what a run is for. */
  readonly averages: readonly string[]
  /** Whether the group takes part in this step. */
  moves(group: string, step: number): boolean
  /** Networks of the group that the step's losses reach, where those are not all of them: the others rest, and their optimiser with them. */
  rolesAt?(group: string, step: number): readonly string[]
  /** Each already weighted, at least one. Called inside `tidy` and under the gradient's tape. */
  losses(group: string, batch: Batch, pass: StepPass): Readonly<Record<string, Scalar>>
}
