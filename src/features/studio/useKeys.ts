/** The keys of a command as they stand in tooltips. */

import { useStore } from 'zustand'
import { useMessages } from '../ui/i18n/I18n'
import type { Command } from './commandTypes'
import { keysOf } from './shortcuts'
import { useStudio } from './studioContext'

export function useKeys(): (command: Command) => string[] {
  const m = useMessages()
  const chosen = useStore(useStudio().preferences, (state) => state.shortcuts)
  return (command) => keysOf(command, m, chosen)
}
