/**
 * Strokes on the clipboard: copied and cut from the page as the studio's own strokes, as SVG and as text for other programs; pasted back into whichever
 * sketch is on the page, as one step of its history.
 */

import type { SketchDocument, Stroke } from '../editor/document'
import type { Editor } from '../editor/types'
import type { Messages } from '../features/ui/i18n/messages'
import type { ToastStore } from '../features/ui/toasts'
import { exportProject, exportSvg, readStrokes } from '../storage/exchange'
import { isTextField } from './transferredText'

/** What browsers keep between pages of one origin. */
export const STROKES_TYPE = 'application/x-face-studio-strokes'

export interface StrokeClipboard {
  /** @returns whether there was anything to copy */
  copy(data: DataTransfer, isCut: boolean): boolean
  /** @returns whether the clipboard holds strokes of the studio; what cannot be read is told */
  paste(data: DataTransfer): boolean
}

interface Parts {
  readonly editor: Editor
  readonly toasts: ToastStore
  readonly messages: () => Messages
  readonly onError: (error: unknown) => void
}

export function createStrokeClipboard({ editor, toasts, messages, onError }: Parts): StrokeClipboard {
  const chosen = (): Stroke[] => {
    const { selection } = editor.sessionStore.getState()
    const { strokes } = editor.documentStore.getState().document
    return strokes.filter(({ id }) => selection.includes(id))
  }
  return {
    copy(data, isCut) {
      const strokes = chosen()
      if (strokes.length === 0) return false
      const document: SketchDocument = { ...editor.documentStore.getState().document, strokes }
      const svg = exportSvg(document)
      data.setData(STROKES_TYPE, exportProject({ document, look: {} }))
      data.setData('image/svg+xml', svg)
      data.setData('text/plain', svg)
      if (isCut) editor.commands.deleteSelection()
      toasts.show({ kind: 'note', title: messages().file.copiedStrokes(strokes.length) })
      return true
    },
    paste(data) {
      const text = data.getData(STROKES_TYPE)
      if (text === '') return false
      try {
        editor.setTool('select')
        editor.commands.insertStrokes(readStrokes(text))
      } catch (error) {
        onError(error)
      }
      return true
    },
  }
}

/** Takes the browser's own copy and cut while the page of the studio is what the person works on. */
export function keepStrokeClipboard(clipboard: StrokeClipboard, isOnPage: () => boolean): void {
  const take = (event: ClipboardEvent): void => {
    const isText = isTextField(event.target) || (getSelection()?.toString() ?? '') !== ''
    if (isText || !isOnPage() || document.querySelector('dialog:modal') || !event.clipboardData) return
    if (clipboard.copy(event.clipboardData, event.type === 'cut')) event.preventDefault()
  }
  window.addEventListener('copy', take)
  window.addEventListener('cut', take)
}
