/** Runs commands by their keys, wherever the focus is, except while someone types or a dialog is open. */

import { useEffect, useRef } from 'react'
import { useMessages } from '../ui/i18n/I18n'
import type { Messages } from '../ui/i18n/messages'
import { type Command, type CommandContext, commandFor } from './commands'
import { useStudio } from './studioContext'

export function useShortcuts(): void {
  const { commandContext, announcements } = useStudio()
  const messages = useMessages()
  const m = useRef(messages)
  m.current = messages
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing || takesKey(event.target, event.key) || document.querySelector('dialog:modal')) return
      const command = commandFor(event)
      if (!command) return
      event.preventDefault()
      announcements.say(performAndTell(command, commandContext, m.current))
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [commandContext, announcements])
}

/** What a person who does not see the screen should know of it. */
function performAndTell(command: Command, context: CommandContext, m: Messages): string {
  const { undoKind, redoKind } = context.editor.documentStore.getState()
  command.perform(context)
  if (command.id === 'undo') return undoKind ? m.page.undone(m.edits[undoKind]) : ''
  if (command.id === 'redo') return redoKind ? m.page.redone(m.edits[redoKind]) : ''
  return command.group === 'tools' ? command.label(m) : ''
}

/** Text fields take every key; sliders, lists and menus their own arrows. */
function takesKey(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true
  if (target instanceof HTMLInputElement && !['radio', 'checkbox', 'color', 'range'].includes(target.type)) return true
  if (target.closest('[role="menu"]')) return true
  return key.startsWith('Arrow') && (target instanceof HTMLInputElement || target.closest('[role="slider"], [role="toolbar"]') !== null)
}
