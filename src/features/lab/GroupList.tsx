/** The groups: what each is, its colour and shape, whether it takes part; and the person's own sketches and groups, which can be dropped. */

import { useStore } from 'zustand'
import { IconButton } from '../ui/IconButton'
import { useMessages } from '../ui/i18n/I18n'
import type { Messages } from '../ui/i18n/messages'
import { markOf } from './marks'
import type { LabRoom } from './room'
import { type LabGroup, OWN_GROUP } from './roomTypes'

export function groupName(m: Messages, { id, made }: Pick<LabGroup, 'id' | 'made'>): string {
  if (made?.kind === 'lasso') return m.lab.lassoGroup(made.number)
  if (made?.kind === 'dragged') return m.lab.draggedGroup(m.parts[made.part], made.number)
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
        {groups.map((group, place) => {
          const { shape, colour } = markOf(place)
          const name = groupName(m, group)
          const isOwn = group.made !== undefined || group.id === OWN_GROUP
          return (
            <div key={group.id} className="lab-group-row">
              <label className="lab-group">
                <input type="checkbox" checked={!left.has(group.id)} onChange={() => room.toggleGroup(group.id)} />
                <svg viewBox="-1.6 -1.6 3.2 3.2" aria-hidden="true">
                  <path d={shape} fill={colour} />
                </svg>
                <span>{name}</span>
                <span className="muted">{group.drawings.length}</span>
              </label>
              {isOwn ? <IconButton icon="close" label={m.lab.dropGroup(name)} onClick={() => room.dropGroup(group.id)} /> : null}
            </div>
          )
        })}
      </div>
      <button type="button" className="button small" disabled={!isLoaded} onClick={() => void room.addOwn()}>
        {m.lab.addOwn}
      </button>
    </fieldset>
  )
}
