/** Data sets on a screen of their own: made, filled from folders and zips, looked through, split. Everything happens on this device. */

import { useState } from 'react'
import { useStore } from 'zustand'
import { Dialog } from '../ui/Dialog'
import { Icon } from '../ui/Icon'
import { useMessages } from '../ui/i18n/I18n'
import { ToastList } from '../ui/ToastList'
import { ItemDialog } from './ItemDialog'
import { MadeHereButtons } from './MadeHereButtons'
import { NewSetDialog } from './NewSetDialog'
import type { DataSetsRoom } from './room'
import { SetList } from './SetList'
import { SetPage } from './SetPage'
import { WorkBar } from './WorkBar'

interface DataSetsScreenProps {
  readonly room: DataSetsRoom
  readonly onClose: () => void
}

export function DataSetsScreen({ room, onClose }: DataSetsScreenProps) {
  const m = useMessages()
  const [isNew, setIsNew] = useState(false)
  const sets = useStore(room.store, (state) => state.sets)
  const isLoaded = useStore(room.store, (state) => state.isLoaded)
  const set = useStore(room.store, (state) => state.sets.find(({ id }) => id === state.selected) ?? null)
  const opened = useStore(room.store, (state) => state.entries.find(({ id }) => id === state.opened) ?? null)
  return (
    <Dialog
      title={m.dataSets.title}
      closeLabel={m.dataSets.close}
      kind="screen"
      className="data-sets"
      onClose={onClose}
      header={
        <div className="room-toolbar">
          <button type="button" className="button primary" onClick={() => setIsNew(true)}>
            <Icon name="plus" size={16} />
            <span>{m.dataSets.create}</span>
          </button>
        </div>
      }
    >
      <WorkBar room={room} />
      {sets.length > 0 ? (
        <div className="data-sets-layout">
          <SetList room={room} />
          {set ? <SetPage key={set.id} room={room} set={set} /> : null}
        </div>
      ) : isLoaded ? (
        <Empty room={room} onNew={() => setIsNew(true)} />
      ) : null}
      {isNew ? <NewSetDialog room={room} onClose={() => setIsNew(false)} /> : null}
      {set && opened ? <ItemDialog key={opened.id} room={room} set={set} entry={opened} /> : null}
      <ToastList toasts={room.port.toasts} />
    </Dialog>
  )
}

function Empty({ room, onNew }: { room: DataSetsRoom; onNew: () => void }) {
  const m = useMessages()
  return (
    <div className="room-empty data-sets-empty">
      <Icon name="dataSets" size={56} />
      <h3>{m.dataSets.none}</h3>
      <p>{m.dataSets.noneAdvice}</p>
      <p className="muted">{m.dataSets.staysHere}</p>
      <div className="button-row">
        <button type="button" className="button" onClick={onNew}>
          {m.dataSets.create}
        </button>
        <MadeHereButtons room={room} />
      </div>
      <p className="muted">{m.dataSets.exampleHint}</p>
    </div>
  )
}
