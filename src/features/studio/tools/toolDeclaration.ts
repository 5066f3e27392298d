/**
 * What the interface must know of a tool, all in one place: the bar, the options, the shortcuts and the help read these declarations. A new tool
 * is one file beside this one and one line in `index.ts`.
 */

import type { ComponentType } from 'react'
import type { Tool } from '../../../editor/tools/tool'
import type { Editor, SessionSettings } from '../../../editor/types'
import type { IconName } from '../../ui/Icon'
import type { Messages } from '../../ui/i18n/messages'

export interface ToolDeclaration {
  readonly id: string
  readonly icon: IconName
  /** Its shortcut. */
  readonly key: string
  readonly name: (m: Messages) => string
  /** What it does with pointers; `null` when it leaves them to the surface, which then pans. */
  readonly behaviour: Tool | null
  /** Its settings in the bar. */
  readonly Options: ComponentType
  /** Further settings, which go into a popover where the bar is narrow. */
  readonly MoreOptions?: ComponentType
  /** The setting that `[` and `]` change, and by how much. */
  readonly size?: { readonly setting: SizeSetting; readonly step: number }
  /** Left out where two fingers do the same. */
  readonly isForDesks?: boolean
  /** What a screen reader says when the keyboard's pen is lifted; by default which part was drawn. */
  readonly done?: (m: Messages, editor: Editor) => string
}

export type SizeSetting = { [K in keyof SessionSettings]: SessionSettings[K] extends number ? K : never }[keyof SessionSettings]
