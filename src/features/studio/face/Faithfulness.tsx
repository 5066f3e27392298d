/** How closely the lines of each part are followed: one slider a part, the other way round than tolerance, with a mark where the model recommends it to be. */

import { useStore } from 'zustand'
import { TOLERANCE_PARTS, type TolerancePart } from '../../../faces/tolerance'
import { resolveTolerance, withTolerance } from '../../../faces/toleranceChoice'
import { SliderField } from '../../ui/fields'
import { Hint } from '../../ui/Hint'
import { InfoButton } from '../../ui/InfoButton'
import { useMessages } from '../../ui/i18n/I18n'
import { useStudio } from '../studioContext'
import { useModel } from '../useInference'
import { closenessOf } from './plainWords'

const STEP = 0.05

export function Faithfulness() {
  const m = useMessages()
  const { faceLoop } = useStudio()
  const choice = useStore(faceLoop.store, (state) => state.tolerance)
  const defaults = useModel()?.tolerance?.defaults
  if (!defaults) return null
  return (
    <section className="faithfulness" aria-label={m.faithfulness.title}>
      <header className="faithfulness-header">
        <h2>{m.faithfulness.title}</h2>
        <p className="muted">{m.faithfulness.hint}</p>
        <InfoButton label={m.plain.faithfulnessInfo}>
          <dl className="info-figures">
            {TOLERANCE_PARTS.map((part) => (
              <div key={part}>
                <dt>{m.faithfulness.parts[part]}</dt>
                <dd className="number">{m.percent(Math.round(100 * toFaithfulness(resolveTolerance(choice, defaults)[part])))}</dd>
              </div>
            ))}
          </dl>
        </InfoButton>
        <Hint text={m.faithfulness.recommendedHint} side="top">
          <button
            type="button"
            className="button small quiet"
            disabled={Object.keys(choice).length === 0}
            onClick={() => faceLoop.setTolerance({})}
          >
            {m.faithfulness.recommended}
          </button>
        </Hint>
      </header>
      <div className="faithfulness-parts">
        {TOLERANCE_PARTS.map((part) => (
          <PartSlider
            key={part}
            part={part}
            tolerance={resolveTolerance(choice, defaults)[part]}
            recommended={defaults[part]}
            set={(value) => faceLoop.setTolerance(withTolerance(choice, part, value))}
          />
        ))}
      </div>
    </section>
  )
}

interface PartSliderProps {
  part: TolerancePart
  tolerance: number
  recommended: number
  /** `null` leaves it to the model. */
  set: (tolerance: number | null) => void
}

function PartSlider({ part, tolerance, recommended, set }: PartSliderProps) {
  const m = useMessages()
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the slider takes the keys and the pointer; this adds a way back to it
    <div
      className="faithfulness-part"
      style={{ '--recommended': toFaithfulness(recommended) } as object}
      onDoubleClick={() => set(null)}
      onKeyDown={(event) => {
        if (event.key !== 'Delete' && event.key !== 'Backspace') return
        // The page would delete what is selected.
        event.preventDefault()
        set(null)
      }}
    >
      <SliderField
        label={m.faithfulness.parts[part]}
        value={toFaithfulness(tolerance)}
        min={0}
        max={1}
        step={STEP}
        onChange={(value) => set(toTolerance(value))}
        format={(value) => m.plain.closenesses[closenessOf(value)]}
      />
    </div>
  )
}

/**
 * What a face does with a line changes little until the line is nearly forgiven (docs/decisions/0010), so the slider runs along the cube root: its middle is
 * the middle of the effect. In whole percents, and back.
 */
function toFaithfulness(tolerance: number): number {
  return Math.round(100 * Math.cbrt(1 - tolerance)) / 100
}

function toTolerance(faithfulness: number): number {
  return Math.round(1e4 * (1 - faithfulness ** 3)) / 1e4
}
