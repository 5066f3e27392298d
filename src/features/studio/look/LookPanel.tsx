/** What a drawing cannot say: looks by name, and the fields that the model in use understands, each of which may be left open. */

import { useStore } from 'zustand'
import { type DrawnField, openedFor } from '../../../faces/drawnLook'
import type { Look, LookField, LookPreset, LookValue } from '../../../faces/look'
import { SliderField } from '../../ui/fields'
import { Hint } from '../../ui/Hint'
import { IconButton } from '../../ui/IconButton'
import { useLocalized, useMessages } from '../../ui/i18n/I18n'
import { PanelChoice } from '../PanelChoice'
import { useStudio } from '../studioContext'
import { useModel } from '../useInference'
import { ColourField } from './ColourField'
import { EyeField, hasIrises } from './EyeField'
import { canPortray, LookPortrait } from './LookPortrait'
import { isRgb, nearestPreset, openLook, readableId, sameLook, scalarStep, swatches, withField, writeScalar } from './lookValues'
import { Surprise } from './Surprise'

export function LookPanel() {
  const m = useMessages()
  const { preferences } = useStudio()
  const model = useModel()
  const isOpen = useStore(preferences, (state) => state.lookIsOpen)
  if (!model || (model.lookFields.length === 0 && model.lookPresets.length === 0))
    return (
      <section className="look" aria-label={m.look.title}>
        <header className="look-header">
          <PanelChoice />
        </header>
      </section>
    )
  return (
    <section className="look" aria-label={m.look.title} data-open={isOpen ? '' : undefined}>
      <header className="look-header">
        <PanelChoice />
        <Presets presets={model.lookPresets} />
        <Surprise fields={model.lookFields} />
        <LookName presets={model.lookPresets} />
        {model.lookFields.length > 0 ? (
          <IconButton
            icon="chevronDown"
            label={m.look.adjust}
            className="look-toggle"
            aria-expanded={isOpen}
            side="top"
            onClick={() => preferences.setState({ lookIsOpen: !isOpen })}
          />
        ) : null}
      </header>
      {isOpen ? <Fields fields={model.lookFields} presets={model.lookPresets} /> : null}
    </section>
  )
}

function useLook(): [Look, (look: Look) => void] {
  const { faceLoop } = useStudio()
  return [useStore(faceLoop.store, (state) => state.look), (look) => faceLoop.setLook(look)]
}

function useDrawn(): readonly DrawnField[] {
  return useStore(useStudio().faceLoop.store, (state) => state.drawn)
}

function Presets({ presets }: { presets: readonly LookPreset[] }) {
  const m = useMessages()
  const localized = useLocalized()
  const { faceLoop } = useStudio()
  const [look] = useLook()
  const drawn = useDrawn()
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out in a line with its legend
    <div className="chips" role="group" aria-label={m.look.presets}>
      {presets.map((preset) => {
        const pressed = sameLook(look, openedFor(preset.look, drawn))
        const choose = (): void => faceLoop.takeLook(preset.look)
        return canPortray(preset.look) ? (
          <Hint key={preset.id} text={localized(preset.name)} side="top">
            <button type="button" className="portrait-button" aria-label={localized(preset.name)} aria-pressed={pressed} onClick={choose}>
              <LookPortrait look={preset.look} />
            </button>
          </Hint>
        ) : (
          <button key={preset.id} type="button" className="chip" aria-pressed={pressed} onClick={choose}>
            {localized(preset.name)}
          </button>
        )
      })}
    </div>
  )
}

/** The name of the look in use, as its portrait shows none. */
function LookName({ presets }: { presets: readonly LookPreset[] }) {
  const m = useMessages()
  const localized = useLocalized()
  const [look] = useLook()
  const drawn = useDrawn()
  const preset = presets.find((candidate) => sameLook(openedFor(candidate.look, drawn), look))
  return (
    <span className="look-name muted">
      <span>{preset ? localized(preset.name) : m.look.custom}</span>
    </span>
  )
}

function Fields({ fields, presets }: { fields: readonly LookField[]; presets: readonly LookPreset[] }) {
  return (
    <div className="look-fields">
      {fields.map((field) => (
        <Field key={field.id} field={field} presets={presets} />
      ))}
      <Resets fields={fields} presets={presets} />
    </div>
  )
}

/** Every field at once: left open, or back to the look by name that is nearest. */
function Resets({ fields, presets }: { fields: readonly LookField[]; presets: readonly LookPreset[] }) {
  const m = useMessages()
  const localized = useLocalized()
  const { faceLoop } = useStudio()
  const [look, setLook] = useLook()
  const drawn = useDrawn()
  const nearest = nearestPreset(look, presets)
  const isOpen = fields.every(({ id }) => (look[id] ?? null) === null)
  return (
    <div className="look-resets">
      {nearest && !sameLook(look, openedFor(nearest.look, drawn)) ? (
        <button
          type="button"
          className="button small quiet"
          title={m.look.backTo(localized(nearest.name))}
          onClick={() => faceLoop.takeLook(nearest.look)}
        >
          {m.look.backTo(localized(nearest.name))}
        </button>
      ) : null}
      <button type="button" className="button small quiet" disabled={isOpen} onClick={() => setLook(openLook(fields))}>
        {m.look.resetAll}
      </button>
    </div>
  )
}

function Field({ field, presets }: { field: LookField; presets: readonly LookPreset[] }) {
  const m = useMessages()
  const [look, setLook] = useLook()
  const label = m.look.fields[field.id] ?? readableId(field.id)
  const value = look[field.id] ?? null
  const set = (next: LookValue | null): void => setLook(withField(look, field.id, next))
  return (
    <div className="look-field" data-kind={field.kind}>
      <FieldControl field={field} label={label} value={value} set={set} presets={presets} />
      {value !== null && field.kind === 'scalar' ? (
        <IconButton icon="close" label={`${label}: ${m.look.reset}`} className="look-reset" onClick={() => set(null)} />
      ) : null}
    </div>
  )
}

interface FieldControlProps {
  field: LookField
  label: string
  value: LookValue | null
  set: (value: LookValue | null) => void
  presets: readonly LookPreset[]
}

function FieldControl({ field, label, value, set, presets }: FieldControlProps) {
  const m = useMessages()
  const isDrawn = useDrawn().some((id) => id === field.id)
  switch (field.kind) {
    case 'scalar':
      return (
        <SliderField
          label={label}
          value={typeof value === 'number' ? value : field.default}
          min={field.min}
          max={field.max}
          step={scalarStep(field)}
          onChange={set}
          format={(shown) => writeScalar(field, shown, m)}
          placeholder={value === null ? m.look.open : undefined}
        />
      )
    case 'colour':
      return (
        <ColourField
          label={label}
          value={isRgb(value) ? value : null}
          fallback={field.default}
          swatches={swatches(field, presets)}
          onChange={set}
        />
      )
    case 'choice':
      if (field.id === 'eyeColour' && hasIrises(field.options))
        return <EyeField label={label} value={typeof value === 'string' ? value : null} options={field.options} onChange={set} />
      return (
        <label className="field select-field">
          <span className="field-label">{label}</span>
          <select
            value={typeof value === 'string' ? value : ''}
            onChange={(event) => set(event.target.value === '' ? null : event.target.value)}
          >
            <option value="">{isDrawn ? m.look.asDrawn : m.look.open}</option>
            {field.options.map((option) => (
              <option key={option} value={option}>
                {m.look.choices[option] ?? readableId(option)}
              </option>
            ))}
          </select>
        </label>
      )
  }
}
