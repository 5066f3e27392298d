/** The dialogs of the shell: help, questions, and what a database file would bring in. */

import { useStore } from 'zustand'
import { PictureDialog } from '../features/import/PictureDialog'
import { Dialog } from '../features/ui/Dialog'
import { useMessages } from '../features/ui/i18n/I18n'
import type { ImportProblem, Project } from '../storage/exchange/types'
import { useApp } from './appContext'
import type { Question } from './appUi'
import { FilmDialog } from './film/FilmDialog'
import { HelpDialog } from './HelpDialog'
import { PictureSizeDialog } from './PictureSizeDialog'
import { SettingsDialog } from './settings/SettingsDialog'

export function AppDialogs() {
  const { ui } = useApp()
  const dialog = useStore(ui, (state) => state.dialog)
  switch (dialog?.kind) {
    case 'help':
      return <HelpDialog section={dialog.section} />
    case 'pictures':
      return <PictureSizeDialog />
    case 'settings':
      return <SettingsDialog />
    case 'film':
      return <FilmDialog />
    case 'database':
      return <DatabaseDialog projects={dialog.projects} problems={dialog.problems} />
    case 'picture':
      return <PictureDialog name={dialog.name} source={dialog.source} onUse={dialog.use} onClose={() => ui.setState({ dialog: null })} />
    case 'question':
      return <QuestionDialog question={dialog.question} answer={dialog.answer} />
    case undefined:
      return null
  }
}

function QuestionDialog({ question, answer }: { question: Question; answer: (choice: string | null) => void }) {
  const m = useMessages()
  const { title, body, choices } = question
  return (
    <Dialog title={title} closeLabel={m.sketches.cancel} className="edit-dialog" onClose={() => answer(null)}>
      <p>{body}</p>
      <div className="button-row end">
        {choices.map(({ id, label }, i) => (
          <button key={id} type="button" className={i === choices.length - 1 ? 'button primary' : 'button'} onClick={() => answer(id)}>
            {label}
          </button>
        ))}
      </div>
    </Dialog>
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
