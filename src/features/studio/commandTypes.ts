/** What a command is, and what it may use. */

import type { Editor } from '../../editor/types'
import type { Messages } from '../ui/i18n/messages'
import type { PreferencesStore } from '../ui/preferences'

/** What commands may use. The surface's size is needed to zoom about its middle. */
export interface CommandContext {
  readonly editor: Editor
  readonly preferences: PreferencesStore
  readonly surfacePx: () => number
  readonly toggleHold: () => void
  readonly toggleLock: () => void
  readonly toggleHeat: () => void
  readonly toggleCompare: () => void
  readonly toggleEnlarged: () => void
  /** Turns the page on the screen by so many degrees, clockwise; `null` sets it upright. */
  readonly turnPage: (byDegrees: number | null) => void
}

export type CommandGroup = 'tools' | 'edit' | 'view' | 'face'

export interface Keys {
  readonly key: string
  readonly ctrl?: boolean
  readonly shift?: boolean
}

export interface Command extends Keys {
  readonly id: string
  readonly group: CommandGroup
  readonly label: (m: Messages) => string
  /** Another key for the same. */
  readonly alternative?: Keys
  readonly perform: (context: CommandContext) => void
}
