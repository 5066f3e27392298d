/** Drawings that came in, on the page; and the picture behind the newest one, for as long as its tracing may be adjusted. */

import { StudioError, toErrorReport } from '../shared/errors'
import type { ImportedDocument } from '../storage/exchange/types'
import { ImportCancelled, type OpenImport } from '../workers/importClient'
import type { ImportParts } from './importParts'

/** A picture says nothing of the look: the one in use stays. Moving a drawing to the face's place is an entry of its own, to be undone. */
export async function adopt(result: ImportedDocument, { keeper, faceLoop, editor }: ImportParts): Promise<void> {
  // The person stays with a drawing that is not saved.
  if (!(await keeper.adopt(result.document, result.source === 'project' ? result : faceLoop.store.getState()))) throw new ImportCancelled()
  if (result.picture?.placed) editor.commands.replaceStrokes('place', result.picture.placed.strokes)
}

export type ImportedPictures = ReturnType<typeof openPictures>

export function openPictures(parts: ImportParts) {
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
