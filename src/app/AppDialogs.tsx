/** The dialogs of the shell: sketches, help, and what a database file would bring in. */

import { useStore } from 'zustand'
import { SketchesScreen } from '../features/sketches/SketchesScreen'
import { Dialog } from '../features/ui/Dialog'
import { useMessages } from '../features/ui/i18n/I18n'
import { toErrorReport } from '../shared/errors'
import type { ImportProblem, Project } from '../storage/exchange/types'
import { useApp } from './appContext'
import { HelpDialog } from './HelpDialog'

export function AppDialogs() {
  const { ui } = useApp()
  const dialog = useStore(ui, (state) => state.dialog)
  switch (dialog?.kind) {
    case 'sketches':
      return <Sketches />
    case 'help':
      return <HelpDialog section={dialog.section} />
    case 'database':
      return <DatabaseDialog projects={dialog.projects} problems={dialog.problems} />
    case undefined:
      return null
  }
}

function Sketches() {
  const m = useMessages()
  const { ui, storage, keeper, toasts, exports, imports, studio } = useApp()
  const currentId = useStore(keeper.store, (state) => state.sketchId)
  const close = (): void => ui.setState({ dialog: null })
  const { editor } = studio
  const startNew = (): Promise<void> => keeper.startNew()

  const edit = async (id: string, name: string, tags: readonly string[]): Promise<void> => {
    if (id === currentId) {
      editor.commands.rename(name)
      editor.commands.setTags(tags)
      await keeper.flush()
      return
    }
    await storage.sketches.rename(id, name)
    await storage.sketches.setTags(id, tags)
  }

  const remove = async (id: string): Promise<void> => {
    if (id === currentId) await startNew()
    await storage.sketches.delete(id)
  }

  const report = (error: unknown): void => {
    const { code, message } = toErrorReport(error)
    toasts.show({ kind: 'problem', title: m.errors[code].title, detail: message })
  }

  return (
    <SketchesScreen
      storage={storage}
      toasts={toasts}
      currentId={currentId}
      onOpen={(id) => keeper.openSketch(id)}
      onNew={async () => {
        await startNew()
        close()
      }}
      onEdit={edit}
      onDelete={remove}
      onExport={(id) => void exports.exportStored(id)}
      onExportAll={() => void exports.exportAs('database')}
      onImport={imports.pick}
      onProblem={report}
      onClose={close}
    />
  )
}

function DatabaseDialog({ projects, problems }: { projects: readonly Project[]; problems: readonly ImportProblem[] }) {
  const m = useMessages()
  const { ui, imports } = useApp()
  const close = (): void => ui.setState({ dialog: null })
  return (
    <Dialog title={m.file.databaseTitle} closeLabel={m.sketches.cancel} className="edit-dialog" onClose={close}>
      <p>{m.file.databaseBody(projects.length)}</p>
      {problems.length > 0 ? (
        <>
          <p>{m.file.databaseProblems(problems.length)}</p>
          <ul className="problems muted">
            {problems.slice(0, 50).map((problem) => (
              <li key={problem.place}>
                {problem.place}. {problem.name || m.topBar.untitled}: <span lang="en">{problem.message}</span>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <div className="button-row end">
        <button type="button" className="button" onClick={close}>
          {m.sketches.cancel}
        </button>
        <button type="button" className="button primary" disabled={projects.length === 0} onClick={() => void imports.merge(projects)}>
          {m.file.databaseMerge}
        </button>
      </div>
    </Dialog>
  )
}
