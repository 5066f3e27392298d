/** How long a run will take, measured: a few steps of each of its parts, of which nothing is kept. */

import * as tf from '@tensorflow/tfjs-core'
import type { TrainingEstimate, TrainingHost, TrainingOptions } from '../workers/trainingProtocol'
import { disposeBatch, type Method } from './method'
import type { TrainingPlatform } from './ports'
import { type Prepared, prepare } from './prepare'

/** The first step compiles and allocates. */
const WARM_UP = 1
const MEASURED = 3

export async function estimateOf(platform: TrainingPlatform, options: TrainingOptions, host: TrainingHost): Promise<TrainingEstimate> {
  let peakBytes = 0
  const onPart = () => {
    peakBytes = Math.max(peakBytes, tf.memory().numBytes)
  }
  const prepared = await prepare(platform, options, host, { observer: { onPart } })
  try {
    const parts = partsOf(prepared.trainer.method, options.steps)
    const limitMs = options.trainingMs ?? Number.POSITIVE_INFINITY
    let [totalMs, steps] = [0, 0]
    for (const { from, count } of parts) {
      const stepMs = await stepMsAt(prepared, from, platform.now)
      const fits = Math.min(count, Math.floor((limitMs - totalMs) / stepMs))
      totalMs += fits * stepMs
      steps += fits
      if (fits < count) break
    }
    return { backend: prepared.backend, stepMs: totalMs / Math.max(1, steps), totalMs, steps, peakBytes }
  } finally {
    prepared.trainer.dispose()
  }
}

/** Parts of a run whose steps cost the same: those in which the same groups move. */
function partsOf(method: Method, steps: number): { from: number; count: number }[] {
  const groups = Object.keys(method.groups)
  const moving = (step: number) => groups.filter((group) => method.moves(group, step)).join()
  const parts: { from: number; count: number }[] = []
  for (let step = 0; step < steps; step++) {
    const last = parts.at(-1)
    if (last && moving(step) === moving(last.from)) last.count++
    else parts.push({ from: step, count: 1 })
  }
  return parts
}

async function stepMsAt({ definition, trainer, pictures, options }: Prepared, step: number, now: () => number): Promise<number> {
  const times: number[] = []
  trainer.skipTo(step)
  for (let i = 0; i < WARM_UP + MEASURED; i++) {
    const began = now()
    const batch = definition.batchOf(pictures, { step, seed: options.seed, batch: options.batch })
    await trainer.train(batch)
    disposeBatch(batch)
    if (i >= WARM_UP) times.push(now() - began)
  }
  return times.sort((a, b) => a - b)[MEASURED >> 1] as number
}
