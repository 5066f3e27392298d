/** Runs commands by their keys, wherever the focus is, except while someone types or a dialog is open. */

import { useEffect, useRef } from 'react'
import { useMessages } from '../ui/i18n/I18n'
import type { Messages } from '../ui/i18n/messages'
import { isComposing } from '../ui/keyPress'
import type { Command, CommandContext } from './commandTypes'
import { commandFor } from './shortcuts'
import { useStudio } from './studioContext'
import { takesKey } from './takesKey'

export function useShortcuts(): void {
  const { commandContext, announcements, preferences } = useStudio()
  const messages = useMessages()
  const m = useRef(messages)
  m.current = messages
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || isComposing(event) || takesKey(event.target, event.key) || document.querySelector('dialog:modal'))
        return
      const command = commandFor(event, preferences.getState().shortcuts)
      if (!command) return
      event.preventDefault()
      // The page does not move or zoom away under the pen.
      if (command.group === 'view' && commandContext.editor.preview.current.gesture) return
      announcements.say(performAndTell(command, commandContext, m.current))
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [commandContext, announcements, preferences])
}

/** What a person who does not see the screen should know of it. */
function performAndTell(command: Command, context: CommandContext, m: Messages): string {
  const { undoKind, redoKind } = context.editor.documentStore.getState()
  const dropsGesture = command.id === 'undo' && context.editor.preview.current.gesture
  command.perform(context)
  if (dropsGesture) return m.page.cancelled
  if (command.id === 'undo') return undoKind ? m.page.undone(m.edits[undoKind]) : ''
  if (command.id === 'redo') return redoKind ? m.page.redone(m.edits[redoKind]) : ''
  return command.group === 'tools' ? command.label(m) : ''
}
