/**
 * What makes a few pictures stand for many, to be set and seen: sliders of `Augmentation`, and a grid of random draws that follows them. The draws are made by the
 * functions that the trainer calls; nothing is shown here that a training would not be shown.
 */

import { useId, useState } from 'react'
import { type Augmentation, NO_AUGMENTATION, STANDARD_AUGMENTATION } from '../../../shared/augment'
import { SliderField, SwitchField } from '../fields'
import { Icon } from '../Icon'
import { useMessages } from '../i18n/I18n'
import { AugmentationGrid } from './AugmentationGrid'
import type { AugmentationExample, SideKinds } from './preview'

export type { AugmentationExample, SideKinds } from './preview'

interface AugmentationPanelProps {
  readonly value: Augmentation
  readonly onChange: (value: Augmentation) => void
  /** A few pictures of the chosen set: whole pairs, or single pictures of unpaired sets. Empty: the sliders alone. */
  readonly pictures: readonly AugmentationExample[]
  /** What the sides are to the method; photos (A) and pictures to be made (B) unless told. */
  readonly kinds?: SideKinds
  /** As a step is shown them, in pixels: the whole picture's side and the piece's. */
  readonly sizePx?: number
  readonly cropPx?: number
}

const USUAL_KINDS: SideKinds = { a: 'photo', b: 'picture' }
const PREVIEW_PX = 144

export function AugmentationPanel({
  value,
  onChange,
  pictures,
  kinds = USUAL_KINDS,
  sizePx = PREVIEW_PX,
  cropPx = sizePx,
}: AugmentationPanelProps) {
  const m = useMessages()
  const [seed, setSeed] = useState(1)
  return (
    <div className="augmentation">
      <Sliders value={value} onChange={onChange} kinds={kinds} />
      <div className="augmentation-preview">
        <div className="augmentation-bar">
          <p className="muted">{pictures.length > 0 ? m.augmentation.previewHint : m.augmentation.noPictures}</p>
          <button type="button" className="button" disabled={pictures.length === 0} onClick={() => setSeed(seed + 1)}>
            <Icon name="dice" size={16} />
            <span>{m.augmentation.drawAgain}</span>
          </button>
        </div>
        {pictures.length > 0 ? (
          <AugmentationGrid settings={value} pictures={pictures} kinds={kinds} sizePx={sizePx} cropPx={cropPx} seed={seed} />
        ) : null}
      </div>
    </div>
  )
}

type NumberOf = Exclude<keyof Augmentation, 'mirror'>

interface SlidersProps {
  readonly value: Augmentation
  readonly onChange: (value: Augmentation) => void
  readonly kinds: SideKinds
}

function Sliders({ value, onChange, kinds }: SlidersProps) {
  const m = useMessages()
  const hintId = useId()
  const has = (kind: SideKinds['a']): boolean => kinds.a === kind || kinds.b === kind
  const slider = (key: NumberOf, max: number, step: number, format: (value: number) => string) => (
    <SliderField
      label={m.augmentation[key]}
      value={value[key]}
      min={0}
      max={max}
      step={step}
      format={format}
      onChange={(next) => onChange({ ...value, [key]: next })}
    />
  )
  const share = (part: number): string => `± ${m.percent(Math.round(100 * part))}`
  return (
    <div className="augmentation-sliders">
      <fieldset>
        <legend>{m.augmentation.both}</legend>
        <SwitchField label={m.augmentation.mirror} checked={value.mirror} onChange={(mirror) => onChange({ ...value, mirror })} />
        {slider('crop', 0.5, 0.01, (part) => m.augmentation.upTo(m.percent(Math.round(100 * part))))}
      </fieldset>
      <fieldset>
        <legend>{m.augmentation.photos}</legend>
        {slider('light', 0.5, 0.01, share)}
        {slider('colour', 0.5, 0.01, share)}
      </fieldset>
      <fieldset aria-describedby={hintId}>
        <legend>{m.augmentation.sketches}</legend>
        {slider('shiftPx', 100, 1, (px) => `± ${m.pixels(px)}`)}
        {slider('turnDegrees', 30, 0.5, (degrees) => `± ${degrees}°`)}
        <p id={hintId} className="muted">
          {has('sketch') ? m.augmentation.sketchesHint : m.augmentation.noSketches}
        </p>
      </fieldset>
      <div className="button-row">
        <button type="button" className="button small" onClick={() => onChange(STANDARD_AUGMENTATION)}>
          {m.augmentation.standard}
        </button>
        <button type="button" className="button small" onClick={() => onChange(NO_AUGMENTATION)}>
          {m.augmentation.none}
        </button>
      </div>
    </div>
  )
}
