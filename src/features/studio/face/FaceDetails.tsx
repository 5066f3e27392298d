/** How the face is made: model, back end, and every back end that was tried, with the reason why it was not taken. */

import { useStore } from 'zustand'
import { SwitchField } from '../../ui/fields'
import { useLocalized, useMessages } from '../../ui/i18n/I18n'
import { useStudio } from '../studioContext'
import { useInference } from '../useInference'
import { type Refinement, useRefinement } from './useRefinement'

export function FaceDetails() {
  const m = useMessages()
  const localized = useLocalized()
  const inference = useInference()
  const { chooseModel, preferences } = useStudio()
  const refines = useStore(preferences, (state) => state.refines)
  const refinement = useRefinement()
  const description = inference.description
  // Others are for other occasions, unless the address asked for one.
  const choices = description?.models.filter(({ id, role }) => role === 'live' || id === description.model.id) ?? []
  return (
    <div className="details">
      <h3>{m.face.details}</h3>
      {description ? (
        <dl>
          <dt>{m.face.model}</dt>
          <dd>
            {choices.length > 1 ? (
              <select aria-label={m.face.model} value={description.model.id} onChange={(event) => chooseModel(event.target.value)}>
                {choices.map((model) => (
                  <option key={model.id} value={model.id}>
                    {localized(model.name)}
                  </option>
                ))}
              </select>
            ) : (
              localized(description.model.name)
            )}{' '}
            <span className="muted">({description.model.id})</span>
          </dd>
          <dt>{m.face.size}</dt>
          <dd className="number">
            {description.model.sizePx} × {description.model.sizePx} px · {(description.model.bytes / 1e6).toFixed(1)} MB
          </dd>
          <dt>{m.face.backend}</dt>
          <dd>{m.face.backendNames[description.backend]}</dd>
          {refinement ? <FinerModel {...refinement} /> : null}
        </dl>
      ) : null}
      {refinement ? (
        <SwitchField
          label={m.fine.rests}
          hint={m.fine.restsHint}
          checked={refines}
          onChange={(checked) => preferences.setState({ refines: checked })}
        />
      ) : null}
      {inference.trials.length > 0 ? (
        <>
          <h4>{m.face.trials}</h4>
          <ul className="trials">
            {inference.trials.map((trial) => (
              <li key={trial.backend} data-outcome={trial.outcome}>
                <span>{m.face.backendNames[trial.backend]}</span>
                <span>{m.face.trialOutcome[trial.outcome]}</span>
                <span className="number muted">{m.face.milliseconds(Math.round(trial.elapsedMs))}</span>
                {trial.detail ? <span className="trial-detail muted">{trial.detail}</span> : null}
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </div>
  )
}

function FinerModel({ model, loading, failure }: Refinement) {
  const m = useMessages()
  const localized = useLocalized()
  return (
    <>
      <dt>{m.fine.model}</dt>
      <dd>
        {localized(model.name)} <span className="muted">({model.id})</span>
        {loading === null ? null : <span className="muted number"> · {m.fine.loading(Math.round(100 * loading))}</span>}
        {failure ? <span className="danger"> · {m.errors[failure.code].title}</span> : null}
      </dd>
    </>
  )
}
