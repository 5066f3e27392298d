/** Everything that leaves the studio as a file, by way of the browser's own download. */

import type { ToastStore } from '../features/ui/toasts'
import { StudioError } from '../shared/errors'
import { type ExportedFile, type ExportId, type ExportParts, exportFormat, type PictureId, projectFile } from './exportFormats'

export interface ExportActions {
  /** @param options of the format; its defaults where they are missing */
  readonly exportAs: (id: ExportId, options?: object) => Promise<void>
  /** The same picture on the clipboard. */
  readonly copyAs: (id: PictureId, options?: object) => Promise<void>
  /** The file of a format, for another way out than a download. */
  readonly make: (id: ExportId) => Promise<ExportedFile>
  /** A sketch of the database that is not on the page. */
  readonly exportStored: (id: string) => Promise<void>
}

interface Parts extends ExportParts {
  readonly toasts: ToastStore
  readonly onError: (error: unknown) => void
}

export function createExportActions(parts: Parts): ExportActions {
  const { toasts, messages, storage, onError } = parts
  const run = (make: () => Promise<ExportedFile>): Promise<void> =>
    telling(async () => {
      const { blob, fileName } = await make()
      download(blob, fileName)
      toasts.show({ kind: 'note', title: messages().file.exported(fileName) })
    })
  const telling = (work: () => Promise<void>): Promise<void> => work().catch(onError)
  return {
    exportAs: (id, options) => run(() => exportFormat(id).make(parts, options)),
    make: (id) => exportFormat(id).make(parts),
    copyAs: (id, options) =>
      telling(async () => {
        // Given at once and made meanwhile: browsers let a page write to the clipboard only in the turn of the click.
        const picture = exportFormat(id)
          .make(parts, options)
          .then(({ blob }) => blob)
        await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })])
        toasts.show({ kind: 'note', title: messages().file.copied })
      }),
    exportStored: (id) =>
      run(async () => {
        const stored = await storage.sketches.read(id)
        if (!stored) throw new StudioError('bad-request', 'This sketch is gone.')
        return projectFile(stored)
      }),
  }
}

export function download(blob: Blob, fileName: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = fileName
  link.click()
  // The browser reads the address after this turn.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
