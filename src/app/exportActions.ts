/** Everything that leaves the studio as a file, by way of the browser's own download. */

import type { Editor } from '../editor/types'
import { storedTolerance } from '../faces/toleranceChoice'
import type { FaceLoop } from '../features/studio/face/faceTypes'
import type { Messages } from '../features/ui/i18n/messages'
import type { ToastStore } from '../features/ui/toasts'
import { StudioError, toErrorReport } from '../shared/errors'
import { exportDatabase, exportProject, exportSvg } from '../storage/exchange'
import type { StudioStorage } from '../storage/types'
import { facePng, sideBySidePng, sketchPng } from './pictures'

export const EXPORT_KINDS = ['sketchPng', 'sketchSvg', 'project', 'facePng', 'sideBySide', 'database'] as const
export type ExportKind = (typeof EXPORT_KINDS)[number]

export interface ExportParts {
  readonly editor: Editor
  readonly faceLoop: FaceLoop
  readonly storage: StudioStorage
  readonly toasts: ToastStore
  readonly messages: () => Messages
  /** Waits until what is on the page is in the database. */
  readonly flush: () => Promise<void>
}

export interface ExportActions {
  readonly exportAs: (kind: ExportKind) => Promise<void>
  /** A sketch of the database that is not on the page. */
  readonly exportStored: (id: string) => Promise<void>
}

export function createExportActions(parts: ExportParts): ExportActions {
  const { toasts, messages, storage } = parts
  const run = async (make: () => Promise<{ blob: Blob; fileName: string }>): Promise<void> => {
    try {
      const { blob, fileName } = await make()
      download(blob, fileName)
      toasts.show({ kind: 'note', title: messages().file.exported(fileName) })
    } catch (error) {
      const report = toErrorReport(error)
      toasts.show({ kind: 'problem', title: messages().errors[report.code].title, detail: report.message })
    }
  }
  return {
    exportAs: (kind) => run(() => makeFile(kind, parts)),
    exportStored: (id) =>
      run(async () => {
        const stored = await storage.sketches.read(id)
        if (!stored) throw new StudioError('bad-request', 'This sketch is gone.')
        return { blob: jsonBlob(exportProject(stored)), fileName: `${fileBase(stored.document.name)}.json` }
      }),
  }
}

async function makeFile(kind: ExportKind, parts: ExportParts): Promise<{ blob: Blob; fileName: string }> {
  const { document } = parts.editor.documentStore.getState()
  const { look, tolerance } = parts.faceLoop.store.getState()
  const base = fileBase(document.name)
  switch (kind) {
    case 'sketchPng':
      return { blob: await sketchPng(document.strokes), fileName: `${base}.png` }
    case 'sketchSvg':
      return { blob: new Blob([exportSvg(document)], { type: 'image/svg+xml' }), fileName: `${base}.svg` }
    case 'project':
      return { blob: jsonBlob(exportProject({ document, look, ...storedTolerance(tolerance) })), fileName: `${base}.json` }
    case 'facePng':
      return { blob: await facePng(settledFace(parts)), fileName: `${base}-face.png` }
    case 'sideBySide':
      return { blob: await sideBySidePng(document.strokes, settledFace(parts)), fileName: `${base}-both.png` }
    case 'database': {
      await parts.flush()
      return { blob: await exportDatabase(parts.storage.sketches), fileName: `face-studio-${new Date().toISOString().slice(0, 10)}.json` }
    }
  }
}

function settledFace({ faceLoop, messages }: ExportParts) {
  const face = faceLoop.settled()
  if (!face) throw new StudioError('bad-request', messages().file.noFace)
  return face
}

const jsonBlob = (text: string): Blob => new Blob([text], { type: 'application/json' })

/** A name that every file system takes. */
export function fileBase(name: string): string {
  const plain = name
    .normalize('NFC')
    .replaceAll(/[\p{Cc}<>:"/\\|?*]+/gu, ' ')
    .trim()
    .replace(/[. ]+$/, '')
    .slice(0, 80)
  return plain === '' ? 'sketch' : plain
}

export function download(blob: Blob, fileName: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = fileName
  link.click()
  // The browser reads the address after this turn.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
