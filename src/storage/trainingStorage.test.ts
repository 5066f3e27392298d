import 'fake-indexeddb/auto'
import { describe, expect, it } from 'vitest'
import { openDataSets } from './dataSets'
import { freshDatabaseName } from './testing'
import { openTrainingCheckpoints } from './trainingCheckpoints'
import type { DataSetItemRow, TrainingRunRow } from './trainingRows'
import { openTrainingRuns } from './trainingRuns'

const picture = { mime: 'image/png', bytes: Uint8Array.of(1, 2, 3) } as const
const item = (dataSetId: string, id: string): DataSetItemRow => ({
  ...{ dataSetId, id, name: id, heldOut: false, a: picture, b: null, landmarks: null, regions: null },
})

describe('data sets', () => {
  it('keep their items apart, and take them along when they go', async () => {
    let at = 0
    const sets = await openDataSets(freshDatabaseName(), () => ++at)
    const [one, two] = [await sets.create('Ink', 'pairs'), await sets.create('Toons', 'unpaired')]
    await sets.putItems([item(one, 'b'), item(one, 'a'), item(two, 'c')])
    expect((await sets.list()).map(({ name }) => name)).toEqual(['Toons', 'Ink'])
    expect((await sets.items(one)).map(({ id }) => id)).toEqual(['a', 'b'])
    await sets.rename(two, 'Cartoons')
    await sets.removeItems(one, ['a'])
    await sets.remove(two)
    expect((await sets.list()).map(({ name }) => name)).toEqual(['Ink'])
    expect((await sets.items(one)).map(({ id }) => id)).toEqual(['b'])
    expect(await sets.items(two)).toEqual([])
    await expect(sets.rename(two, 'x')).rejects.toMatchObject({ code: 'bad-request' })
    sets.close()
  })
})

describe('what a list shows of a data set', () => {
  it('follows its items: added, held out, removed, told to whoever listens', async () => {
    const sets = await openDataSets(freshDatabaseName())
    let told = 0
    sets.onChange(() => told++)
    const id = await sets.create('Ink', 'pairs')
    const small = { mime: 'image/webp', bytes: Uint8Array.of(9) } as const
    const landmarks = new Array<number>(136).fill(0.5)
    await sets.putItems([{ ...item(id, 'a'), landmarks }, item(id, 'b')], new Map([['a', { a: small, b: null }]]))
    expect(await sets.entries(id)).toEqual([
      { dataSetId: id, id: 'a', name: 'a', heldOut: false, a: small, b: null, hasFace: true, bytes: 3 + 1 + 8 * 136 },
      { dataSetId: id, id: 'b', name: 'b', heldOut: false, a: null, b: null, hasFace: false, bytes: 3 },
    ])
    await sets.holdOut(id, new Set(['b', 'not there']))
    expect((await sets.items(id)).map(({ heldOut }) => heldOut)).toEqual([false, true])
    expect((await sets.entries(id)).map(({ heldOut }) => heldOut)).toEqual([false, true])
    await sets.holdOut(id, new Set(['a']))
    expect((await sets.items(id)).map(({ heldOut }) => heldOut)).toEqual([true, false])
    await sets.correct(
      id,
      'a',
      landmarks.map(() => 0.25),
      null,
    )
    expect((await sets.item(id, 'a'))?.landmarks?.[7]).toBe(0.25)
    await sets.removeItems(id, ['b'])
    expect(await sets.entries(id)).toHaveLength(1)
    await sets.remove(id)
    expect([await sets.entries(id), await sets.items(id), await sets.item(id, 'a')]).toEqual([[], [], null])
    expect(told).toBe(7)
    await expect(sets.correct(id, 'a', landmarks, null)).rejects.toMatchObject({ code: 'bad-request' })
    sets.close()
  })
})

describe('runs of training', () => {
  it('go with their checkpoint and their samples, and leave those of others', async () => {
    const name = freshDatabaseName()
    const [runs, checkpoints] = [await openTrainingRuns(name), await openTrainingCheckpoints(name)]
    const row = (runId: string, createdAt: number): TrainingRunRow => ({
      ...{ runId, createdAt, updatedAt: createdAt, options: {}, state: 'paused', step: 3, elapsedMs: 9, error: null },
      history: { steps: [1, 2], losses: { pair: [2, 1], judge: [Number.NaN, 1] } },
      figures: [{ step: 0, l1: 30.5 }],
    })
    for (const [i, runId] of ['r1', 'r2'].entries()) {
      await runs.save(row(runId, i))
      await runs.saveSample({ runId, step: 20, rows: [{ fake_B: picture }] })
      await runs.saveSample({ runId, step: 5, rows: [{ fake_B: picture }] })
      await checkpoints.save({ runId, savedAt: 1, step: 3, elapsedMs: 9, configuration: {}, state: {} })
    }
    expect((await runs.list()).map(({ runId }) => runId)).toEqual(['r2', 'r1'])
    expect((await runs.load('r1'))?.history.losses.judge).toEqual([Number.NaN, 1])
    await runs.remove('r2')
    expect((await runs.samples('r1')).map(({ step }) => step)).toEqual([5, 20])
    expect(await runs.samples('r2')).toEqual([])
    expect([await checkpoints.load('r1'), await checkpoints.load('r2')].map((found) => found?.step)).toEqual([3, undefined])
    runs.close()
    checkpoints.close()
  })
})
