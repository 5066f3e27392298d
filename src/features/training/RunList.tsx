/** All runs, newest first, and the way to the models that were made. */

import { useStore } from 'zustand'
import type { TrainingRunRow } from '../../storage/trainingRows'
import { Icon } from '../ui/Icon'
import { useMessages } from '../ui/i18n/I18n'
import { optionsOf, type TrainingRoom } from './room'
import { useLive, useShownState } from './runStates'

export function RunList({ room }: { room: TrainingRoom }) {
  const m = useMessages()
  const runs = useStore(room.store, (state) => state.runs)
  const models = useStore(room.store, (state) => state.models.length)
  const view = useStore(room.store, (state) => state.view)
  return (
    <nav className="training-side" aria-label={m.training.runs}>
      <h3>{m.training.runs}</h3>
      {runs.length === 0 ? <p className="muted">{m.training.noRuns}</p> : null}
      <ul className="training-runs">
        {runs.map((run) => (
          <li key={run.runId}>
            <RunButton room={room} run={run} isCurrent={view.kind === 'run' && view.runId === run.runId} />
          </li>
        ))}
      </ul>
      <button
        type="button"
        className="button training-to-models"
        aria-pressed={view.kind === 'models'}
        onClick={() => room.show({ kind: 'models' })}
      >
        <Icon name="sketches" size={16} />
        <span>{m.training.showModels(models)}</span>
      </button>
    </nav>
  )
}

function RunButton({ room, run, isCurrent }: { room: TrainingRoom; run: TrainingRunRow; isCurrent: boolean }) {
  const m = useMessages()
  const { name, steps } = optionsOf(run)
  const state = useShownState(room, run)
  const live = useLive(room, run.runId)
  const step = state === 'running' && live ? live.step : run.step
  return (
    <button
      type="button"
      className="training-run"
      aria-current={isCurrent ? 'true' : undefined}
      data-run-state={state}
      onClick={() => room.show({ kind: 'run', runId: run.runId })}
    >
      <span className="training-run-name">{name}</span>
      <span className="muted">{m.training.states[state]}</span>
      <progress max={steps} value={Math.min(step, steps)} aria-hidden="true" />
    </button>
  )
}
