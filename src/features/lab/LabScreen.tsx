/** The lab: what two models' encoders make of the same drawings at one place of the face, after the thesis's third chapter. */

import { type ReactNode, useEffect, useSyncExternalStore } from 'react'
import { useStore } from 'zustand'
import { Dialog } from '../ui/Dialog'
import { ChoiceField } from '../ui/fields'
import { useLocalized, useMessages } from '../ui/i18n/I18n'
import { ToastList } from '../ui/ToastList'
import { EditView } from './EditView'
import { isEditIncomplete } from './editStudies'
import { saveSheet, saveTable } from './files'
import { PlaneView } from './PlaneView'
import type { LabRoom } from './room'
import { type LabView, SIDES, VIEWS } from './roomTypes'
import { WhyView } from './WhyView'

interface LabScreenProps {
  readonly room: LabRoom
  readonly onClose: () => void
}

export function LabScreen({ room, onClose }: LabScreenProps) {
  const m = useMessages()
  const view = useStore(room.store, (state) => state.view)
  const models = useSyncExternalStore(room.port.models.subscribe, room.port.models.list)
  // The list is empty until the generator has started.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list is the reason to look again
  useEffect(() => room.enter(), [room, models])
  return (
    <Dialog
      title={m.lab.title}
      closeLabel={m.lab.close}
      kind="screen"
      className="lab"
      onClose={onClose}
      header={view === 'plane' ? <SaveButtons room={room} /> : undefined}
    >
      <div className="lab-top">
        <ViewChoice room={room} />
        <RunBar room={room} />
      </div>
      <View room={room} />
      <ToastList toasts={room.port.toasts} />
    </Dialog>
  )
}

function ViewChoice({ room }: { room: LabRoom }) {
  const m = useMessages()
  const view = useStore(room.store, (state) => state.view)
  return (
    <ChoiceField
      bare
      label={m.lab.view}
      value={view}
      choices={VIEWS.map((value) => ({ value, label: m.lab.views[value] }))}
      onChange={room.chooseView}
    />
  )
}

const VIEW_OF: Readonly<Record<LabView, (props: { room: LabRoom }) => ReactNode>> = { plane: PlaneView, edit: EditView, why: WhyView }

function View({ room }: { room: LabRoom }) {
  const Chosen = VIEW_OF[useStore(room.store, (state) => state.view)]
  return <Chosen room={room} />
}

/** What is being computed for the view on show, and how it is stopped or begun again. */
function RunBar({ room }: { room: LabRoom }) {
  const m = useMessages()
  const error = useStore(room.store, (state) => state.error)
  const { progress, isMissing, missingText, readyText } = useWork(room)
  return (
    <div className="lab-run">
      <p role="status">{progress ? progress.text : error ? error.message : isMissing ? missingText : readyText}</p>
      {progress ? <progress aria-label={m.lab.progress} value={progress.done} max={progress.total} /> : null}
      {progress ? (
        <button type="button" className="button small" onClick={room.cancel}>
          {m.lab.cancel}
        </button>
      ) : error || isMissing ? (
        <button type="button" className="button small" onClick={() => void room.start()}>
          {m.lab.start}
        </button>
      ) : null}
    </div>
  )
}

function useWork(room: LabRoom) {
  const m = useMessages()
  const text = useLocalized()
  const view = useStore(room.store, (state) => state.view)
  const run = useStore(room.store, (state) => state.run)
  const editRun = useStore(room.store, (state) => state.editRun)
  const isIncomplete = useStore(room.store, (state) => state.isLoaded && isEditIncomplete(state, room.port))
  const areFeaturesMissing = useStore(room.store, (state) =>
    SIDES.some((side) => state.sides[side] !== null && !state.features[state.sides[side] ?? '']),
  )
  if (view !== 'plane') {
    const progress = editRun && { ...editRun, text: m.lab.runningEdit(editRun.done, editRun.total) }
    return { progress, isMissing: isIncomplete, missingText: m.lab.stoppedEdit, readyText: m.lab.readyEdit }
  }
  const name = room.port.models.list().find(({ id }) => id === run?.model)?.name
  const progress = run && { ...run, text: m.lab.running(name ? text(name) : run.model, run.done, run.total) }
  return { progress, isMissing: areFeaturesMissing, missingText: m.lab.stopped, readyText: m.lab.ready }
}

function SaveButtons({ room }: { room: LabRoom }) {
  const m = useMessages()
  const text = useLocalized()
  const isReady = useStore(room.store, (state) => SIDES.some((side) => state.plots[side]))
  return (
    <div className="lab-save">
      <button type="button" className="button small" disabled={!isReady} onClick={() => saveTable(room)}>
        {m.lab.saveTable}
      </button>
      <button type="button" className="button small" disabled={!isReady} onClick={() => void saveSheet(room, 'svg', text)}>
        SVG
      </button>
      <button type="button" className="button small" disabled={!isReady} onClick={() => void saveSheet(room, 'png', text)}>
        PNG
      </button>
    </div>
  )
}
