/** What a stored checkpoint of a run is made of, read by its shape before anything goes on from it: a database outlives the code that wrote it. */

import * as v from 'valibot'
import { StudioError } from '../shared/errors'
import type { RunCheckpoint } from './run'

const params = v.record(v.string(), v.instance(Float32Array))
const byRole = v.record(v.string(), params)
const whole = v.pipe(v.number(), v.integer(), v.minValue(0))
const STATE = v.object({
  step: whole,
  networks: byRole,
  averages: byRole,
  optimizers: v.record(v.string(), v.object({ count: whole, means: params, squares: params })),
})

/** @throws StudioError `model-broken` where it is not what `RunCheckpoint` says */
export function readCheckpoint({ elapsedMs, state }: { readonly elapsedMs: number; readonly state: unknown }): RunCheckpoint {
  const read = v.safeParse(STATE, state)
  if (read.success) return { elapsedMs, trainer: read.output }
  const place = v.getDotPath(read.issues[0])
  throw new StudioError(
    'model-broken',
    `This checkpoint is damaged (${place ?? 'it'} is not as it was written). Go on from an earlier one.`,
  )
}
