/** Training and its checkpoints in IndexedDB together, as a worker has them: a run whose worker was killed goes on from the last one. */

import 'fake-indexeddb/auto'
import { beforeAll, describe, expect, it } from 'vitest'
import { selectBackend } from '../models/testSupport'
import { freshDatabaseName } from '../storage/testing'
import { openTrainingCheckpoints } from '../storage/trainingCheckpoints'
import { readCheckpoint } from '../training/checkpoint'
import { definitionOf, methodOf } from '../training/methods'
import { registerTraining } from '../training/registerTraining'
import { type RunCheckpoint, TrainingRun } from '../training/run'
import { stripes } from '../training/testPictures'
import { Trainer, type TrainerSettings } from '../training/trainer'

const SIZE = 16
const SETTINGS: TrainerSettings = { seed: 7, steps: 50, decayFrom: 1, trains: null, averageDecay: 0.999 }
const CONFIGURATION = { generator: { ngf: 2, residualBlocks: 1, filterRadius: 0 }, ndf: 2, adversarialFromStep: 1 }
const DATA = stripes(SIZE)

beforeAll(async () => {
  registerTraining()
  await selectBackend('wasm')
})

/** Trains to `steps`, with a checkpoint every other step, and leaves like a worker that is killed: nothing is saved at the end. */
async function train(databaseName: string, steps: number): Promise<number[]> {
  const checkpoints = await openTrainingCheckpoints(databaseName)
  const row = await checkpoints.load('run-1')
  const from = row && readCheckpoint(row)
  const method = methodOf('cartoon', row?.configuration ?? CONFIGURATION)
  const trainer = from ? Trainer.resume(method, SETTINGS, from.trainer) : new Trainer(method, SETTINGS)
  const totals: number[] = []
  const save = async ({ elapsedMs, trainer: state }: RunCheckpoint) => {
    if (state.step % 2 === 1) return
    await checkpoints.save({ runId: 'run-1', savedAt: 1, step: state.step, elapsedMs, configuration: CONFIGURATION, state })
  }
  const run = new TrainingRun(
    trainer,
    { steps, trainingMs: null, checkpointEveryMs: 0 },
    {
      batchOf: (step) => definitionOf('cartoon').batchOf(DATA, { step, seed: SETTINGS.seed, batch: 1 }),
      save,
      onEvent: (event) => {
        if (event.kind === 'progress') totals.push(Object.values(event.losses).reduce((sum, loss) => sum + loss, 0))
      },
      now: () => 0,
    },
    from?.elapsedMs,
  )
  await run.run()
  trainer.dispose()
  checkpoints.close()
  return totals
}

describe('a run whose worker was killed', () => {
  it('goes on from the last checkpoint with the same next losses', async () => {
    const whole = await train(freshDatabaseName(), 5)
    const name = freshDatabaseName()
    // Killed after step 3: the checkpoint is of step 2, and step 3 is taken again.
    const before = await train(name, 3)
    const after = await train(name, 5)
    expect(before).toEqual(whole.slice(0, 3))
    expect(after).toEqual(whole.slice(2))
  })

  it('refuses a checkpoint that is not whole, and says so', async () => {
    const name = freshDatabaseName()
    await train(name, 2)
    const checkpoints = await openTrainingCheckpoints(name)
    const row = await checkpoints.load('run-1')
    if (!row) throw new Error('expected a checkpoint')
    await checkpoints.save({ ...row, state: { ...row.state, networks: { generator: { 'front.bias': [1, 2] } } } })
    const damaged = await checkpoints.load('run-1')
    expect(() => readCheckpoint(damaged ?? row)).toThrow('networks.generator.front.bias')
    await checkpoints.remove('run-1')
    expect(await checkpoints.load('run-1')).toBeNull()
    checkpoints.close()
  })
})
