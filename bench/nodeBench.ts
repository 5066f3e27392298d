/** Passes of the shipped model in Node, on the same inference code as in the browser's worker. */

import * as tf from '@tensorflow/tfjs-core'
import { nodeBackends } from '../src/cli/platform'
import { chooseBackend } from '../src/inference/backends'
import type { LoadedModel } from '../src/inference/loadModel'
import { openFaceSession } from '../src/inference/openSession'
import { type InferenceSession, PLAIN } from '../src/inference/session'
import { networkOf } from '../src/models/networks'
import type { Locality } from '../src/workers/protocol'
import { rounded, type Spread, spread } from './statistics'

export interface NodeReport {
  backend: 'wasm'
  /** From sketch to pixels. */
  passMs: Spread
  /** The same with held statistics. */
  heldPassMs: Spread
  /** From parsed weights to a back end that has passed its self-test. */
  selfTestMs: number
  baselineMs: number
  ratio: number
}

/** A page with one line that moves, so that no two requests are the same. */
function movingLine(sizePx: number, at: number): Uint8ClampedArray<ArrayBuffer> {
  const sketch = new Uint8ClampedArray(sizePx * sizePx).fill(255)
  sketch.fill(0, (at % sizePx) * sizePx, (at % sizePx) * sizePx + sizePx / 2)
  return sketch
}

async function time(repeats: number, once: (i: number) => Promise<unknown>): Promise<Spread> {
  const times: number[] = []
  for (let i = 0; i < repeats; i++) {
    const started = performance.now()
    await once(i)
    times.push(performance.now() - started)
  }
  return spread(times)
}

/** One 3×3 convolution of 256×256×16 to as many channels: 151 million multiply-accumulates that every machine does alike. */
async function baseline(repeats: number): Promise<number> {
  const x = tf.randomNormal<tf.Rank.R4>([1, 258, 258, 16])
  const kernel = tf.randomNormal<tf.Rank.R4>([3, 3, 16, 16])
  const once = async () => {
    const y = tf.conv2d(x, kernel, 1, 'valid')
    await y.data()
    y.dispose()
  }
  await once()
  const { median } = await time(repeats, once)
  tf.dispose([x, kernel])
  return median
}

export async function openSession(model: LoadedModel): Promise<{ session: InferenceSession; selfTestMs: number }> {
  const { session, trials } = await chooseBackend(nodeBackends(), model, { force: 'wasm', exclude: [] }, openFaceSession)
  return { session, selfTestMs: rounded(trials.at(-1)?.elapsedMs ?? Number.NaN) }
}

export async function benchNode(model: LoadedModel, repeats: number): Promise<NodeReport> {
  const { session, selfTestMs } = await openSession(model)
  const { sizePx, look: known } = session.settings
  const look = known.presets[0]?.look ?? {}
  const pass = (locality: Locality) => (i: number) => session.generate({ sketch: movingLine(sizePx, i), look, tolerance: null, locality })
  await pass(PLAIN)(0)
  const passMs = await time(repeats, pass(PLAIN))
  const hold = { id: 'base', sketch: movingLine(sizePx, 0), look }
  await pass({ ...PLAIN, hold })(1)
  const heldPassMs = await time(repeats, pass({ ...PLAIN, hold }))
  const baselineMs = await baseline(repeats)
  session.dispose()
  return { backend: 'wasm', passMs, heldPassMs, selfTestMs, baselineMs, ratio: rounded(passMs.median / baselineMs) }
}

export function macsOf({ manifest, network }: LoadedModel): number {
  return networkOf(network.family).macs(network.config, manifest.task.sizePx)
}
