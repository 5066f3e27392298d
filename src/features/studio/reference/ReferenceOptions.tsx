/** What can be done with the reference picture: strength, place, size, turn. A small page stands for the large one, so that no gesture on paper ever moves the picture. */

import { Popover } from 'radix-ui'
import { type PointerEvent, useRef } from 'react'
import { useStore } from 'zustand'
import { SKETCH_SIZE_PX } from '../../../shared/units'
import type { ReferencePicture } from '../../../storage/referenceTable'
import { SliderField, SwitchField } from '../../ui/fields'
import { useMessages } from '../../ui/i18n/I18n'
import { usePictureUrl } from '../../ui/usePictureUrl'
import { useStudio } from '../studioContext'
import { useFormats } from '../tools/settings'
import { fitted, SIZE } from './reference'

/** What opens on the rail's button, once there is a picture. */
export function ReferencePopover({ side }: { side: 'top' | 'right' | 'bottom' }) {
  const m = useMessages()
  const reference = useStore(useStudio().reference.store, (state) => state.reference)
  return reference ? (
    <Popover.Content className="popover reference-popover" aria-label={m.reference.title} side={side} sideOffset={8} collisionPadding={8}>
      <ReferenceFields reference={reference} />
    </Popover.Content>
  ) : null
}

function ReferenceFields({ reference }: { reference: ReferencePicture }) {
  const m = useMessages()
  const { percent, degrees } = useFormats()
  const { reference: port, chooseReference } = useStudio()
  const whole = fitted(reference).scale
  return (
    <>
      <MiniPage reference={reference} />
      <SwitchField label={m.reference.shown} checked={reference.isShown} onChange={(isShown) => port.change({ isShown })} />
      <SliderField
        label={m.reference.opacity}
        value={reference.opacity}
        min={0.05}
        max={1}
        step={0.05}
        onChange={(opacity) => port.change({ opacity })}
        format={percent}
      />
      {/* By its logarithm: twice as large is as far as half as large. */}
      <SliderField
        label={m.reference.size}
        value={Math.log2(reference.scale / whole)}
        min={Math.log2(SIZE.least)}
        max={Math.log2(SIZE.most)}
        step={0.05}
        onChange={(value) => port.change({ scale: whole * 2 ** value })}
        format={(value) => percent(2 ** value)}
      />
      <SliderField
        label={m.reference.turn}
        value={reference.turnDegrees}
        min={-180}
        max={180}
        step={1}
        onChange={(turnDegrees) => port.change({ turnDegrees })}
        format={degrees}
      />
      <div className="button-row">
        <button type="button" className="button small" onClick={() => port.change(fitted(reference))}>
          {m.reference.fit}
        </button>
        <button type="button" className="button small" onClick={chooseReference}>
          {m.reference.replace}
        </button>
        <button type="button" className="button small" onClick={() => void port.show(null)}>
          {m.reference.remove}
        </button>
      </div>
    </>
  )
}

const STEP_PX = { fine: 1, coarse: 10 }
const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

/** Drag, wheel or arrow keys. */
function MiniPage({ reference }: { reference: ReferencePicture }) {
  const m = useMessages()
  const { reference: port } = useStudio()
  const address = usePictureUrl(reference.picture)
  const held = useRef<{ readonly pointerId: number; x: number; y: number } | null>(null)
  const { x, y, scale, turnDegrees, width, height, opacity } = reference
  const move = (dx: number, dy: number): void => {
    const now = port.store.getState().reference
    if (now) port.change({ x: now.x + dx, y: now.y + dy })
  }
  const onPointerMove = (event: PointerEvent<HTMLElement>): void => {
    const from = held.current
    if (from?.pointerId !== event.pointerId) return
    const pxPerScreenPx = SKETCH_SIZE_PX / event.currentTarget.clientWidth
    move((event.clientX - from.x) * pxPerScreenPx, (event.clientY - from.y) * pxPerScreenPx)
    held.current = { pointerId: event.pointerId, x: event.clientX, y: event.clientY }
  }
  const release = (): void => {
    held.current = null
  }
  return (
    <button
      type="button"
      className="reference-page"
      aria-label={m.reference.move}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        held.current = { pointerId: event.pointerId, x: event.clientX, y: event.clientY }
      }}
      onPointerMove={onPointerMove}
      onPointerUp={release}
      onPointerCancel={release}
      onWheel={(event) => {
        const whole = fitted(reference).scale
        const next = scale * 2 ** (-event.deltaY / 400)
        port.change({ scale: Math.min(SIZE.most * whole, Math.max(SIZE.least * whole, next)) })
      }}
      onKeyDown={(event) => {
        const arrow = ARROWS[event.key]
        if (!arrow) return
        event.preventDefault()
        const step = event.shiftKey ? STEP_PX.coarse : STEP_PX.fine
        move(arrow[0] * step, arrow[1] * step)
      }}
    >
      <svg viewBox={`0 0 ${SKETCH_SIZE_PX} ${SKETCH_SIZE_PX}`} aria-hidden="true">
        {address ? (
          <image
            href={address}
            width={width}
            height={height}
            opacity={opacity}
            transform={`translate(${x} ${y}) rotate(${turnDegrees}) scale(${scale}) translate(${-width / 2} ${-height / 2})`}
          />
        ) : null}
      </svg>
      <span>{m.reference.moveHint}</span>
    </button>
  )
}
