/** The edit in hand on paper, with the lines that are new and those that are gone. A line that is drawn on it is an edit of its own. */

import { useStore } from 'zustand'
import { isUnedited } from '../../lab/edit'
import { SKETCH_SIZE_PX } from '../../shared/units'
import { useMessages } from '../ui/i18n/I18n'
import { EditPolylines, useEditInHand } from './EditLines'
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

function Hint({ room }: { room: LabRoom }) {
  const m = useMessages()
  const edit = useEditInHand(room)
  return <p className="lab-hint muted">{edit && isUnedited(edit) ? m.lab.changeFirst : m.lab.editLines}</p>
}

function Paper({ room, name }: { room: LabRoom; name: string }) {
  const edit = useEditInHand(room)
  const pen = usePointerWay(SKETCH_SIZE_PX, room.drawLine)
  return (
    <svg className="lab-pen" viewBox={`0 0 ${SKETCH_SIZE_PX} ${SKETCH_SIZE_PX}`} role="img" aria-label={name} {...pen.handlers}>
      <rect className="lab-paper" width={SKETCH_SIZE_PX} height={SKETCH_SIZE_PX} />
      {edit ? <EditPolylines edit={edit} /> : null}
      {pen.way.length > 0 ? <polyline points={pen.way.join(' ')} data-line="new" /> : null}
    </svg>
  )
}
