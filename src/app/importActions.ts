/**
 * Files that come in by button, drop or paste, one after another, each read in a worker of its own. Every drawing becomes a sketch of its own; a file that
 * cannot be read changes nothing and says why. A picture stays at hand, so that its tracing can be adjusted.
 */

import type { Editor } from '../editor/types'
import type { FaceLoop } from '../features/studio/face/faceTypes'
import type { Messages } from '../features/ui/i18n/messages'
import type { ToastStore } from '../features/ui/toasts'
import { StudioError, toErrorReport } from '../shared/errors'
import type { ImportedDocument, ImportResult, Project } from '../storage/exchange/types'
import type { StudioStorage } from '../storage/types'
import { ImportCancelled, type OpenImport, openImport } from '../workers/importClient'
import type { AppUiStore } from './appUi'
import { describeImport } from './importNotes'
import type { SketchKeeper } from './sketchKeeper'

export const ACCEPTED_FILES = '.png,.jpg,.jpeg,.svg,.svgz,.json,image/png,image/jpeg,image/svg+xml,application/json'

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
  /** Several files are read one after another; the last drawing stays on the page. */
  readonly importFiles: (files: readonly File[]) => Promise<void>
  /** Something was dropped or pasted that holds no file and no drawing. */
  readonly refuseOther: (kind: 'text' | 'nothing') => void
  /** Opens the browser's file picker. */
  readonly pick: () => void
  readonly merge: (projects: readonly Project[]) => Promise<void>
}

interface Outcome {
  readonly file: File
  readonly result?: ImportResult
  readonly error?: unknown
}

