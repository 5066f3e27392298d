/** All tools, in the order of the bar. */

import { eraser } from './eraser'
import { pan } from './pan'
import { pen } from './pen'
import { reshape } from './reshape'
import { select } from './select'
import type { ToolDeclaration } from './toolDeclaration'

export const TOOLS: readonly ToolDeclaration[] = [pen, eraser, select, reshape, pan]

export function toolById(id: string): ToolDeclaration | undefined {
  return TOOLS.find((tool) => tool.id === id)
}
