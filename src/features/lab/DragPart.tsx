/** A group made by dragging one part of the drawing on show: by the pointer, which takes hold of the nearest part, or by numbers. */

import { useMemo, useState } from 'react'
import type { Part } from '../../faces/parts'
import type { Drawing } from '../../lab/drawingSet'
import { SKETCH_SIZE_PX } from '../../shared/units'
import { SelectField } from '../ui/fields'
import { useMessages } from '../ui/i18n/I18n'
import { DRAGGED, draggableParts, partAt, partsOf, withPartMoved } from './ownGroups'
import type { LabRoom } from './room'
import { usePointerWay } from './usePointerWay'

interface DragProps {
  readonly room: LabRoom
  readonly drawing: Drawing
}

/** From where it began, flat dx, dy. */
const fromStart = (way: readonly number[]): number[] => way.map((value, i) => value - (way[i % 2] as number))

export function DragPaper({ room, drawing, name }: DragProps & { readonly name: string }) {
  const [part, setPart] = useState<Part | null>(null)
  const take = (x: number, y: number): boolean => {
    const found = partAt(drawing, x, y)
    setPart(found)
    return found !== null
  }
  const { way, handlers } = usePointerWay(SKETCH_SIZE_PX, (ended) => part && room.drag(part, fromStart(ended)), take)
  const [dx = 0, dy = 0] = fromStart(way).slice(-2)
  const shown = part && way.length > 0 ? withPartMoved(drawing, part, [dx, dy]) : drawing
  const parts = useMemo(() => partsOf(drawing), [drawing])
  return (
    <svg className="lab-drag" viewBox={`0 0 ${SKETCH_SIZE_PX} ${SKETCH_SIZE_PX}`} role="img" aria-label={name} {...handlers}>
      <rect className="lab-paper" width={SKETCH_SIZE_PX} height={SKETCH_SIZE_PX} />
      {shown.map((line, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a drawing's lines never change
        <polyline key={i} points={line.join(' ')} data-line={way.length > 0 && parts[i] === part ? 'new' : undefined} />
      ))}
    </svg>
  )
}

/** The same without a pointer: a straight way. */
export function DragFields({ room, drawing }: DragProps) {
  const m = useMessages()
  const parts = useMemo(() => draggableParts(drawing), [drawing])
  const [wanted, setPart] = useState<Part>('mouth')
  const [way, setWay] = useState<readonly [number, number]>([0, 24])
  const part = parts.includes(wanted) ? wanted : parts[0]
  if (!part) return <p className="lab-hint">{m.lab.noParts}</p>
  const set = (axis: 0 | 1, value: number): void => {
    if (Number.isFinite(value)) setWay(axis === 0 ? [value, way[1]] : [way[0], value])
  }
  return (
    <div className="lab-point">
      <SelectField
        label={m.lab.dragPart}
        value={part}
        choices={parts.map((value) => ({ value, label: m.parts[value] }))}
        onChange={setPart}
      />
      {([0, 1] as const).map((axis) => (
        <label key={axis}>
          {axis === 0 ? m.lab.dragRight : m.lab.dragDown}
          <input
            className="text-field"
            type="number"
            min={-SKETCH_SIZE_PX}
            max={SKETCH_SIZE_PX}
            value={way[axis]}
            onChange={(event) => set(axis, event.target.valueAsNumber)}
          />
        </label>
      ))}
      <button type="button" className="button small" onClick={() => room.drag(part, [0, 0, ...way])}>
        {m.lab.dragMake(DRAGGED)}
      </button>
    </div>
  )
}
