/** What is said when files have come in, or have not. */

import type { Messages } from '../features/ui/i18n/messages'
import { toErrorReport } from '../shared/errors'
import type { ImportedDocument } from '../storage/exchange/types'
import { ImportCancelled } from '../workers/importClient'
import type { ImportedPictures } from './importedPictures'
import { describeImport } from './importNotes'
import type { ImportParts, Outcome } from './importParts'

/** One sentence for one file, and a count for several. */
export function tell(outcomes: readonly Outcome[], parts: ImportParts, picture: ImportedPictures): void {
  const { toasts, ui, messages } = parts
  const m = messages()
  const documents = outcomes.flatMap(({ result }) => (result?.kind === 'document' ? [result] : []))
  const databases = outcomes.flatMap(({ result }) => (result?.kind === 'database' ? [result] : []))
  const failures = outcomes.filter(({ error }) => error !== undefined && !(error instanceof ImportCancelled))
  const [first] = documents
  if (documents.length > 0) {
    ui.setState({ dialog: null })
    parts.showPage()
  }
  if (first && documents.length === 1) tellOne(first, parts, picture)
  else if (documents.length > 1) toasts.show({ kind: 'note', title: m.imports.several(documents.length) })
  if (failures.length > 0) tellFailures(failures, outcomes.length, parts, picture)
  if (outcomes.some(({ error }) => error instanceof ImportCancelled)) toasts.show({ kind: 'note', title: m.imports.cancelled })
  const [database, ...more] = databases
  if (database) ui.setState({ dialog: { kind: 'database', projects: database.projects, problems: database.problems } })
  if (more.length > 0) toasts.show({ kind: 'problem', title: m.imports.oneDatabase })
}

function tellOne(result: ImportedDocument, { toasts, messages }: ImportParts, picture: ImportedPictures): void {
  const m = messages()
  const name = result.document.name || m.topBar.untitled
  const action = result.picture ? { label: m.imports.adjust, perform: () => picture.adjust(result) } : undefined
  toasts.show({ kind: 'note', title: m.file.imported(name, result.document.strokes.length), detail: describeImport(result, m), action })
}

function tellFailures(failures: readonly Outcome[], total: number, parts: ImportParts, picture: ImportedPictures): void {
  const { toasts, messages } = parts
  const m = messages()
  const [only] = failures
  if (total === 1 && only) {
    report(only.error, parts, picture)
    return
  }
  const sentences = failures.slice(0, 4).map(({ file, error }) => `${file.name}: ${sentenceOf(error, m)}`)
  toasts.show({ kind: 'problem', title: m.imports.failures(failures.length, total), detail: sentences.join(' ') })
}

export function report(error: unknown, { toasts, messages }: ImportParts, picture: ImportedPictures): void {
  const m = messages()
  const { code } = toErrorReport(error)
  const action = code === 'bad-image' && picture.has() ? { label: m.imports.adjust, perform: () => picture.adjust(null) } : undefined
  toasts.show({ kind: 'problem', title: `${m.errors[code].title}. ${m.file.unchanged}`, detail: sentenceOf(error, m), action })
}

/** The sentence of the code is translated; the precise one is English. */
function sentenceOf(error: unknown, m: Messages): string {
  const { code, message } = toErrorReport(error)
  return m.name === 'English' ? message : m.errors[code].advice
}
