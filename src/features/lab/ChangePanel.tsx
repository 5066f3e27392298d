/** The edit of the drawing on show, as it spreads: how far the features of every place move, layer by layer, in both models. */

import { useEffect, useRef } from 'react'
import { useStore } from 'zustand'
import { SKETCH_SIZE_PX } from '../../shared/units'
import type { LayerChange } from '../../workers/protocol'
import { useLocalized, useMessages } from '../ui/i18n/I18n'
import { changeImage, movedShare } from './changes'
import { type LabRoom, whereIs } from './room'
import { SIDES, type Side } from './roomTypes'

export function ChangePanel({ room }: { room: LabRoom }) {
  const m = useMessages()
  const hasAny = useStore(room.store, (state) => SIDES.some((side) => state.changes[side]))
  const isFirst = useStore(room.store, (state) => whereIs(state.groups, state.chosen).number === 0)
  if (!hasAny) return null
  return (
    <section className="lab-changes" aria-label={m.lab.changeTitle}>
      <h3>{m.lab.changeTitle}</h3>
      <p className="muted">{isFirst ? m.lab.changeFirst : m.lab.changeNote}</p>
      {SIDES.map((side) => (
        <Row key={side} room={room} side={side} />
      ))}
    </section>
  )
}

function Row({ room, side }: { room: LabRoom; side: Side }) {
  const text = useLocalized()
  const layers = useStore(room.store, (state) => state.changes[side])
  const id = useStore(room.store, (state) => state.sides[side])
  const groups = useStore(room.store, (state) => state.groups)
  const chosen = useStore(room.store, (state) => state.chosen)
  const name = room.port.models.list().find((model) => model.id === id)?.name
  if (!layers) return null
  const { group, number } = whereIs(groups, chosen)
  const drawing = groups[group]?.drawings[number] ?? []
  return (
    <div className="lab-change-row" data-side={side}>
      <h4>{name ? text(name) : id}</h4>
      <ol>
        {layers.map((layer, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a layer is its number
          <li key={i}>
            <Heat layer={layer} place={i} />
            <svg viewBox={`0 0 ${SKETCH_SIZE_PX} ${SKETCH_SIZE_PX}`} aria-hidden="true">
              {drawing.map((line, k) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a drawing's lines never change
                <polyline key={k} points={line.join(' ')} />
              ))}
            </svg>
          </li>
        ))}
      </ol>
    </div>
  )
}

function Heat({ layer, place }: { layer: LayerChange; place: number }) {
  const m = useMessages()
  const ref = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    ref.current?.getContext('2d')?.putImageData(new ImageData(changeImage(layer.change), layer.px, layer.px), 0, 0)
  }, [layer])
  const caption = m.lab.moved(`L${place}`, (100 * movedShare(layer.change)).toFixed(1))
  return (
    <figure>
      <canvas ref={ref} width={layer.px} height={layer.px} role="img" aria-label={caption} />
      <figcaption>{caption}</figcaption>
    </figure>
  )
}
