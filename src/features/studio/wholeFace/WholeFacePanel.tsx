/** The whole face by sliders: older, wider, more of a caricature. They move the drawn lines; a double click or Delete sets one back. */

import { useRef } from 'react'
import { useStore } from 'zustand'
import { CHANGES, type Change, isUnchanged } from '../../../faces/wholeFace'
import { SliderField } from '../../ui/fields'
import { Hint } from '../../ui/Hint'
import { Icon } from '../../ui/Icon'
import { useMessages } from '../../ui/i18n/I18n'
import { PanelChoice } from '../PanelChoice'
import { useStudio } from '../studioContext'
import { randomFaceNumber } from './randomFaces'

const STEP = 0.05

export function WholeFacePanel() {
  const m = useMessages()
  return (
    <section className="look whole-face" aria-label={m.wholeFace.title}>
      <header className="look-header">
        <PanelChoice />
        <Note />
        <ResetButton />
      </header>
      <div className="look-fields">
        {CHANGES.map((change) => (
          <ChangeSlider key={change} change={change} />
        ))}
        <RandomFacesButton />
      </div>
    </section>
  )
}

/** What the sliders do; and of a drawing that began as a random face, its number. */
function Note() {
  const m = useMessages()
  const { editor } = useStudio()
  const seed = useStore(editor.documentStore, ({ document }) => randomFaceNumber(document))
  return (
    <span className="look-name muted">
      <span>{seed === null ? m.wholeFace.hint : m.wholeFace.began(seed)}</span>
    </span>
  )
}

/** In the place that seven sliders leave free. */
function RandomFacesButton() {
  const m = useMessages()
  const { randomFaces } = useStudio()
  return (
    <button type="button" className="button small whole-face-random" onClick={() => randomFaces.offer()}>
      <Icon name="dice" size={16} />
      <span>{m.wholeFace.random}</span>
    </button>
  )
}

function ResetButton() {
  const m = useMessages()
  const { wholeFace } = useStudio()
  const unchanged = useStore(wholeFace.store, ({ amounts }) => isUnchanged(amounts))
  return (
    <Hint text={m.wholeFace.resetHint} side="top">
      <button type="button" className="button small quiet" disabled={unchanged} onClick={() => wholeFace.reset()}>
        {m.wholeFace.reset}
      </button>
    </Hint>
  )
}

function ChangeSlider({ change }: { change: Change }) {
  const m = useMessages()
  const { wholeFace } = useStudio()
  const amount = useStore(wholeFace.store, ({ amounts }) => amounts[change] ?? 0)
  const isHeld = useRef(false)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the slider takes the keys and the pointer; this adds a way back to the middle
    <div
      className="look-field whole-face-slider"
      onPointerDownCapture={() => {
        isHeld.current = true
      }}
      onDoubleClick={() => wholeFace.reset(change)}
      onKeyDown={(event) => {
        if (event.key !== 'Delete' && event.key !== 'Backspace') return
        // The page would delete what is selected.
        event.preventDefault()
        wholeFace.reset(change)
      }}
      onLostPointerCapture={() => {
        // Also where it was dragged back to where it began, which no slider tells.
        isHeld.current = false
        wholeFace.settle()
      }}
      onBlur={() => wholeFace.settle()}
    >
      <SliderField
        label={m.wholeFace.sliders[change]}
        value={amount}
        min={-1}
        max={1}
        step={STEP}
        onChange={(value) => wholeFace.set(change, Math.round(100 * value) / 100)}
        onCommit={() => {
          // One edit a drag; keys come in a row.
          if (isHeld.current) wholeFace.settle()
          else wholeFace.settleSoon()
          isHeld.current = false
        }}
        format={signed}
      />
    </div>
  )
}

/** In hundredths, as +40 or −40: the same in every language. */
function signed(amount: number): string {
  const hundredths = Math.round(100 * amount)
  return `${hundredths > 0 ? '+' : hundredths < 0 ? '−' : ''}${Math.abs(hundredths)}`
}
