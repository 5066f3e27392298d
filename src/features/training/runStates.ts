/** What a run is up to, from its row, the events of this tab and the locks of others. */

import { useStore } from 'zustand'
import type { TrainingRunRow } from '../../storage/trainingRows'
import type { LiveRun } from '../../workers/trainingClient'
import type { TrainingRoom } from './room'

export type ShownState = TrainingRunRow['state'] | 'interrupted' | 'elsewhere'

/** @param live of this tab's trainer, if it is this run's */
export function shownState(row: Pick<TrainingRunRow, 'runId' | 'state'>, live: LiveRun | null, elsewhere: ReadonlySet<string>): ShownState {
  if (live?.phase === 'preparing' || live?.phase === 'training') return 'running'
  if (elsewhere.has(row.runId)) return 'elsewhere'
  // Whoever ran it was killed.
  if (row.state === 'running') return live?.phase === 'failed' ? 'failed' : 'interrupted'
  return row.state
}

/** Of this run alone. */
export function useLive(room: TrainingRoom, runId: string): LiveRun | null {
  return useStore(room.port.client.store, ({ live }) => (live?.runId === runId ? live : null))
}

export function useShownState(room: TrainingRoom, run: TrainingRunRow): ShownState {
  const phase = useStore(room.port.client.store, ({ live }) => (live?.runId === run.runId ? live.phase : null))
  const elsewhere = useStore(room.store, (state) => state.elsewhere)
  return shownState(run, phase && ({ phase } as LiveRun), elsewhere)
}

/** Whether this tab trains anything. */
export function useIsTraining(room: TrainingRoom): boolean {
  return useStore(room.port.client.store, ({ live }) => live?.phase === 'preparing' || live?.phase === 'training')
}
