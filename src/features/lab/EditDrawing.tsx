/** The edit in hand on paper, with the lines that are new and those that are gone. A line that is drawn on it is an edit of its own. */

import { useStore } from 'zustand'
import { SKETCH_SIZE_PX } from '../../shared/units'
import { useMessages } from '../ui/i18n/I18n'
import { editInHand, isUnedited, linesBeyond } from './edits'
import type { LabRoom } from './room'
import { StepBar, useShownDrawing } from './StepBar'
import { usePointerWay } from './usePointerWay'

export function EditDrawing({ room }: { room: LabRoom }) {
  const m = useMessages()
  const { name } = useShownDrawing(room)
  const ownEdit = useStore(room.store, (state) => state.ownEdit)
  return (
    <section className="lab-drawing" aria-label={m.lab.drawingTitle}>
      <Paper room={room} name={ownEdit ? m.lab.ownEdit : name} />
      <StepBar room={room} />
      <div className="lab-own">
        <button type="button" className="button small" onClick={room.takePage}>
          {m.lab.takePage}
        </button>
        <button type="button" className="button small" disabled={!ownEdit} onClick={room.dropOwnEdit}>
          {m.lab.dropOwnEdit}
        </button>
      </div>
      <Hint room={room} />
    </section>
  )
}

function useEdit(room: LabRoom) {
  const groups = useStore(room.store, (state) => state.groups)
  const chosen = useStore(room.store, (state) => state.chosen)
  const ownEdit = useStore(room.store, (state) => state.ownEdit)
  return editInHand({ groups, chosen, ownEdit })
}

function Hint({ room }: { room: LabRoom }) {
  const m = useMessages()
  const edit = useEdit(room)
  return <p className="lab-hint muted">{edit && isUnedited(edit) ? m.lab.changeFirst : m.lab.editLines}</p>
}

function Paper({ room, name }: { room: LabRoom; name: string }) {
  const edit = useEdit(room)
  const pen = usePointerWay(SKETCH_SIZE_PX, room.drawLine)
  const lines = edit
    ? [
        ...edit.after.map((line) => ({ line, kind: undefined })),
        ...linesBeyond(edit.before, edit.after).map((line) => ({ line, kind: 'gone' })),
        ...linesBeyond(edit.after, edit.before).map((line) => ({ line, kind: 'new' })),
      ]
    : []
  return (
    <svg className="lab-pen" viewBox={`0 0 ${SKETCH_SIZE_PX} ${SKETCH_SIZE_PX}`} role="img" aria-label={name} {...pen.handlers}>
      <rect className="lab-paper" width={SKETCH_SIZE_PX} height={SKETCH_SIZE_PX} />
      {lines.map(({ line, kind }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a drawing's lines never change
        <polyline key={i} points={line.join(' ')} data-line={kind} />
      ))}
      {pen.way.length > 0 ? <polyline points={pen.way.join(' ')} data-line="new" /> : null}
    </svg>
  )
}
