/** A colour of the look: left open, one of the swatches, or any other through the browser's own colour picker. */

import { useMessages } from '../../ui/i18n/I18n'
import { fromHex, type Rgb, toHex } from './lookValues'

interface ColourFieldProps {
  label: string
  value: Rgb | null
  /** Where the picker starts while the field is open. */
  fallback: Rgb
  swatches: readonly Rgb[]
  /** `null` leaves it open. */
  onChange: (value: Rgb | null) => void
}

export function ColourField({ label, value, fallback, swatches, onChange }: ColourFieldProps) {
  const m = useMessages()
  const current = value ? toHex(value) : null
  const isOwn = current !== null && !swatches.some((swatch) => toHex(swatch) === current)
  return (
    <fieldset className="field colour-field">
      <legend className="field-label">{label}</legend>
      <div className="swatches">
        <AnySwatch label={label} pressed={value === null} onClick={() => onChange(null)} />
        {swatches.map((swatch) => {
          const hex = toHex(swatch)
          return (
            <button
              key={hex}
              type="button"
              className="swatch"
              style={{ backgroundColor: hex }}
              aria-label={`${label} ${hex}`}
              aria-pressed={hex === current}
              onClick={() => onChange(swatch)}
            />
          )
        })}
        <label className="swatch own-swatch" data-own={isOwn ? '' : undefined} style={isOwn ? { background: current } : undefined}>
          <input
            type="color"
            aria-label={`${label}: ${m.look.own}`}
            value={current ?? toHex(fallback)}
            onChange={(event) => onChange(fromHex(event.target.value))}
          />
        </label>
      </div>
    </fieldset>
  )
}

/** The first of a row of swatches: whatever the model thinks fit. */
export function AnySwatch({ label, pressed, onClick }: { label: string; pressed: boolean; onClick: () => void }) {
  const m = useMessages()
  return (
    <button
      type="button"
      className="swatch any-swatch"
      aria-label={`${label}: ${m.look.open}`}
      title={m.look.open}
      aria-pressed={pressed}
      onClick={onClick}
    />
  )
}
