import { describe, expect, it, vi } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { StudioError } from '../../shared/errors'
import type { OwnModelRow, TrainingRunRow } from '../../storage/trainingRows'
import type { TrainingState } from '../../workers/trainingClient'
import type { TrainingEvent, TrainingMethodDescription, TrainingOptions, TrainingOutcome } from '../../workers/trainingProtocol'
import { messagesOf } from '../ui/i18n/messages'
import { createToasts } from '../ui/toasts'
import { createTrainingRoom } from './room'
import type { TrainingPort } from './roomTypes'

const method: TrainingMethodDescription = {
  ...{ id: 'cartoon', data: 'pairs', role: 'picture', styles: ['cartoon'], controls: [] },
  defaults: {
    ...{ sizePx: 256, cropPx: 80, batch: 1, steps: 600, decayFrom: 0.5, layers: 'late', averageDecay: 0.99 },
    ...{ checkpointEveryMs: 120_000, sampleEverySteps: 50 },
  },
}
const set = { id: 'set', name: 'Faces', kind: 'pairs', createdAt: 0, updatedAt: 0 } as const
const entry = (id: string, heldOut: boolean) => ({ dataSetId: 'set', id, name: id, heldOut, a: null, b: null, hasFace: true, bytes: 1 })
const rowOf = (runId: string, changes: Partial<TrainingRunRow> = {}): TrainingRunRow => ({
  ...{ runId, createdAt: 0, updatedAt: 0, options: { name: runId, method: 'cartoon', steps: 10, batch: 1 }, state: 'running', step: 4 },
  ...{ elapsedMs: 9, error: null, history: { steps: [1, 2, 3, 4], losses: { pair: [4, 3, 2, 1] } } },
  figures: [
    { step: 0, l1: 40 },
    { step: 4, l1: 30 },
  ],
  ...changes,
})

/** A studio whose trainer does what the test says. */
function studio({ rows = [] as TrainingRunRow[], models = [] as OwnModelRow[], trainedAnywhere = async () => new Set<string>() } = {}) {
  let tell: (runId: string, event: TrainingEvent) => void = () => undefined
  const started: TrainingOptions[] = []
  const resumed: unknown[] = []
  const client = createStore<TrainingState>(() => ({ live: null, asked: null }))
  const toasts = createToasts()
  let rest: (outcome: TrainingOutcome) => void = () => undefined
  const outcome = new Promise<TrainingOutcome>((resolve) => {
    rest = resolve
  })
  const asked: string[] = []
  const port: TrainingPort = {
    client: {
      store: client,
      onEvent: (listener) => {
        tell = listener
        return () => true
      },
      describe: async () => ({ methods: [method] }),
      estimate: async () => ({ backend: 'wasm', stepMs: 500, totalMs: 300_000, steps: 600, peakBytes: 1e8 }),
      start: async (options) => {
        started.push(options)
        rows.unshift(rowOf('new', { state: 'running', step: 0, options, history: { steps: [], losses: {} }, figures: [] }))
        return { runId: 'new', rest: outcome }
      },
      resume: async (runId, changes) => {
        resumed.push([runId, changes])
        return outcome
      },
      pause: async () => undefined,
      stop: async () => undefined,
      saveModel: async () => 'model',
      exportModel: async () => new Blob(['zip']),
      importModel: async () => {
        throw new StudioError('bad-project', 'This zip holds no model.')
      },
    },
    runs: {
      list: async () => [...rows],
      samples: async (runId) => [{ runId, step: 0, rows: [] }],
      remove: async (runId) =>
        void rows.splice(
          rows.findIndex((row) => row.runId === runId),
          1,
        ),
    },
    sets: { list: async () => [set], entries: async () => [entry('a', false), entry('b', true)] },
    ownModels: { list: async () => models, rename: async () => undefined, remove: async () => undefined, onChange: () => () => undefined },
    models: {
      list: () => [{ id: 'cartoon', name: { en: 'Cartoon' }, role: 'picture', style: 'cartoon' }],
      subscribe: () => () => undefined,
      whenKnown: async () => undefined,
    },
    sizeOf: async () => 128,
    trainedAnywhere,
    confirm: async ({ title }) => {
      asked.push(title)
      return true
    },
    openPhotos: () => undefined,
    openDataSets: () => undefined,
    download: (_, name) => `${name}.zip`,
    toasts,
    messages: () => messagesOf('en'),
  }
  const room = createTrainingRoom(port)
  const state = () => room.store.getState()
  const titles = () => toasts.store.getState().toasts.map(({ title, detail }) => [title, detail])
  return {
    room,
    state,
    client,
    started,
    resumed,
    asked,
    rest: (outcome: TrainingOutcome) => rest(outcome),
    titles,
    tell: (runId: string, event: TrainingEvent) => tell(runId, event),
  }
}

