/** Training on one's own pictures: the next run, runs and what becomes of them. Everything happens on this device, and goes on while the screen is closed. */

import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { Dialog } from '../ui/Dialog'
import { Icon } from '../ui/Icon'
import { useMessages } from '../ui/i18n/I18n'
import { ToastList } from '../ui/ToastList'
import { Guide } from './Guide'
import { ModelList } from './ModelList'
import { NewRun } from './NewRun'
import { RunList } from './RunList'
import { RunView } from './RunView'
import type { TrainingRoom } from './room'

interface TrainingScreenProps {
  /** `null` where nothing can be kept. */
  readonly room: TrainingRoom | null
  readonly onClose: () => void
}

export function TrainingScreen({ room, onClose }: TrainingScreenProps) {
  const m = useMessages()
  const [hasGuide, setGuide] = useState(false)
  return (
    <Dialog
      title={m.training.title}
      closeLabel={m.training.close}
      kind="screen"
      className="training"
      onClose={onClose}
      header={room ? <Toolbar room={room} onGuide={() => setGuide(true)} /> : null}
    >
      {room ? (
        <Inside room={room} />
      ) : (
        <p className="training-none" role="alert">
          {m.training.noStorage}
        </p>
      )}
      {hasGuide ? <Guide onClose={() => setGuide(false)} /> : null}
    </Dialog>
  )
}

function Toolbar({ room, onGuide }: { room: TrainingRoom; onGuide: () => void }) {
  const m = useMessages()
  const kind = useStore(room.store, (state) => state.view.kind)
  return (
    <div className="room-toolbar">
      <button type="button" className="button" onClick={onGuide}>
        <Icon name="help" size={16} />
        <span>{m.training.guide}</span>
      </button>
      <button type="button" className="button primary" aria-pressed={kind === 'new'} onClick={() => room.show({ kind: 'new' })}>
        <Icon name="plus" size={16} />
        <span>{m.training.newRun}</span>
      </button>
    </div>
  )
}

function Inside({ room }: { room: TrainingRoom }) {
  const m = useMessages()
  const view = useStore(room.store, (state) => state.view)
  const isLoaded = useStore(room.store, (state) => state.isLoaded)
  const run = useStore(room.store, (state) => state.runs.find(({ runId }) => view.kind === 'run' && runId === view.runId) ?? null)
  useEffect(() => room.enter(), [room])
  return (
    <>
      <div className="training-layout" aria-busy={!isLoaded}>
        <RunList room={room} />
        <div className="training-main">
          {view.kind === 'models' ? <ModelList room={room} /> : null}
          {view.kind === 'new' && isLoaded ? <NewRun room={room} /> : null}
          {isLoaded ? null : (
            <p className="muted" role="status">
              <span className="status-dot training-busy" aria-hidden="true" />
              {m.training.stages.starting}
            </p>
          )}
          {run ? <RunView key={run.runId} room={room} run={run} /> : null}
        </div>
      </div>
      <ToastList toasts={room.port.toasts} />
    </>
  )
}
