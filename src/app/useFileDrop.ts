/** Files dropped on the window or pasted into it. */

import { useEffect } from 'react'
import type { AppUiStore } from './appUi'
import type { ImportActions } from './importActions'

export function useFileDrop(actions: Pick<ImportActions, 'importFiles'>, ui: AppUiStore): void {
  useEffect(() => {
    const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false
    const onDragOver = (event: DragEvent): void => {
      if (!hasFiles(event)) return
      event.preventDefault()
      if (!ui.getState().dropping) ui.setState({ dropping: true })
    }
    const onDragLeave = (event: DragEvent): void => {
      if (event.relatedTarget === null) ui.setState({ dropping: false })
    }
    const onDrop = (event: DragEvent): void => {
      if (!hasFiles(event)) return
      event.preventDefault()
      ui.setState({ dropping: false })
      void actions.importFiles([...(event.dataTransfer?.files ?? [])])
    }
    const onPaste = (event: ClipboardEvent): void => {
      const files = [...(event.clipboardData?.files ?? [])]
      if (files.length === 0) return
      event.preventDefault()
      void actions.importFiles(files)
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
