/** The worker failed: what happened, what to do, and the way on. */

import { useState } from 'react'
import type { ErrorCode } from '../../../shared/errors'
import { Icon } from '../../ui/Icon'
import { useMessages } from '../../ui/i18n/I18n'
import { useStudio } from '../studioContext'
import { useInference } from '../useInference'

/** Failures that another back end would meet as well. */
const NOT_THE_BACKEND: ReadonlySet<ErrorCode> = new Set(['model-not-found', 'model-broken', 'no-backend'])

export function FailureBanner() {
  const m = useMessages()
  const { inference } = useStudio()
  const state = useInference()
  const [dismissed, setDismissed] = useState<unknown>(null)
  const error = state.error
  if (!error || dismissed === error) return null
  const recovered = state.status === 'ready'
  return (
    <div className="failure" role="alert" data-recovered={recovered ? '' : undefined}>
      <Icon name="warning" />
      <div className="failure-text">
        <p className="failure-title">{m.errors[error.code].title}</p>
        <p>{m.errors[error.code].advice}</p>
        <details>
          <summary>{m.failure.details}</summary>
          <p lang="en">{error.message}</p>
        </details>
        <div className="failure-actions">
          {state.status === 'starting' ? <span className="muted">{m.failure.restarting}</span> : null}
          {NOT_THE_BACKEND.has(error.code) ? null : (
            <button type="button" className="button" onClick={() => inference.tryNextBackend()}>
              {m.failure.tryNext}
            </button>
          )}
          {recovered ? (
            <button type="button" className="button quiet" onClick={() => setDismissed(error)}>
              {m.failure.dismiss}
            </button>
          ) : null}
          {state.status === 'failed' ? (
            <button type="button" className="button" onClick={() => inference.restart()}>
              {m.failure.retry}
            </button>
          ) : null}
        </div>
      </div>
    </div>
  )
}
