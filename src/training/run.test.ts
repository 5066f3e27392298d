/** Runs on wasm in Node: limits, pause, stop, and what a checkpoint is good for. */

import * as tf from '@tensorflow/tfjs-core'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { selectBackend } from '../models/testSupport'
import { disposeBatch } from './method'
import { definitionOf, methodOf } from './methods'
import { registerTraining } from './registerTraining'
import { type RunCheckpoint, type RunEvent, type RunHost, type RunLimits, TrainingRun } from './run'
import { stripes } from './testPictures'
import { Trainer, type TrainerSettings } from './trainer'

const SIZE = 16
const SETTINGS: TrainerSettings = { seed: 5, steps: 50, decayFrom: 1, trains: null, averageDecay: 0.999 }
const LIMITS: RunLimits = { steps: 3, trainingMs: null, checkpointEveryMs: 1e9 }
const method = (changes: object = {}) =>
  methodOf('cartoon', { generator: { ngf: 2, residualBlocks: 1, filterRadius: 0 }, ndf: 2, adversarialFromStep: 2, ...changes })

const DATA = stripes(SIZE)
const batchOf = (step: number) => definitionOf('cartoon').batchOf(DATA, { step, seed: SETTINGS.seed, batch: 1 })

const open: Trainer[] = []
afterEach(() => {
  for (const trainer of open.splice(0)) trainer.dispose()
})

interface Watched {
  readonly run: TrainingRun
  readonly events: RunEvent[]
  readonly saved: RunCheckpoint[]
}

/** A second passes with every look at the clock. */
function started(
  limits: Partial<RunLimits> = {},
  from: RunCheckpoint | null = null,
  host: Partial<RunHost> = {},
  changes: object = {},
): Watched {
  const trainer = from ? Trainer.resume(method(changes), SETTINGS, from.trainer) : new Trainer(method(changes), SETTINGS)
  open.push(trainer)
  const [events, saved]: [RunEvent[], RunCheckpoint[]] = [[], []]
  let seconds = 0
  const run = new TrainingRun(
    trainer,
    { ...LIMITS, ...limits },
    {
      batchOf,
      save: async (checkpoint) => void saved.push(structuredClone(checkpoint)),
      onEvent: (event) => void events.push(event),
      now: () => 1000 * seconds++,
      ...host,
    },
    from?.elapsedMs,
  )
  return { run, events, saved }
}

const lossesOf = (events: readonly RunEvent[]) => events.flatMap((event) => (event.kind === 'progress' ? [event.losses] : []))

beforeAll(async () => {
  registerTraining()
  await selectBackend('wasm')
})

describe('a run', () => {
  it('takes as many steps as it may, tells of each, and saves at the end', async () => {
    const { run, events, saved } = started()
    expect(await run.run()).toBe('steps')
    expect(events.map(({ kind, step }) => `${kind} ${step}`)).toEqual(['progress 1', 'progress 2', 'progress 3', 'checkpoint 3'])
    expect(saved.map(({ elapsedMs, trainer }) => [elapsedMs, trainer.step])).toEqual([[3000, 3]])
  })

  it('rests when its time is over, and saves every so often', async () => {
    const { run, saved } = started({ steps: 99, trainingMs: 4000, checkpointEveryMs: 2000 })
    expect(await run.run()).toBe('time')
    expect(saved.map(({ trainer }) => trainer.step)).toEqual([2, 4, 4])
  })

  it('pauses between steps with a checkpoint, goes on, and stops for good', async () => {
    const watched = started({ steps: 99 }, null, {
      onEvent: (event) => {
        if (event.kind === 'progress' && event.step === 1) watched.run.pause()
        if (event.kind === 'progress' && event.step === 3) watched.run.stop()
      },
    })
    expect(await watched.run.run()).toBe('paused')
    expect(watched.saved.map(({ trainer }) => trainer.step)).toEqual([1])
    expect(await watched.run.run()).toBe('stopped')
    expect(await watched.run.run()).toBe('stopped')
    expect(watched.saved.map(({ trainer }) => trainer.step)).toEqual([1, 3, 3])
  })

  it('goes on from a checkpoint with the losses that it would have had', async () => {
    const whole = started({ steps: 4 })
    await whole.run.run()
    const first = started({ steps: 2 })
    await first.run.run()
    const second = started({ steps: 4 }, first.saved.at(-1))
    await second.run.run()
    expect([...lossesOf(first.events), ...lossesOf(second.events)]).toEqual(lossesOf(whole.events))
    expect(second.saved).toEqual(whole.saved)
  })

  it('that comes apart ends, and leaves the last good checkpoint alone', async () => {
    const { run, saved } = started({ steps: 9, checkpointEveryMs: 1000 }, null, {
      batchOf: (step) => {
        const batch = batchOf(step)
        if (step < 2) return batch
        disposeBatch(batch)
        const none = () => tf.fill([1, SIZE, SIZE, 3], Number.NaN)
        return { pairs: { photo: none(), picture: none() }, photos: { photo: none(), picture: none() } }
      },
    })
    await expect(run.run()).rejects.toMatchObject({ code: 'training-diverged' })
    expect(saved.map(({ trainer }) => trainer.step)).toEqual([1, 2])
  })

  it('learns', async () => {
    const { run, events } = started({ steps: 40 }, null, {}, { adversarialFromStep: 1000, learningRate: 0.01 })
    await run.run()
    const pairs = lossesOf(events).map(({ pair }) => pair as number)
    const mean = (of: readonly number[]) => of.reduce((sum, value) => sum + value, 0) / of.length
    expect(mean(pairs.slice(-10))).toBeLessThan(0.8 * mean(pairs.slice(0, 5)))
  })

  it('leaves no tensor behind', async () => {
    const before = tf.memory().numTensors
    const { run } = started()
    await run.run()
    open.pop()?.dispose()
    expect(tf.memory().numTensors).toBe(before)
  })
})

describe('batches', () => {
  it('are a function of seed and step, with own pictures for pairs, mirrored alike', () => {
    tf.tidy(() => {
      const of = (step: number, seed = 1) => definitionOf('cartoon').batchOf(DATA, { step, seed, batch: 6 })
      const numbers = (step: number, seed = 1) => [...(of(step, seed).pairs?.photo?.dataSync() ?? [])]
      expect(numbers(3)).toEqual(numbers(3))
      expect(numbers(4)).not.toEqual(numbers(3))
      expect(numbers(3, 2)).not.toEqual(numbers(3))
      const { photo, picture } = of(3).pairs ?? {}
      // A picture is its photo with the colours turned round.
      expect(Math.max(...tf.abs(tf.add(photo as tf.Tensor, picture as tf.Tensor)).dataSync())).toBeLessThan(1e-6)
      expect(of(3).photos?.picture?.shape).toEqual([6, SIZE, SIZE, 3])
    })
  })
})
