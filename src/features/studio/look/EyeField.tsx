/** The colour of the eyes: a choice by name, shown as the colours that the names stand for. */

import { useMessages } from '../../ui/i18n/I18n'
import { AnySwatch } from './ColourField'
import { readableId } from './lookValues'

/** Irises as the training faces have them. */
const IRISES: Readonly<Record<string, string>> = {
  dark: '#2b1d15',
  brown: '#5a3a22',
  hazel: '#856437',
  green: '#5e7a4c',
  blue: '#5b84a8',
  grey: '#8a949c',
}

/** Whether every option has its colour here; others are offered by name. */
export function hasIrises(options: readonly string[]): boolean {
  return options.every((option) => option in IRISES)
}

interface EyeFieldProps {
  label: string
  value: string | null
  options: readonly string[]
  onChange: (value: string | null) => void
}

export function EyeField({ label, value, options, onChange }: EyeFieldProps) {
  const m = useMessages()
  return (
    <fieldset className="field colour-field">
      <legend className="field-label">{label}</legend>
      <div className="swatches">
        <AnySwatch label={label} pressed={value === null} onClick={() => onChange(null)} />
        {options.map((option) => {
          const name = m.look.choices[option] ?? readableId(option)
          return (
            <button
              key={option}
              type="button"
              className="swatch eye-swatch"
              style={{ backgroundColor: IRISES[option] }}
              aria-label={`${label}: ${name}`}
              title={name}
              aria-pressed={option === value}
              onClick={() => onChange(option)}
            />
          )
        })}
      </div>
    </fieldset>
  )
}