async function entered(parts: Parameters<typeof studio>[0] = {}) {
  const made = studio(parts)
  made.room.enter()
  await vi.waitFor(() => expect(made.state().isLoaded).toBe(true))
  return made
}

describe('the training room', () => {
  it('offers a run that begins as the shipped model, with its size, on the newest set', async () => {
    const { state } = await entered()
    expect(state().draft).toMatchObject({ dataSetId: 'set', method: 'cartoon', parent: { shipped: 'cartoon' }, sizePx: 128, cropPx: 80 })
    expect(state().draft?.name).toBe('Cartoon · Faces')
    expect(state().facts).toEqual({ count: 2, heldOut: 1, faces: 2 })
    expect(state().examples.map(({ id }) => id)).toEqual(['a'])
  })

  it('shows what was interrupted first', async () => {
    const { state } = await entered({ rows: [rowOf('done', { state: 'finished' }), rowOf('cut')] })
    expect(state().view).toEqual({ kind: 'run', runId: 'cut' })
  })

  it('follows a run that was started: losses, figures, samples, its end', async () => {
    const { room, state, started, tell, rest, titles } = await entered()
    await room.begin()
    expect(started).toHaveLength(1)
    expect(state().view).toEqual({ kind: 'run', runId: 'new' })
    tell('new', { kind: 'started', step: 0, elapsedMs: 0, backend: 'wasm', fresh: [] })
    tell('new', { kind: 'sample', step: 0, rows: [], l1: 40 })
    tell('new', { kind: 'progress', step: 1, stepMs: 5, elapsedMs: 5, losses: { pair: 2 }, tensorBytes: 1 })
    tell('new', { kind: 'sample', step: 1, rows: [], l1: 20 })
    expect(room.historyOf('new').of('pair')).toEqual([2])
    expect(state().runs[0]?.figures).toEqual([
      { step: 0, l1: 40 },
      { step: 1, l1: 20 },
    ])
    expect(state().samples.map(({ step }) => step)).toEqual([0, 1])
    // Whether its figures are of pictures that it never learnt from.
    expect(state().runFacts).toEqual({ count: 2, heldOut: 1, faces: 2 })
    rest({ rest: 'steps', step: 600 })
    await vi.waitFor(() => expect(titles()[0]?.[0]).toBe('“Cartoon · Faces” has taken all its steps.'))
    // The next one is another run.
    expect(state().draft?.name).toBe('Cartoon · Faces 2')
  })

  it('goes on from a checkpoint with the steps after it taken back', async () => {
    const { room, resumed, tell } = await entered({ rows: [rowOf('cut')] })
    await room.resume('cut', { cropPx: 56 })
    expect(resumed).toEqual([['cut', { cropPx: 56 }]])
    tell('cut', { kind: 'started', step: 2, elapsedMs: 0, backend: 'wasm', fresh: [] })
    expect(room.historyOf('cut').steps).toEqual([1, 2])
    expect(room.store.getState().runs[0]?.figures).toEqual([{ step: 0, l1: 40 }])
  })

  it('notices when another tab, or the worker of a page that was left, lets go of a run', async () => {
    let held = ['cut']
    const { state } = await entered({ rows: [rowOf('cut')], trainedAnywhere: async () => new Set(held) })
    expect(state().elsewhere).toEqual(new Set(['cut']))
    held = []
    await vi.waitFor(() => expect(state().elsewhere.size).toBe(0), { timeout: 5_000 })
  })

  it('asks before it deletes, and tells what could not be brought in', async () => {
    const { room, state, asked, titles } = await entered({ rows: [rowOf('cut')] })
    await room.removeRun(rowOf('cut'))
    expect(asked).toEqual(['Delete “cut”?'])
    expect([state().runs, state().view]).toEqual([[], { kind: 'new' }])
    await room.importModels([new File(['x'], 'x.zip')])
    expect(titles()[0]?.[1]).toBe('This zip holds no model.')
  })
})
