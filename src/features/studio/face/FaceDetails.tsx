/** How the face is made: model, back end, and every back end that was tried, with the reason why it was not taken. */

import { useLocale, useMessages } from '../../ui/i18n/I18n'
import { useStudio } from '../studioContext'
import { useInference } from '../useInference'

export function FaceDetails() {
  const m = useMessages()
  const locale = useLocale()
  const inference = useInference()
  const { chooseModel } = useStudio()
  const description = inference.description
  return (
    <div className="details">
      <h3>{m.face.details}</h3>
      {description ? (
        <dl>
          <dt>{m.face.model}</dt>
          <dd>
            {description.models.length > 1 ? (
              <select aria-label={m.face.model} value={description.model.id} onChange={(event) => chooseModel(event.target.value)}>
                {description.models.map((model) => (
                  <option key={model.id} value={model.id}>
                    {model.name[locale]}
                  </option>
                ))}
              </select>
            ) : (
              description.model.name[locale]
            )}{' '}
            <span className="muted">({description.model.id})</span>
          </dd>
          <dt>{m.face.size}</dt>
          <dd className="number">
            {description.model.sizePx} × {description.model.sizePx} px · {(description.model.bytes / 1e6).toFixed(1)} MB
          </dd>
          <dt>{m.face.backend}</dt>
          <dd>{m.face.backendNames[description.backend]}</dd>
        </dl>
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
