/** How the face is made: model, back end, and every back end that was tried, with the reason why it was not taken. */

import { useStore } from 'zustand'
import type { BackendTrial, InferenceDescription } from '../../../workers/protocol'
import { SwitchField } from '../../ui/fields'
import { useLocalized, useMessages } from '../../ui/i18n/I18n'
import { useStudio } from '../studioContext'
import { useInference } from '../useInference'
import { type Refinement, useRefinement } from './useRefinement'

export function FaceDetails() {
  const m = useMessages()
  const { description, trials } = useInference()
  const { preferences } = useStudio()
  const refines = useStore(preferences, (state) => state.refines)
  const refinement = useRefinement()
  return (
    <div className="details">
      <h3>{m.face.details}</h3>
      {description ? <Model description={description} refinement={refinement} /> : null}
      {refinement ? (
        <SwitchField
          label={m.fine.rests}
          hint={m.fine.restsHint}
          checked={refines}
          onChange={(checked) => preferences.setState({ refines: checked })}
        />
      ) : null}
      {trials.length > 0 ? <Trials trials={trials} /> : null}
    </div>
  )
}

function Model({ description, refinement }: { description: InferenceDescription; refinement: Refinement | null }) {
  const m = useMessages()
  const { backend, model } = description
  return (
    <dl>
      <dt>{m.face.model}</dt>
      <dd>
        <ModelChoice description={description} /> <span className="muted">({model.id})</span>
      </dd>
      <dt>{m.face.size}</dt>
      <dd className="number">
        {model.sizePx} × {model.sizePx} px · {(model.bytes / 1e6).toFixed(1)} MB
      </dd>
      <dt>{m.face.backend}</dt>
      <dd>{m.face.backendNames[backend]}</dd>
      <LastFace />
      {refinement ? <FinerModel {...refinement} /> : null}
    </dl>
  )
}

/** How long the face on display took. */
function LastFace() {
  const m = useMessages()
  const { faceLoop } = useStudio()
  const elapsedMs = useStore(faceLoop.store, (state) => state.shown?.elapsedMs ?? null)
  if (elapsedMs === null) return null
  return (
    <>
      <dt>{m.plain.lastFace}</dt>
      <dd className="number">{m.face.milliseconds(Math.round(elapsedMs))}</dd>
    </>
  )
}

/** Live models to choose from; others are for other occasions, unless the address asked for one. */
function ModelChoice({ description: { model, models } }: { description: InferenceDescription }) {
  const m = useMessages()
  const localized = useLocalized()
  const { chooseModel } = useStudio()
  const choices = models.filter(({ id, role }) => role === 'live' || id === model.id)
  if (choices.length <= 1) return localized(model.name)
  return (
    <select aria-label={m.face.model} value={model.id} onChange={(event) => chooseModel(event.target.value)}>
      {choices.map(({ id, name }) => (
        <option key={id} value={id}>
          {localized(name)}
        </option>
      ))}
    </select>
  )
}

function Trials({ trials }: { trials: readonly BackendTrial[] }) {
  const m = useMessages()
  return (
    <>
      <h4>{m.face.trials}</h4>
      <ul className="trials">
        {trials.map((trial) => (
          <li key={trial.backend} data-outcome={trial.outcome}>
            <span>{m.face.backendNames[trial.backend]}</span>
            <span>{m.face.trialOutcome[trial.outcome]}</span>
            <span className="number muted">{m.face.milliseconds(Math.round(trial.elapsedMs))}</span>
            {trial.detail ? <span className="trial-detail muted">{trial.detail}</span> : null}
          </li>
        ))}
      </ul>
    </>
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
