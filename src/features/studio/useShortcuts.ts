/** Runs commands by their keys, wherever the focus is, except while someone types or a dialog is open. */

import { useEffect } from 'react'
import { commandFor } from './commands'
import { useStudio } from './studioContext'

export function useShortcuts(): void {
  const { commandContext } = useStudio()
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing || takesKey(event.target, event.key) || document.querySelector('dialog:modal')) return
      const command = commandFor(event)
      if (!command) return
      event.preventDefault()
      command.perform(commandContext)
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [commandContext])
}

/** Text fields take every key; sliders, lists and menus their own arrows. */
function takesKey(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true
  if (target instanceof HTMLInputElement && !['radio', 'checkbox', 'color', 'range'].includes(target.type)) return true
  if (target.closest('[role="menu"]')) return true
  return key.startsWith('Arrow') && (target instanceof HTMLInputElement || target.closest('[role="slider"], [role="toolbar"]') !== null)
}
