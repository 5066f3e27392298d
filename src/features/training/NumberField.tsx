/** A number with its name, its range and its usual value, kept within its range when the field is left. */

import { useEffect, useId, useState } from 'react'
import { IconButton } from '../ui/IconButton'
import { useLanguage, useMessages } from '../ui/i18n/I18n'

export interface NumberFieldProps {
  readonly label: string
  readonly hint?: string | undefined
  readonly value: number
  readonly min: number
  readonly max: number
  /** What its arrows add; also what it is rounded to where `isStepped`. */
  readonly step: number
  readonly isStepped?: boolean | undefined
  /** Offered again once it was changed. */
  readonly standard?: number | undefined
  readonly disabled?: boolean | undefined
  readonly onChange: (value: number) => void
}

export function NumberField(props: NumberFieldProps) {
  const { label, hint, value, min, max, step, isStepped = false, standard, disabled = false, onChange } = props
  const m = useMessages()
  const { tag } = useLanguage()
  const id = useId()
  const [draft, setDraft] = useState(String(value))
  useEffect(() => setDraft(String(value)), [value])
  const write = (number: number): string => number.toLocaleString(tag, { maximumFractionDigits: 6, useGrouping: false })
  const range = m.training.range(write(min), write(max))
  const commit = (): void => {
    const next = within(Number(draft), min, max, isStepped ? step : null)
    setDraft(String(next ?? value))
    if (next !== null && next !== value) onChange(next)
  }
  return (
    <div className="number-field">
      <label htmlFor={id}>{label}</label>
      <span className="number-field-input">
        <input
          id={id}
          className="text-field number"
          type="number"
          inputMode="decimal"
          min={min}
          max={max}
          step={isStepped ? step : 'any'}
          value={draft}
          disabled={disabled}
          aria-describedby={`${id}-hint`}
          onChange={(event) => {
            setDraft(event.target.value)
            const next = Number(event.target.value)
            // What its arrows make is taken at once; what is being typed, when it is whole.
            if (event.target.value !== '' && within(next, min, max, isStepped ? step : null) === next) onChange(next)
          }}
          onBlur={commit}
          onKeyDown={(event) => {
            if (event.key === 'Enter') commit()
            if (isStepped || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
            event.preventDefault()
            const next = within(value + (event.key === 'ArrowUp' ? step : -step), min, max, null)
            if (next !== null) onChange(Number(next.toPrecision(6)))
          }}
        />
        {standard !== undefined && standard !== value ? (
          <IconButton icon="undo" label={m.training.reset(label)} onClick={() => onChange(standard)} />
        ) : null}
      </span>
      <small id={`${id}-hint`} className="muted">
        {hint ? `${hint} ` : ''}
        <span className="number">{standard === undefined ? range : m.training.standard(range, write(standard))}</span>
      </small>
    </div>
  )
}

/** `null` for what is no number. */
export function within(value: number, min: number, max: number, step: number | null): number | null {
  if (!Number.isFinite(value)) return null
  const rounded = step === null ? value : Math.round(value / step) * step
  return Math.min(max, Math.max(min, Number(rounded.toPrecision(12))))
}
