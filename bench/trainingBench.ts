/** One step of training of each method, on wasm in Node: how long, with which shares, and how much memory its tensors take at most. */

import * as tf from '@tensorflow/tfjs-core'
import { nodeBackends } from '../src/cli/platform'
import { NO_AUGMENTATION } from '../src/shared/augment'
import { mulberry32 } from '../src/shared/rng'
import { disposeBatch } from '../src/training/method'
import { definitionOf, methodOf } from '../src/training/methods'
import type { TrainingPictures } from '../src/training/pictures'
import { registerTraining } from '../src/training/registerTraining'
import { type StepPart, Trainer } from '../src/training/trainer'
import { mean, rounded, type Spread, spread } from './statistics'

interface TrainingCase {
  sizePx: number
  /** Of the generator: all, or those after the residual blocks. */
  layers: 'all' | 'late'
  /** Width of the generator. */
  ngf: number
}

interface CaseReport extends TrainingCase {
  method: string
  stepMs: Spread
  /** Of a step's time, 0–1. */
  shares: Record<'forward' | 'backward' | 'update', number>
  /** Of tensors that are alive when the forward pass is over, which a tape keeps. */
  peakBytes: number
}

/** One pair and one photo a step, with all losses; widths as the pipeline trains them. */
const CASES: readonly TrainingCase[] = [
  { sizePx: 64, layers: 'late', ngf: 16 },
  { sizePx: 64, layers: 'all', ngf: 16 },
  { sizePx: 128, layers: 'late', ngf: 16 },
]
const LATE = ['generator.up', 'generator.output', 'textureDiscriminator', 'surfaceDiscriminator']
const SETTINGS = { seed: 1, steps: 1000, decayFrom: 1, averageDecay: 0.999 }

export async function benchTraining(repeats: number, cases = CASES): Promise<{ backend: 'wasm'; cases: CaseReport[] }> {
  await nodeBackends().wasm?.(false)
  registerTraining()
  await tf.setBackend('wasm')
  const reports: CaseReport[] = []
  for (const one of cases) reports.push(await benchCase(one, repeats))
  return { backend: 'wasm', cases: reports }
}

async function benchCase(one: TrainingCase, repeats: number): Promise<CaseReport> {
  const spent = { forward: 0, backward: 0, update: 0 }
  let [last, peakBytes] = [0, 0]
  const onPart = (_: string, part: StepPart) => {
    const now = performance.now()
    spent[part === 'gradients' ? 'backward' : part] += now - last
    last = now
    peakBytes = Math.max(peakBytes, tf.memory().numBytes)
  }
  const method = methodOf('cartoon', { generator: { ngf: one.ngf, residualBlocks: 4, filterRadius: 0 }, adversarialFromStep: 0 })
  const trainer = new Trainer(method, { ...SETTINGS, trains: one.layers === 'late' ? LATE : null }, {}, { onPart })
  const data = noise(one.sizePx)
  const times: number[] = []
  // The first step compiles and allocates.
  for (let i = 0; i <= repeats; i++) {
    const batch = definitionOf('cartoon').batchOf(data, { step: i, seed: SETTINGS.seed, batch: 1 })
    if (i === 1) Object.assign(spent, { forward: 0, backward: 0, update: 0 })
    const began = performance.now()
    last = began
    await trainer.train(batch)
    if (i > 0) times.push(performance.now() - began)
    disposeBatch(batch)
  }
  trainer.dispose()
  const whole = times.length * mean(times)
  // What is left of a step are its averages, which belong to the update.
  const [forward, backward] = [rounded(spent.forward / whole), rounded(spent.backward / whole)]
  const shares = { forward, backward, update: rounded((whole - spent.forward - spent.backward) / whole) }
  return { method: method.id, ...one, stepMs: spread(times), shares, peakBytes }
}

function noise(sizePx: number): TrainingPictures {
  const random = mulberry32(1)
  const picture = () => ({
    sizePx,
    channels: 3 as const,
    data: Uint8ClampedArray.from({ length: sizePx * sizePx * 3 }, () => 256 * random()),
  })
  const items = Array.from({ length: 4 }, () => ({ a: picture(), b: picture(), landmarks: null, regions: null }))
  return { items, heldOut: [], augmentation: NO_AUGMENTATION, sizePx, cropPx: sizePx }
}
