/** Files that come in by button, drop or paste. A file that cannot be read changes nothing and says why. */

import type { Editor } from '../editor/types'
import { assignPart } from '../faces/partAssignment'
import type { FaceLoop } from '../features/studio/face/faceTypes'
import type { Messages } from '../features/ui/i18n/messages'
import type { ToastStore } from '../features/ui/toasts'
import { toErrorReport } from '../shared/errors'
import { importFile } from '../storage/exchange'
import type { Project } from '../storage/exchange/types'
import type { StudioStorage } from '../storage/types'
import type { AppUiStore } from './appUi'
import type { SketchKeeper } from './sketchKeeper'

export const ACCEPTED_FILES = '.png,.jpg,.jpeg,.svg,.json,image/png,image/jpeg,image/svg+xml,application/json'

export interface ImportParts {
  readonly editor: Editor
  readonly faceLoop: FaceLoop
  readonly storage: StudioStorage
  readonly keeper: SketchKeeper
  readonly toasts: ToastStore
  readonly ui: AppUiStore
  readonly messages: () => Messages
  /** What came in is on the page: show it. */
  readonly showPage: () => void
}

export interface ImportActions {
  /** Only the first file is read: each would become the page. */
  readonly importFiles: (files: readonly File[]) => Promise<void>
  /** Opens the browser's file picker. */
  readonly pick: () => void
  readonly merge: (projects: readonly Project[]) => Promise<void>
}

export function createImportActions(parts: ImportParts): ImportActions {
  const { toasts, ui, messages } = parts
  const report = (error: unknown): void => {
    const { code, message } = toErrorReport(error)
    const m = messages()
    // The sentence of the code is translated; the precise one is English.
    const detail = m.name === 'English' ? message : m.errors[code].advice
    toasts.show({ kind: 'problem', title: `${m.errors[code].title}. ${m.file.unchanged}`, detail })
  }

  const importFiles = async (files: readonly File[]): Promise<void> => {
    const file = files[0]
    if (!file || ui.getState().reading) return
    ui.setState({ reading: true })
    try {
      await read(file, parts)
    } catch (error) {
      report(error)
    } finally {
      ui.setState({ reading: false })
    }
  }

  const pick = (): void => {
    const input = document.createElement('input')
    input.type = 'file'
    input.accept = ACCEPTED_FILES
    input.addEventListener('change', () => void importFiles([...(input.files ?? [])]))
    input.click()
  }

  const merge = async (projects: readonly Project[]): Promise<void> => {
    ui.setState({ dialog: null })
    try {
      const { added, alreadyThere } = await parts.storage.sketches.merge(projects)
      toasts.show({ kind: 'note', title: messages().file.importedDatabase(added, alreadyThere) })
    } catch (error) {
      report(error)
    }
  }

  return { importFiles, pick, merge }
}

async function read(file: File, { keeper, faceLoop, toasts, ui, messages, showPage }: ImportParts): Promise<void> {
  const result = await importFile(file, { assignPart })
  if (result.kind === 'database') {
    ui.setState({ dialog: { kind: 'database', projects: result.projects, problems: result.problems } })
    return
  }
  const { document, source } = result
  // A picture says nothing of the look: the one in use stays.
  await keeper.adopt(document, source === 'project' ? result : faceLoop.store.getState())
  ui.setState({ dialog: null })
  showPage()
  toasts.show({ kind: 'note', title: messages().file.imported(document.name || messages().topBar.untitled, document.strokes.length) })
}
