/** Runs: what the database has of them, what events tell of the one under way, and pause, stop, going on and removal. */

import type { StoreApi } from 'zustand/vanilla'
import type { TrainingRunRow } from '../../storage/trainingRows'
import type { TrainingChanges, TrainingEvent, TrainingOutcome } from '../../workers/trainingProtocol'
import { LossHistory } from './lossHistory'
import type { TrainingPort, TrainingRoomState } from './roomTypes'
import { factsOf } from './setFacts'

export interface Running {
  readonly resume: (runId: string, changes?: TrainingChanges) => Promise<void>
  readonly pause: () => void
  readonly stop: () => void
  /** With its checkpoint and its samples; asked before. */
  readonly removeRun: (run: TrainingRunRow) => Promise<void>
}

interface RunningParts {
  readonly port: TrainingPort
  readonly store: StoreApi<TrainingRoomState>
  readonly report: (error: unknown) => void
}

/** How often runs are looked at that somebody else trains. */
const RECHECK_MS = 1_500

interface RunningInside extends Running {
  readonly reload: () => Promise<void>
  readonly loadSamples: (runId: string) => Promise<void>
  readonly take: (runId: string, event: TrainingEvent) => void
  readonly follow: (runId: string, rest: Promise<TrainingOutcome>) => Promise<void>
  readonly historyOf: (runId: string) => LossHistory
}

export function createRunning({ port, store, report }: RunningParts): RunningInside {
  const histories = new Map<string, LossHistory>()

  const historyOf = (runId: string): LossHistory => {
    const known = histories.get(runId)
    if (known) return known
    const made = new LossHistory(store.getState().runs.find((run) => run.runId === runId)?.history)
    histories.set(runId, made)
    return made
  }

  const isLive = (runId: string): boolean => {
    const { live } = port.client.store.getState()
    return live?.runId === runId && (live.phase === 'preparing' || live.phase === 'training')
  }

  let again: ReturnType<typeof setTimeout> | undefined
  const reload = async (): Promise<void> => {
    const [runs, trained] = await Promise.all([port.runs.list(), port.trainedAnywhere()])
    const elsewhere = new Set([...(trained ?? [])].filter((runId) => !isLive(runId)))
    // What another tab has trained meanwhile is read anew.
    for (const run of runs) if (!isLive(run.runId)) histories.delete(run.runId)
    store.setState({ runs, elsewhere })
    // The worker of a page that was left lives a moment longer than the page, and another tab comes to rest some time.
    clearTimeout(again)
    if (elsewhere.size > 0) again = setTimeout(() => void reload().catch(() => undefined), RECHECK_MS)
  }

  const loadSamples = async (runId: string): Promise<void> => {
    const row = store.getState().runs.find((run) => run.runId === runId)
    const { dataSetId } = (row?.options ?? { dataSetId: '' }) as { dataSetId: string }
    const [samples, entries] = await Promise.all([port.runs.samples(runId), port.sets.entries(dataSetId)])
    const { view } = store.getState()
    if (view.kind === 'run' && view.runId === runId) store.setState({ samples, runFacts: factsOf(entries) })
  }

  const changeRow = (runId: string, change: (row: TrainingRunRow) => TrainingRunRow): void =>
    store.setState(({ runs }) => ({ runs: runs.map((run) => (run.runId === runId ? change(run) : run)) }))

  const take = (runId: string, event: TrainingEvent): void => {
    switch (event.kind) {
      case 'started':
        historyOf(runId).backTo(event.step)
        changeRow(runId, (row) => ({ ...row, state: 'running', figures: row.figures.filter(({ step }) => step <= event.step) }))
        break
      case 'progress':
        historyOf(runId).add(event.step, event.losses)
        break
      case 'checkpoint':
        changeRow(runId, (row) => ({ ...row, step: event.step, elapsedMs: event.elapsedMs }))
        break
      case 'sample': {
        const { step, rows, l1 } = event
        const { view } = store.getState()
        if (view.kind === 'run' && view.runId === runId)
          store.setState(({ samples }) => ({ samples: [...samples.filter((sample) => sample.step < step), { runId, step, rows }] }))
        if (l1 !== null)
          changeRow(runId, (row) => ({ ...row, figures: [...row.figures.filter((figure) => figure.step < step), { step, l1 }] }))
        break
      }
      case 'preparing':
        break
    }
  }

  const follow = async (runId: string, rest: Promise<TrainingOutcome>): Promise<void> => {
    store.setState({ pace: { seenMs: null, hiddenMs: null } })
    // Told in its row, and here while the screen may be closed.
    rest
      .then(
        async (outcome) => {
          await reload()
          tellRest(runId, outcome)
        },
        async (error: unknown) => {
          await reload()
          report(error)
        },
      )
      .catch(report)
    await reload()
    store.setState({ view: { kind: 'run', runId }, samples: [], runFacts: null })
    await loadSamples(runId)
  }

  const tellRest = (runId: string, { rest }: TrainingOutcome): void => {
    if (rest !== 'steps' && rest !== 'time') return
    const name = (store.getState().runs.find((run) => run.runId === runId)?.options as { name?: string } | undefined)?.name ?? ''
    port.toasts.show({ kind: 'note', title: port.messages().training.done(name) })
  }

  return {
    ...{ reload, loadSamples, take, follow, historyOf },
    resume: async (runId, changes = {}) => {
      try {
        await follow(runId, port.client.resume(runId, changes))
      } catch (error) {
        report(error)
      }
    },
    pause: () => void port.client.pause().catch(report),
    stop: () => void port.client.stop().catch(report),
    removeRun: async (run) => {
      const m = port.messages().training
      const { name } = run.options as { name: string }
      if (!(await port.confirm({ title: m.removeRun(name), body: m.removeRunBody, yes: m.remove }))) return
      try {
        await port.runs.remove(run.runId)
        histories.delete(run.runId)
        store.setState(({ view }) => (view.kind === 'run' && view.runId === run.runId ? { view: { kind: 'new' } } : {}))
        await reload()
      } catch (error) {
        report(error)
      }
    },
  }
}
