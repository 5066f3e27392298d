/** Keeps a failure of the face panel inside the face panel: the page goes on drawing and saving. */

import { Component, type ReactNode } from 'react'
import { useMessages } from '../../ui/i18n/I18n'

interface State {
  error: Error | null
}

export class PanelBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { error: null }

  static getDerivedStateFromError(error: Error): State {
    return { error }
  }

  override render(): ReactNode {
    const { error } = this.state
    return error ? <PanelFailure error={error} onRetry={() => this.setState({ error: null })} /> : this.props.children
  }
}

function PanelFailure({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const m = useMessages()
  return (
    <section className="face" aria-label={m.face.region}>
      <div className="failure failure-whole" role="alert">
        <p className="failure-title">{m.failure.panelTitle}</p>
        <p>{m.failure.panelAdvice}</p>
        <details>
          <summary>{m.failure.details}</summary>
          <p lang="en">{error.message}</p>
        </details>
        <button type="button" className="button" onClick={onRetry}>
          {m.failure.panelRetry}
        </button>
      </div>
    </section>
  )
}
