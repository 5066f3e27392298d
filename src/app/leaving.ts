/** What is asked before a drawing that could not be saved leaves the page. */

import type { Messages } from '../features/ui/i18n/messages'
import { type AppUiStore, ask } from './appUi'

/** @param exportDrawing downloads the drawing on the page */
export function askBeforeLeaving(ui: AppUiStore, messages: () => Messages, exportDrawing: () => Promise<void>): () => Promise<boolean> {
  return async () => {
    const { title, body, stay, leave, exportAndLeave } = messages().unsaved
    const choices = [
      { id: 'stay', label: stay },
      { id: 'leave', label: leave },
      { id: 'export', label: exportAndLeave },
    ]
    const choice = await ask(ui, { title, body, choices })
    if (choice === 'export') await exportDrawing()
    return choice === 'leave' || choice === 'export'
  }
}
