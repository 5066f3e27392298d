/** Says that the drawing is brought to the mean face's place before the face is made, and lets one leave it where it lies. */

import { useStore } from 'zustand'
import { isIdentity } from '../../../faces/placement'
import { describePlacement, type PlacementWords } from '../../../faces/placementWords'
import { useMessages } from '../../ui/i18n/I18n'
import type { Messages } from '../../ui/i18n/messages'
import { useStudio } from '../studioContext'

export function PlacementNote() {
  const m = useMessages()
  const { faceLoop, editor } = useStudio()
  const placement = useStore(faceLoop.store, (state) => state.placement)
  const places = useStore(editor.documentStore, (state) => !state.document.unplaced)
  if (places && isIdentity(placement)) return null
  return (
    <div className="placement">
      <output className="number">{places ? m.placement.placed(inWords(describePlacement(placement), m)) : m.placement.left}</output>
      <button
        type="button"
        className="button small quiet"
        aria-pressed={!places}
        title={m.placement.hint}
        onClick={() => editor.commands.takeInPlace(!places)}
      >
        {places ? m.placement.leave : m.placement.place}
      </button>
    </div>
  )
}

/** "12 px left, 3°, 0.8×": what is less than one can see is left out. */
export function inWords({ rightPx, downPx, turnDegrees, scale }: PlacementWords, m: Messages): string {
  const [x, y, turn] = [Math.round(rightPx), Math.round(downPx), Math.round(turnDegrees)]
  const words = [
    x === 0 ? null : x < 0 ? m.placement.leftPx(-x) : m.placement.rightPx(x),
    y === 0 ? null : y < 0 ? m.placement.upPx(-y) : m.placement.downPx(y),
    turn === 0 ? null : m.placement.turned(turn),
    Math.abs(scale - 1) < 0.01 ? null : `${scale.toFixed(2)}×`,
  ]
  return words.filter((word) => word !== null).join(m.placement.comma)
}
