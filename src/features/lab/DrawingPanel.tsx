/** The drawing that is pointed at, the place at which features are read, and how much of the drawing a feature of each layer sees. */

import { type PointerEvent, useId, useState } from 'react'
import { useStore } from 'zustand'
import type { Drawing } from '../../lab/drawingSet'
import { ENCODER_LAYERS, EYE_CORNER, type PagePoint, receptiveField } from '../../shared/featurePlace'
import { SKETCH_SIZE_PX } from '../../shared/units'
import { ChoiceField } from '../ui/fields'
import { useMessages } from '../ui/i18n/I18n'
import { DragFields, DragPaper } from './DragPart'
import type { LabRoom } from './room'
import { type LabState, SIDES } from './roomTypes'
import { StepBar, useShownDrawing } from './StepBar'
import { placeIn } from './usePointerWay'

const CROSS_PX = 9

type Mode = 'place' | 'drag'

export function DrawingPanel({ room }: { room: LabRoom }) {
  const m = useMessages()
  const { drawing, name } = useShownDrawing(room)
  const [mode, setMode] = useState<Mode>('place')
  const modes = (['place', 'drag'] as const).map((value) => ({ value, label: m.lab.drawingModes[value] }))
  return (
    <section className="lab-drawing" aria-label={m.lab.drawingTitle}>
      {mode === 'place' || !drawing ? <PlacePaper room={room} drawing={drawing ?? []} name={name} /> : null}
      {mode === 'drag' && drawing ? <DragPaper room={room} drawing={drawing} name={name} /> : null}
      <StepBar room={room} />
      <div className="lab-own">
        <ChoiceField bare label={m.lab.drawingMode} value={mode} choices={modes} onChange={setMode} />
        <button type="button" className="button small" disabled={!drawing} onClick={room.pick}>
          {m.lab.pick}
        </button>
      </div>
      {mode === 'place' ? <PointFields room={room} /> : null}
      {mode === 'drag' && drawing ? <DragFields room={room} drawing={drawing} /> : null}
      <p className="lab-hint muted">{mode === 'place' ? m.lab.pointHint : m.lab.dragHint}</p>
    </section>
  )
}

function PlacePaper({ room, drawing, name }: { room: LabRoom; drawing: Drawing; name: string }) {
  const place = (event: PointerEvent<SVGSVGElement>): void => {
    const [x, y] = placeIn(event, 1)
    room.choosePoint([x, y])
  }
  return (
    <svg viewBox={`0 0 ${SKETCH_SIZE_PX} ${SKETCH_SIZE_PX}`} role="img" aria-label={name} onPointerDown={place}>
      <rect className="lab-paper" width={SKETCH_SIZE_PX} height={SKETCH_SIZE_PX} />
      {drawing.map((line, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a drawing's lines never change
        <polyline key={i} points={line.join(' ')} />
      ))}
      <Fields room={room} />
    </svg>
  )
}

/** The squares that a feature sees, from L0 inside to L4: one set for each size of model on show, the chosen layer's filled. */
function Fields({ room }: { room: LabRoom }) {
  const point = useStore(room.store, (state) => state.point)
  const layer = useStore(room.store, (state) => state.layer)
  const sizes = useStore(room.store, (state) => sizesOf(state).join())
  const [x, y] = point.map((share) => share * SKETCH_SIZE_PX) as [number, number]
  const fields = sizes === '' ? [] : sizes.split(',').flatMap((sizePx, rank) => fieldsOf(point, Number(sizePx), rank))
  return (
    <g className="lab-fields">
      {fields.map(({ box: { left, top, right, bottom }, key, place, rank }) => (
        <rect
          key={key}
          x={left * SKETCH_SIZE_PX}
          y={top * SKETCH_SIZE_PX}
          width={(right - left) * SKETCH_SIZE_PX}
          height={(bottom - top) * SKETCH_SIZE_PX}
          data-layer={place}
          data-rank={rank}
          data-chosen={place === layer ? '' : undefined}
        />
      ))}
      <path d={`M${x - CROSS_PX} ${y}H${x + CROSS_PX}M${x} ${y - CROSS_PX}V${y + CROSS_PX}`} />
    </g>
  )
}

function fieldsOf(point: PagePoint, sizePx: number, rank: number) {
  return Array.from({ length: ENCODER_LAYERS }, (_, place) => ({
    ...{ place, rank, key: `${sizePx}-${place}` },
    box: receptiveField(point, sizePx, place),
  }))
}

function sizesOf({ features, sides }: LabState): number[] {
  return [...new Set(SIDES.flatMap((side) => features[sides[side] ?? '']?.sizePx ?? []))]
}

function PointFields({ room }: { room: LabRoom }) {
  const m = useMessages()
  const id = useId()
  const point = useStore(room.store, (state) => state.point)
  const px = point.map((share) => Math.round(share * SKETCH_SIZE_PX)) as [number, number]
  const isThesis = point[0] === EYE_CORNER[0] && point[1] === EYE_CORNER[1]
  const set = (axis: 0 | 1, value: number): void => {
    if (!Number.isFinite(value)) return
    const within = Math.min(SKETCH_SIZE_PX - 1, Math.max(0, value)) / SKETCH_SIZE_PX
    room.choosePoint(axis === 0 ? [within, point[1]] : [point[0], within])
  }
  return (
    <div className="lab-point">
      {([0, 1] as const).map((axis) => (
        <span key={axis}>
          <label htmlFor={`${id}-${axis}`}>{axis === 0 ? m.lab.pointX : m.lab.pointY}</label>
          <input
            // Another point starts another computation, so it is taken when the field is left or Enter is pressed.
            key={px[axis]}
            id={`${id}-${axis}`}
            className="text-field"
            type="number"
            min={0}
            max={SKETCH_SIZE_PX - 1}
            defaultValue={px[axis]}
            onBlur={(event) => event.target.valueAsNumber !== px[axis] && set(axis, event.target.valueAsNumber)}
            onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
          />
        </span>
      ))}
      <button type="button" className="button small" disabled={isThesis} onClick={() => room.choosePoint(EYE_CORNER)}>
        {m.lab.eyeCorner}
      </button>
    </div>
  )
}
