/** Every control of a run, grouped, each with its range and its usual value; closed at first. */

import { type ReactNode, useState } from 'react'
import type { ControlGroup, TrainingControl, TrainingOptions } from '../../workers/trainingProtocol'
import { ChoiceField } from '../ui/fields'
import { useMessages } from '../ui/i18n/I18n'
import { AugmentationFields } from './AugmentationFields'
import { CROP_STEP_PX, isWhole, LEAST_CROP_PX, withSize } from './draft'
import { NumberField } from './NumberField'
import type { DraftProps } from './props'

const GROUPS: readonly ControlGroup[] = ['losses', 'rates', 'schedule']
const MINUTE_MS = 60_000
const MOST_MINUTES = 10_000

export function MoreSettings({ room, draft, method }: DraftProps) {
  const m = useMessages()
  return (
    <>
      <Fold title={m.training.groups.augmentation}>
        <p className="muted">{m.training.augmentationNote}</p>
        <AugmentationFields room={room} draft={draft} method={method} />
      </Fold>
      <Fold title={m.training.more}>
        <Sizes room={room} draft={draft} method={method} />
        {GROUPS.map((group) => (
          <fieldset key={group} className="training-group">
            <legend>{m.training.groups[group]}</legend>
            <div className="training-numbers">
              {method.controls
                .filter((control) => control.group === group)
                .map((control) => (
                  <ControlField key={control.id} control={control} draft={draft} onChange={room.change} />
                ))}
              {group === 'schedule' ? <DecayFields room={room} draft={draft} method={method} /> : null}
            </div>
          </fieldset>
        ))}
      </Fold>
    </>
  )
}

/** Closed at first; what is in it costs nothing until then. */
function Fold({ title, children }: { title: string; children: ReactNode }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <details className="training-more" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{title}</summary>
      {isOpen ? children : null}
    </details>
  )
}

function Sizes({ room, draft, method }: DraftProps) {
  const m = useMessages()
  const { sizes } = m.training
  const { defaults } = method
  const whole = isWhole(method)
  return (
    <fieldset className="training-group">
      <legend>{m.training.groups.sizes}</legend>
      <div className="training-numbers">
        <NumberField
          label={sizes.sizePx}
          hint={draft.parent ? sizes.sizePxHint : undefined}
          {...{ value: draft.sizePx, min: 64, max: 512, step: 32, isStepped: true, disabled: draft.parent !== null }}
          standard={draft.parent ? undefined : defaults.sizePx}
          onChange={(sizePx) => room.change(withSize(draft, method, sizePx))}
        />
        <NumberField
          label={sizes.cropPx}
          hint={whole ? sizes.cropPxWhole : sizes.cropPxHint}
          {...{ value: draft.cropPx, min: Math.min(LEAST_CROP_PX, draft.sizePx), max: draft.sizePx, step: CROP_STEP_PX, isStepped: true }}
          disabled={whole}
          standard={whole ? undefined : Math.min(defaults.cropPx, draft.sizePx)}
          onChange={(cropPx) => room.change({ ...draft, cropPx })}
        />
        <NumberField
          label={sizes.batch}
          {...{ value: draft.batch, min: 1, max: 16, step: 1, isStepped: true, standard: defaults.batch }}
          onChange={(batch) => room.change({ ...draft, batch })}
        />
        <NumberField
          label={sizes.steps}
          {...{ value: draft.steps, min: 1, max: 200_000, step: 1, isStepped: true, standard: defaults.steps }}
          onChange={(steps) => room.change({ ...draft, steps })}
        />
        <NumberField
          label={sizes.minutes}
          hint={sizes.minutesHint}
          {...{ value: (draft.trainingMs ?? 0) / MINUTE_MS, min: 0, max: MOST_MINUTES, step: 1, standard: 0 }}
          onChange={(minutes) => room.change({ ...draft, trainingMs: minutes > 0 ? minutes * MINUTE_MS : null })}
        />
        <NumberField
          label={sizes.sampleEverySteps}
          {...{ value: draft.sampleEverySteps, min: 1, max: 10_000, step: 1, isStepped: true, standard: defaults.sampleEverySteps }}
          onChange={(sampleEverySteps) => room.change({ ...draft, sampleEverySteps })}
        />
        <NumberField
          label={sizes.averageDecay}
          hint={sizes.averageDecayHint}
          {...{ value: draft.averageDecay, min: 0, max: 0.9999, step: 0.001, standard: defaults.averageDecay }}
          onChange={(averageDecay) => room.change({ ...draft, averageDecay })}
        />
        <NumberField
          label={sizes.seed}
          hint={sizes.seedHint}
          {...{ value: draft.seed, min: 0, max: 2 ** 31 - 1, step: 1, isStepped: true }}
          onChange={(seed) => room.change({ ...draft, seed })}
        />
        <div className="number-field">
          <ChoiceField
            label={m.training.layers}
            value={draft.layers}
            choices={(['late', 'all'] as const).map((value) => ({ value, label: m.training.layersChoices[value] }))}
            onChange={(layers) => room.change({ ...draft, layers })}
          />
          <small className="muted">{m.training.layersHint}</small>
        </div>
      </div>
    </fieldset>
  )
}

function DecayFields({ room, draft, method }: DraftProps) {
  const { sizes } = useMessages().training
  return (
    <NumberField
      label={sizes.decay}
      hint={sizes.decayHint}
      {...{ value: Math.round(100 * draft.decayFrom), min: 0, max: 100, step: 5, standard: Math.round(100 * method.defaults.decayFrom) }}
      onChange={(percent) => room.change({ ...draft, decayFrom: percent / 100 })}
    />
  )
}

interface ControlFieldProps {
  readonly control: TrainingControl
  readonly draft: TrainingOptions
  readonly onChange: (draft: TrainingOptions) => void
}

function ControlField({ control, draft, onChange }: ControlFieldProps) {
  const m = useMessages()
  const { id, min, max, step, default: standard } = control
  // A method may have a control that this version has no words for.
  const { label, hint } = m.training.controls[id as keyof typeof m.training.controls] ?? { label: id, hint: '' }
  return (
    <NumberField
      {...{ label, hint, min, max, step, standard }}
      isStepped={Number.isInteger(step) && Number.isInteger(min) && step === 1}
      value={draft.controls[id] ?? standard}
      onChange={(value) => onChange({ ...draft, controls: { ...draft.controls, [id]: value } })}
    />
  )
}
