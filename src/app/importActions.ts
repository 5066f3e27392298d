/**
 * Files that come in by button, drop or paste, one after another, each read in a worker of its own. Every drawing becomes a sketch of its own; a file that
 * cannot be read changes nothing and says why. A picture stays at hand, so that its tracing can be adjusted.
 */

import { pickFiles } from '../features/ui/pickFiles'
import { toErrorReport } from '../shared/errors'
import type { Project } from '../storage/exchange/types'
import { openImport } from '../workers/importClient'
import { adopt, type ImportedPictures, openPictures } from './importedPictures'
import type { ImportParts, Outcome } from './importParts'
import { report, tell } from './importTelling'

export const ACCEPTED_FILES = '.png,.jpg,.jpeg,.svg,.svgz,.json,image/png,image/jpeg,image/svg+xml,application/json'

export interface ImportActions {
  /** Several files are read one after another; the last drawing stays on the page. */
  readonly importFiles: (files: readonly File[]) => Promise<void>
  /** Something was dropped or pasted that holds no file and no drawing. */
  readonly refuseOther: (kind: 'text' | 'nothing') => void
  /** Opens the browser's file picker. */
  readonly pick: () => void
  readonly merge: (projects: readonly Project[]) => Promise<void>
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
      for (let file = queue.shift(); file; file = queue.shift())
        outcomes.push(await read(file, outcomes.length + 1, { parts, picture, queue }))
    } finally {
      queue.length = 0
      ui.setState({ reading: null })
    }
    tell(outcomes, parts, picture)
  }

  const refuseOther = (kind: 'text' | 'nothing'): void => {
    const { title, advice } = messages().imports[kind]
    toasts.show({ kind: 'problem', title, detail: advice })
  }

  const merge = async (projects: readonly Project[]): Promise<void> => {
    ui.setState({ dialog: null })
    try {
      const { added, alreadyThere } = await parts.storage.sketches.merge(projects)
      toasts.show({ kind: 'note', title: messages().file.importedDatabase(added, alreadyThere) })
    } catch (error) {
      report(error, parts, picture)
    }
  }

  return { importFiles, refuseOther, pick: () => pickFiles(ACCEPTED_FILES, (files) => void importFiles(files)), merge }
}

interface Reading {
  readonly parts: ImportParts
  readonly picture: ImportedPictures
  readonly queue: File[]
}

/** One file; only what nobody can go on from is thrown. */
async function read(file: File, place: number, { parts, picture, queue }: Reading): Promise<Outcome> {
  const { ui } = parts
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
