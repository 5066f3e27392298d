/** The edit in hand on paper: its drawing with the lines that are new, and those that are gone. */

import { useStore } from 'zustand'
import { SKETCH_SIZE_PX } from '../../shared/units'
import { useMessages } from '../ui/i18n/I18n'
import { editInHand, isUnedited, linesBeyond } from './edits'
import type { LabRoom } from './room'
import { StepBar, useShownDrawing } from './StepBar'

export function EditDrawing({ room }: { room: LabRoom }) {
  const m = useMessages()
  const { name } = useShownDrawing(room)
  const groups = useStore(room.store, (state) => state.groups)
  const chosen = useStore(room.store, (state) => state.chosen)
  const edit = editInHand({ groups, chosen })
  const lines = edit
    ? [
        ...edit.after.map((line) => ({ line, kind: undefined })),
        ...linesBeyond(edit.before, edit.after).map((line) => ({ line, kind: 'gone' })),
        ...linesBeyond(edit.after, edit.before).map((line) => ({ line, kind: 'new' })),
      ]
    : []
  return (
    <section className="lab-drawing" aria-label={m.lab.drawingTitle}>
      <svg viewBox={`0 0 ${SKETCH_SIZE_PX} ${SKETCH_SIZE_PX}`} role="img" aria-label={name}>
        <rect className="lab-paper" width={SKETCH_SIZE_PX} height={SKETCH_SIZE_PX} />
        {lines.map(({ line, kind }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a drawing's lines never change
          <polyline key={i} points={line.join(' ')} data-line={kind} />
        ))}
      </svg>
      <StepBar room={room} />
      <p className="lab-hint muted">{edit && isUnedited(edit) ? m.lab.changeFirst : m.lab.editLines}</p>
    </section>
  )
}
