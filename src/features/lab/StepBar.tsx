/** The name of the drawing on show, and the way to its neighbours. */

import { useStore } from 'zustand'
import type { Drawing } from '../../lab/drawingSet'
import { IconButton } from '../ui/IconButton'
import { useMessages } from '../ui/i18n/I18n'
import { groupName } from './GroupList'
import { whereIs } from './groups'
import type { LabRoom } from './room'

export function useShownDrawing(room: LabRoom): { readonly drawing: Drawing | undefined; readonly name: string } {
  const m = useMessages()
  const groups = useStore(room.store, (state) => state.groups)
  const chosen = useStore(room.store, (state) => state.chosen)
  const { group, number } = whereIs(groups, chosen)
  const drawing = groups[group]?.drawings[number]
  return { drawing, name: drawing ? m.lab.drawing(groupName(m, groups[group] ?? { id: '' }), number + 1) : m.lab.noDrawing }
}

export function StepBar({ room }: { room: LabRoom }) {
  const m = useMessages()
  const chosen = useStore(room.store, (state) => state.chosen)
  const total = useStore(room.store, (state) => state.groups.reduce((sum, { drawings }) => sum + drawings.length, 0))
  const { name } = useShownDrawing(room)
  const step = (by: number): void => room.choose((chosen + by + total) % total)
  return (
    <div className="lab-step">
      <IconButton icon="previous" label={m.lab.previous} disabled={total === 0} onClick={() => step(-1)} />
      <p aria-live="polite">{name}</p>
      <IconButton icon="next" label={m.lab.next} disabled={total === 0} onClick={() => step(1)} />
    </div>
  )
}
