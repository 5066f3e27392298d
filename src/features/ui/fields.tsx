/** Labelled form controls: slider, switch, and a row of exclusive choices. */

import { Slider, Switch } from 'radix-ui'
import { type ReactNode, useId } from 'react'
import { Hint } from './Hint'

interface SliderFieldProps {
  label: string
  value: number
  min: number
  max: number
  step: number
  onChange: (value: number) => void
  /** Called when the thumb is let go or a key was pressed. */
  onCommit?: ((value: number) => void) | undefined
  format?: ((value: number) => string) | undefined
  disabled?: boolean | undefined
  /** Shown instead of the value: the field is open. */
  placeholder?: string | undefined
}

export function SliderField({
  label,
  value,
  min,
  max,
  step,
  onChange,
  onCommit,
  format = String,
  disabled,
  placeholder,
}: SliderFieldProps) {
  return (
    <div className="field slider-field" data-open={placeholder ? '' : undefined}>
      <span className="field-label">{label}</span>
      <Slider.Root
        className="slider"
        value={[value]}
        min={min}
        max={max}
        step={step}
        disabled={disabled ?? false}
        onValueChange={([next]) => next !== undefined && onChange(next)}
        onValueCommit={([next]) => next !== undefined && onCommit?.(next)}
      >
        <Slider.Track className="slider-track">
          <Slider.Range className="slider-range" />
        </Slider.Track>
        <Slider.Thumb className="slider-thumb" aria-label={label} aria-valuetext={placeholder ?? format(value)} />
      </Slider.Root>
      <output className="field-value">{placeholder ?? format(value)}</output>
    </div>
  )
}

interface SwitchFieldProps {
  label: string
  checked: boolean
  onChange: (checked: boolean) => void
  hint?: string | undefined
}

export function SwitchField({ label, checked, onChange, hint }: SwitchFieldProps) {
  const id = useId()
  const control = (
    <div className="field switch-field">
      <Switch.Root
        className="switch"
        id={id}
        checked={checked}
        onCheckedChange={onChange}
        {...(hint ? { 'aria-describedby': `${id}-hint` } : {})}
      >
        <Switch.Thumb className="switch-thumb" />
      </Switch.Root>
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      {hint ? (
        <span id={`${id}-hint`} className="visually-hidden">
          {hint}
        </span>
      ) : null}
    </div>
  )
  return hint ? (
    <Hint text={hint} side="bottom">
      {control}
    </Hint>
  ) : (
    control
  )
}

interface Choice<T extends string> {
  value: T
  label: string
  content?: ReactNode
}

interface ChoiceFieldProps<T extends string> {
  label: string
  /** Do not show the label (it stays the group's name). */
  bare?: boolean | undefined
  value: T | null
  choices: readonly Choice<T>[]
  onChange: (value: T) => void
}

/** Exclusive choices side by side: native radio buttons, so arrow keys and screen readers know them. */
export function ChoiceField<T extends string>({ label, bare, value, choices, onChange }: ChoiceFieldProps<T>) {
  const name = useId()
  return (
    <fieldset className="field choice-field">
      <legend className={bare ? 'visually-hidden' : 'field-label'}>{label}</legend>
      <div className="segments">
        {choices.map((choice) => (
          <label key={choice.value} className="segment">
            <input
              type="radio"
              name={name}
              value={choice.value}
              checked={choice.value === value}
              onChange={() => onChange(choice.value)}
              className="visually-hidden"
            />
            <span>{choice.content ?? choice.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

interface SelectFieldProps<T extends string> {
  label: string
  value: T | ''
  choices: readonly Choice<T>[]
  onChange: (value: T) => void
  /** Shown, not choosable, while `value` is empty. */
  emptyLabel?: string | undefined
}

/** A native select: it works on every device and needs no injected style. */
export function SelectField<T extends string>({ label, value, choices, onChange, emptyLabel }: SelectFieldProps<T>) {
  const id = useId()
  return (
    <div className="field select-field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <select id={id} value={value} onChange={(event) => onChange(event.target.value as T)}>
        {value === '' ? (
          <option value="" disabled>
            {emptyLabel ?? ''}
          </option>
        ) : null}
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </div>
  )
}
