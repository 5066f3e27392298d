/** What a stored checkpoint of a run is made of, read by its shape before anything goes on from it: a database outlives the code that wrote it. */

import * as v from 'valibot'
import { FAMILIES } from '../models/networks'
import { StudioError } from '../shared/errors'
import type { TrainingOptions } from '../workers/trainingProtocol'
import type { MethodNetwork } from './method'
import { readOptions } from './options'
import type { RunCheckpoint } from './run'

const params = v.record(v.string(), v.instance(Float32Array))
const byRole = v.record(v.string(), params)
const whole = v.pipe(v.number(), v.integer(), v.minValue(0))
const STATE = v.object({
  step: whole,
  networks: byRole,
  averages: byRole,
  optimizers: v.record(v.string(), v.object({ counts: v.record(v.string(), whole), means: params, squares: params })),
  memory: v.optional(v.record(v.string(), v.array(v.object({ shape: v.array(whole), values: v.instance(Float32Array) }))), {}),
})

/** @throws StudioError `model-broken` where it is not what `RunCheckpoint` says */
export function readCheckpoint({ elapsedMs, state }: { readonly elapsedMs: number; readonly state: unknown }): RunCheckpoint {
  const read = v.safeParse(STATE, state)
  if (read.success) return { elapsedMs, trainer: read.output }
  throw damaged(v.getDotPath(read.issues[0]))
}

/** What stands beside the numbers: what the run was told, and which networks it has. */
export interface CheckpointConfiguration {
  readonly options: TrainingOptions
  readonly networks: Readonly<Record<string, MethodNetwork>>
}

const CONFIGURATION = v.object({
  options: v.unknown(),
  networks: v.record(v.string(), v.object({ family: v.picklist(FAMILIES), config: v.unknown() })),
})

/** @throws StudioError `model-broken` or `bad-request` where it is not what `CheckpointConfiguration` says */
export function readConfiguration(configuration: unknown): CheckpointConfiguration {
  const read = v.safeParse(CONFIGURATION, configuration)
  if (!read.success) throw damaged(v.getDotPath(read.issues[0]))
  return { options: readOptions(read.output.options), networks: read.output.networks }
}

const damaged = (place: string | null) =>
  new StudioError('model-broken', `This checkpoint is damaged (${place ?? 'it'} is not as it was written). Go on from an earlier one.`)
