/** Files and drawings dropped on the window or pasted into it. A text field keeps what belongs to it; everything else is imported or answered with a sentence. */

import { useEffect } from 'react'
import type { AppUiStore } from './appUi'
import { entriesWithFolders, filesOf } from './droppedFolders'
import type { ImportActions } from './importActions'
import { drawingIn, isTextField } from './transferredText'

export interface FileTaker extends Pick<ImportActions, 'importFiles' | 'refuseOther'> {
  /** @returns whether there were strokes of the studio to paste */
  readonly pasteStrokes: (data: DataTransfer) => boolean
  /** Whether whoever takes them now wants whole folders. */
  readonly takesFolders: () => boolean
}

export function useFileDrop(actions: FileTaker, ui: AppUiStore): void {
  useEffect(() => {
    const onDragOver = (event: DragEvent): void => {
      const holdsFiles = event.dataTransfer?.types.includes('Files') ?? false
      if (!holdsFiles && isTextField(event.target)) return
      event.preventDefault()
      if (!ui.getState().dropping) ui.setState({ dropping: true })
    }
    const onDragLeave = (event: DragEvent): void => {
      if (event.relatedTarget === null) ui.setState({ dropping: false })
    }
    const onDrop = (event: DragEvent): void => {
      ui.setState({ dropping: false })
      const files = [...(event.dataTransfer?.files ?? [])]
      if (files.length === 0 && isTextField(event.target)) return
      event.preventDefault()
      take(event.dataTransfer, files, actions)
    }
    const onPaste = (event: ClipboardEvent): void => {
      // A field takes text, whatever else the clipboard carries.
      if (isTextField(event.target) && (event.clipboardData?.types.includes('text/plain') ?? false)) return
      event.preventDefault()
      if (event.clipboardData && actions.pasteStrokes(event.clipboardData)) return
      take(event.clipboardData, [...(event.clipboardData?.files ?? [])], actions)
    }
    window.addEventListener('dragover', onDragOver)
    window.addEventListener('dragleave', onDragLeave)
    window.addEventListener('drop', onDrop)
    window.addEventListener('paste', onPaste)
    return () => {
      window.removeEventListener('dragover', onDragOver)
      window.removeEventListener('dragleave', onDragLeave)
      window.removeEventListener('drop', onDrop)
      window.removeEventListener('paste', onPaste)
    }
  }, [actions, ui])
}

function take(data: DataTransfer | null, files: readonly File[], actions: FileTaker): void {
  const entries = actions.takesFolders() ? entriesWithFolders(data) : null
  if (entries) {
    void filesOf(entries).then(actions.importFiles)
    return
  }
  // A drawing as text says more than its picture: programs put both on the clipboard.
  const drawing = data ? drawingIn((type) => data.getData(type)) : null
  const pictures = files.filter(({ type }) => type.startsWith('image/'))
  if (drawing && pictures.length === files.length) void actions.importFiles([drawing])
  else if (files.length > 0) void actions.importFiles(files)
  else actions.refuseOther(data && data.types.length > 0 ? 'text' : 'nothing')
}
