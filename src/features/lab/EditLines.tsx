/** An edit as lines on paper: what stays, what is new, and what is gone. */

import { useStore } from 'zustand'
import { type Edit, linesBeyond } from '../../lab/edit'
import type { PagePoint } from '../../shared/featurePlace'
import { SKETCH_SIZE_PX } from '../../shared/units'
import { useMessages } from '../ui/i18n/I18n'
import { editInHand } from './edits'
import type { LabRoom } from './room'

const CROSS_PX = 14

export function useEditInHand(room: LabRoom): Edit | null {
  const groups = useStore(room.store, (state) => state.groups)
  const chosen = useStore(room.store, (state) => state.chosen)
  const ownEdit = useStore(room.store, (state) => state.ownEdit)
  return editInHand({ groups, chosen, ownEdit })
}

export function EditPolylines({ edit }: { edit: Edit }) {
  const lines = [
    ...edit.after.map((line) => ({ line, kind: undefined })),
    ...linesBeyond(edit.before, edit.after).map((line) => ({ line, kind: 'gone' })),
    ...linesBeyond(edit.after, edit.before).map((line) => ({ line, kind: 'new' })),
  ]
  return lines.map(({ line, kind }, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a drawing's lines never change
    <polyline key={i} points={line.join(' ')} data-line={kind} />
  ))
}

/** @param point marked by a cross */
export function EditLines({ edit, point }: { edit: Edit; point: PagePoint }) {
  const m = useMessages()
  const [x, y] = point.map((share) => share * SKETCH_SIZE_PX) as [number, number]
  return (
    <span className="lab-drawing lab-lines">
      <svg viewBox={`0 0 ${SKETCH_SIZE_PX} ${SKETCH_SIZE_PX}`} role="img" aria-label={m.lab.why.pictures.edit.title}>
        <rect className="lab-paper" width={SKETCH_SIZE_PX} height={SKETCH_SIZE_PX} />
        <EditPolylines edit={edit} />
        <g className="lab-fields">
          <path d={`M${x - CROSS_PX} ${y}H${x + CROSS_PX}M${x} ${y - CROSS_PX}V${y + CROSS_PX}`} />
        </g>
      </svg>
    </span>
  )
}
