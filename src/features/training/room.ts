/** What the training screen keeps while the page lives, and what can be done on it. Runs go on while the screen is closed; React sees the store alone. */

import { createStore, type StoreApi } from 'zustand/vanilla'
import { toErrorReport } from '../../shared/errors'
import type { TrainingRunRow } from '../../storage/trainingRows'
import type { TrainingEvent, TrainingOptions } from '../../workers/trainingProtocol'
import { createDrafting, type Drafting } from './drafting'
import { paceAfter } from './figures'
import { createKeeping, type Keeping } from './keeping'
import type { LossHistory } from './lossHistory'
import type { TrainingPort, TrainingRoomState, TrainingView } from './roomTypes'
import { createRunning, type Running } from './running'

export interface TrainingRoom extends Drafting, Running, Keeping {
  readonly store: StoreApi<TrainingRoomState>
  readonly port: TrainingPort
  readonly show: (view: TrainingView) => void
  /** When the screen is entered: what other screens and tabs have changed. */
  readonly enter: () => void
  /** Of the losses of one run; the same object for as long as the page lives. */
  readonly historyOf: (runId: string) => LossHistory
  /** Tells what went wrong. */
  readonly report: (error: unknown) => void
}

const START: TrainingRoomState = {
  ...{ isLoaded: false, methods: [], sets: [], runs: [], elsewhere: new Set<string>(), models: [], view: { kind: 'new' } },
  ...{ facts: null, examples: [], runFacts: null },
  ...{ draft: null, isMeasuring: false, measured: null, samples: [], pace: { seenMs: null, hiddenMs: null }, isWorking: false, kept: {} },
}

export const optionsOf = (run: TrainingRunRow): TrainingOptions => run.options as TrainingOptions

export function createTrainingRoom(port: TrainingPort): TrainingRoom {
  const store = createStore<TrainingRoomState>(() => START)
  const report = (error: unknown): void => {
    const m = port.messages()
    const { code, message } = toErrorReport(error)
    const detail = m.name === 'English' ? message : (m.training.troubles[code as keyof typeof m.training.troubles] ?? m.errors[code].advice)
    port.toasts.show({ kind: 'problem', title: m.errors[code].title, detail })
  }
  const running = createRunning({ port, store, report })
  const drafting = createDrafting({ port, store, report, started: running.follow })
  const keeping = createKeeping({ port, store, report })

  const show = (view: TrainingView): void => {
    const { view: before } = store.getState()
    if (view.kind === 'run' && (before.kind !== 'run' || before.runId !== view.runId)) store.setState({ samples: [], runFacts: null })
    store.setState({ view })
    if (view.kind === 'run') running.loadSamples(view.runId).catch(report)
  }
  const enter = (): void => {
    Promise.all([running.reload(), keeping.reload(), drafting.reload()])
      .then(() => {
        const { runs, isLoaded, view } = store.getState()
        store.setState({ isLoaded: true })
        // Whoever comes (back) in sees the run that is under way, or was left.
        const left = runs.find(({ state }) => state === 'running')
        if (!isLoaded && view.kind === 'new' && left) show({ kind: 'run', runId: left.runId })
      })
      .catch(report)
  }
  port.client.onEvent((runId: string, event: TrainingEvent) => {
    running.take(runId, event)
    if (event.kind !== 'progress') return
    const isHidden = typeof document !== 'undefined' && document.visibilityState === 'hidden'
    store.setState(({ pace }) => ({ pace: paceAfter(pace, event.stepMs, isHidden) }))
  })
  port.ownModels.onChange(() => void keeping.reload().catch(() => undefined))

  return { store, port, report, show, enter, ...drafting, ...running, ...keeping }
}