export function createImportActions(parts: ImportParts): ImportActions {
  const { toasts, ui, messages } = parts
  const queue: File[] = []
  const picture = openPictures(parts)

  const importFiles = async (files: readonly File[]): Promise<void> => {
    if (files.length === 0) {
      refuseOther('nothing')
      return
    }
    queue.push(...files)
    if (ui.getState().reading) return
    const outcomes: Outcome[] = []
    try {
      for (let file = queue.shift(); file; file = queue.shift()) outcomes.push(await read(file, outcomes.length + 1))
    } finally {
      queue.length = 0
      ui.setState({ reading: null })
    }
    tell(outcomes)
  }

  /** One file; only what nobody can go on from is thrown. */
  const read = async (file: File, place: number): Promise<Outcome> => {
    const job = openImport(file, (stage) => {
      const { reading } = ui.getState()
      if (reading) ui.setState({ reading: { ...reading, stage } })
    })
    const cancel = (): void => {
      queue.length = 0
      job.close()
    }
    ui.setState({ reading: { name: file.name, stage: 'reading', place, total: place + queue.length, cancel } })
    try {
      const result = await job.result
      if (result.kind === 'document') await adopt(result, parts)
      if (result.kind === 'document' && result.picture) picture.keep(job, file.name)
      else job.close()
      return { file, result }
    } catch (error) {
      // A picture in which no lines were found may yet be cut or brushed until there are.
      if (toErrorReport(error).code === 'bad-image') picture.keep(job, file.name)
      else job.close()
      return { file, error }
    }
  }

  const tell = (outcomes: readonly Outcome[]): void => {
    const m = messages()
    const documents = outcomes.flatMap(({ result }) => (result?.kind === 'document' ? [result] : []))
    const databases = outcomes.flatMap(({ result }) => (result?.kind === 'database' ? [result] : []))
    const failures = outcomes.filter(({ error }) => error !== undefined && !(error instanceof ImportCancelled))
    const [first] = documents
    if (documents.length > 0) {
      ui.setState({ dialog: null })
      parts.showPage()
    }
    if (first && documents.length === 1) tellOne(first)
    else if (documents.length > 1) toasts.show({ kind: 'note', title: m.imports.several(documents.length) })
    if (failures.length > 0) tellFailures(failures, outcomes.length)
    if (outcomes.some(({ error }) => error instanceof ImportCancelled)) toasts.show({ kind: 'note', title: m.imports.cancelled })
    const [database, ...more] = databases
    if (database) ui.setState({ dialog: { kind: 'database', projects: database.projects, problems: database.problems } })
    if (more.length > 0) toasts.show({ kind: 'problem', title: m.imports.oneDatabase })
  }

  const tellOne = (result: ImportedDocument): void => {
    const m = messages()
    const name = result.document.name || m.topBar.untitled
    const action = result.picture ? { label: m.imports.adjust, perform: () => picture.adjust(result) } : undefined
    toasts.show({ kind: 'note', title: m.file.imported(name, result.document.strokes.length), detail: describeImport(result, m), action })
  }

  const tellFailures = (failures: readonly Outcome[], total: number): void => {
    const m = messages()
    const [only] = failures
    if (total === 1 && only) {
      report(only.error)
      return
    }
    const sentences = failures.slice(0, 4).map(({ file, error }) => `${file.name}: ${sentenceOf(error, m)}`)
    toasts.show({ kind: 'problem', title: m.imports.failures(failures.length, total), detail: sentences.join(' ') })
  }

  const report = (error: unknown): void => {
    const m = messages()
    const { code } = toErrorReport(error)
    const action = code === 'bad-image' && picture.has() ? { label: m.imports.adjust, perform: () => picture.adjust(null) } : undefined
    toasts.show({ kind: 'problem', title: `${m.errors[code].title}. ${m.file.unchanged}`, detail: sentenceOf(error, m), action })
  }

  const refuseOther = (kind: 'text' | 'nothing'): void => {
    const { title, advice } = messages().imports[kind]
    toasts.show({ kind: 'problem', title, detail: advice })
  }

  const pick = (): void => {
    const input = document.createElement('input')
    input.type = 'file'
    input.multiple = true
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

  return { importFiles, refuseOther, pick, merge }
}

/** The sentence of the code is translated; the precise one is English. */
function sentenceOf(error: unknown, m: Messages): string {
  const { code, message } = toErrorReport(error)
  return m.name === 'English' ? message : m.errors[code].advice
}

/** A picture says nothing of the look: the one in use stays. Moving a drawing to the face's place is an entry of its own, to be undone. */
async function adopt(result: ImportedDocument, { keeper, faceLoop, editor }: ImportParts): Promise<void> {
  // The person stays with a drawing that is not saved.
  if (!(await keeper.adopt(result.document, result.source === 'project' ? result : faceLoop.store.getState()))) throw new ImportCancelled()
  if (result.picture?.placed) editor.commands.replaceStrokes('place', result.picture.placed.strokes)
}

/** The picture behind the newest import, for as long as it may be adjusted. */
function openPictures(parts: ImportParts) {
  const { ui, keeper, editor, toasts, messages } = parts
  let kept: { readonly job: OpenImport; readonly name: string } | null = null
  /** Into the sketch that it was traced into, if that is still on the page, else into a new one. */
  const use = async (result: ImportedDocument, sketchId: string | null): Promise<void> => {
    ui.setState({ dialog: null })
    if (sketchId === null || keeper.store.getState().sketchId !== sketchId) {
      await adopt(result, parts)
      return
    }
    editor.commands.replaceStrokes('trace', result.picture?.placed?.strokes ?? result.document.strokes)
  }
  return {
    has: () => kept !== null,
    keep: (job: OpenImport, name: string): void => {
      if (kept && kept.job !== job) kept.job.close()
      kept = { job, name }
    },
    adjust: (result: ImportedDocument | null): void => {
      if (!kept) return
      const { job, name } = kept
      const sketchId = result ? keeper.store.getState().sketchId : null
      ui.setState({
        dialog: {
          kind: 'picture',
          name,
          source: job,
          use: (traced) => {
            use(traced, sketchId).catch((error: unknown) => {
              if (error instanceof ImportCancelled) return
              const { code, message } = error instanceof StudioError ? error : toErrorReport(error)
              toasts.show({ kind: 'problem', title: messages().errors[code].title, detail: message })
            })
          },
        },
      })
    },
  }
}
