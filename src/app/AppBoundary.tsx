/** The last resort: the interface has failed, but every stroke is journalled, and what is on the page can be downloaded on the spot. */

import { Component, type ReactNode } from 'react'
import type { Editor } from '../editor/types'
import { useMessages } from '../features/ui/i18n/I18n'
import { download } from './exportActions'
import { projectFile } from './exportFormats'

interface Props {
  editor: Editor
  children: ReactNode
}

export class AppBoundary extends Component<Props, { error: Error | null }> {
  override state: { error: Error | null } = { error: null }

  static getDerivedStateFromError(error: Error): { error: Error } {
    return { error }
  }

  override render(): ReactNode {
    const { error } = this.state
    return error ? <AppFailure error={error} editor={this.props.editor} /> : this.props.children
  }
}

function AppFailure({ error, editor }: { error: Error; editor: Editor }) {
  const m = useMessages()
  const save = (): void => {
    const { blob, fileName } = projectFile({ document: editor.documentStore.getState().document, look: {} })
    download(blob, fileName)
  }
  return (
    <main className="app-failure" role="alert">
      <h1>{m.failure.appTitle}</h1>
      <p>{m.failure.appAdvice}</p>
      <div className="button-row">
        <button type="button" className="button primary" onClick={() => location.reload()}>
          {m.failure.appReload}
        </button>
        <button type="button" className="button" onClick={save}>
          {m.failure.appExport}
        </button>
      </div>
      <details>
        <summary>{m.failure.details}</summary>
        <p lang="en">{error.message}</p>
      </details>
    </main>
  )
}
