/** The groups: what each is, its colour and shape, whether it takes part; and the person's own sketches as one more. */

import { useStore } from 'zustand'
import { useMessages } from '../ui/i18n/I18n'
import type { Messages } from '../ui/i18n/messages'
import { markOf } from './marks'
import type { LabRoom } from './room'

export function groupName(m: Messages, id: string): string {
  return (m.lab.groups as Readonly<Record<string, string>>)[id] ?? id
}

export function GroupList({ room }: { room: LabRoom }) {
  const m = useMessages()
  const groups = useStore(room.store, (state) => state.groups)
  const left = useStore(room.store, (state) => state.left)
  const isLoaded = useStore(room.store, (state) => state.isLoaded)
  return (
    <fieldset className="lab-groups">
      <legend>{m.lab.groupsTitle}</legend>
      <div className="lab-group-list">
        {groups.map(({ id, drawings }, group) => {
          const { shape, colour } = markOf(group)
          return (
            <label key={id} className="lab-group">
              <input type="checkbox" checked={!left.has(id)} onChange={() => room.toggleGroup(id)} />
              <svg viewBox="-1.6 -1.6 3.2 3.2" aria-hidden="true">
                <path d={shape} fill={colour} />
              </svg>
              <span>{groupName(m, id)}</span>
              <span className="muted">{drawings.length}</span>
            </label>
          )
        })}
      </div>
      <button type="button" className="button small" disabled={!isLoaded} onClick={() => void room.addOwn()}>
        {m.lab.addOwn}
      </button>
    </fieldset>
  )
}
