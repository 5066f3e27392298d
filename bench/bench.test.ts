import { beforeAll, describe, expect, it } from 'vitest'
import { loadModel } from '../src/inference/loadModel'
import { InferenceSession } from '../src/inference/session'
import { createTestModel, TOLERANT_CONFIG } from '../src/inference/testModel'
import { selectBackend } from '../src/models/testSupport'
import { benchLocality } from './localityBench'
import { benchNode, macsOf } from './nodeBench'
import { parseOptions } from './options'
import { spread } from './statistics'
import { benchTraining } from './trainingBench'
import { tasksIn } from './whileTrainingBench'

describe('spread', () => {
  it('gives the middle and the tail of values in any order', () => {
    expect(spread([5, 1, 4, 2, 3, 10, 9, 8, 7, 6])).toEqual({ median: 5, p90: 9, n: 10 })
    expect(spread([7])).toEqual({ median: 7, p90: 7, n: 1 })
  })
})

describe('tasksIn', () => {
  it('counts tasks of the page’s main thread alone, by the clock and by their own processor time', () => {
    const task = (tid: number, dur: number, tdur: number, name = 'ThreadControllerImpl::RunTask') => ({ name, pid: 1, tid, dur, tdur })
    const thread = (tid: number, name: string) => ({ name: 'thread_name', pid: 1, tid, args: { name } })
    const events = [task(7, 80_000, 20_000), task(7, 60_000, 55_500), task(7, 90_000, 90_000, 'other'), task(8, 900_000, 900_000)]
    const trace = JSON.stringify({ traceEvents: [...events, thread(7, 'CrRendererMain'), thread(8, 'DedicatedWorker thread')] })
    expect(tasksIn(trace)).toEqual({ over50Ms: 2, longestMs: 80, over50MsOfProcessor: 1, longestMsOfProcessor: 55.5 })
  })
})

describe('parseOptions', () => {
  it('has defaults and reads lists', () => {
    expect(parseOptions([])).toMatchObject({
      parts: ['node', 'training', 'locality', 'browser'],
      backends: null,
      modelId: null,
      repeats: 25,
      faces: null,
    })
    expect(parseOptions(['--parts', 'node', '--backends', 'wasm, webgl', '--repeats', '9'])).toMatchObject({
      parts: ['node'],
      backends: ['wasm', 'webgl'],
      repeats: 9,
    })
    expect(parseOptions(['--part', 'training']).parts).toEqual(['training'])
  })

  it.each([[['--parts', 'all']], [['--backends', 'cuda']], [['--repeats', '2']], [['--nonsense']]])('refuses %j', (args) => {
    expect(() => parseOptions(args)).toThrow()
  })
})

describe('benchNode', () => {
  it('times passes of a model with a tolerance map', async () => {
    const model = await loadModel((await createTestModel({ role: 'fine', config: TOLERANT_CONFIG })).readFile, 'tiny')
    const report = await benchNode(model, 5)
    expect(report).toMatchObject({ backend: 'wasm', passMs: { n: 5 }, heldPassMs: { n: 5 } })
    for (const time of [report.passMs.median, report.selfTestMs, report.baselineMs, report.ratio]) expect(time).toBeGreaterThan(0)
  })
})

describe('benchTraining', () => {
  it('times the parts of a step, which are the whole of it', async () => {
    const { cases } = await benchTraining(2, [{ sizePx: 16, layers: 'late', ngf: 2 }])
    const [{ stepMs, shares, peakBytes } = { stepMs: { median: 0 }, shares: { forward: 0, backward: 0, update: 0 }, peakBytes: 0 }] = cases
    for (const value of [stepMs.median, peakBytes, ...Object.values(shares)]) expect(value).toBeGreaterThan(0)
    expect(shares.forward + shares.backward + shares.update).toBeCloseTo(1, 1)
  })
})

describe('benchLocality', () => {
  let session: InferenceSession
  beforeAll(async () => {
    const model = await loadModel((await createTestModel({ sizePx: 64 })).readFile, 'tiny')
    expect(macsOf(model)).toBeGreaterThan(1e5)
    await selectBackend('wasm')
    session = new InferenceSession(model, 'wasm')
  })

  it('finds change inside in every mode and none outside a lock', async () => {
    const { modes, faces, edits } = await benchLocality(session, null)
    expect(edits).toBe(3 * faces)
    for (const mode of Object.values(modes)) expect(mode.meanInside).toBeGreaterThan(0)
    expect(modes.plain.meanOutside).toBeGreaterThan(0)
    expect(modes.lock.worstOutside).toBe(0)
    expect(modes.holdAndLock.worstOutside).toBe(0)
  })
})
