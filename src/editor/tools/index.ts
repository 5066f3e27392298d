/** All tools. A new one is a file here and a line below (and its id in `TOOL_IDS`). */

import type { ToolId } from '../types'
import { eraser } from './eraser'
import { pen } from './pen'
import { reshape } from './reshape'
import { select } from './select'
import type { Tool } from './tool'

const TOOLS: readonly Tool[] = [pen, eraser, select, reshape]

/** `null` for tools that belong to the interface. */
export function toolById(id: ToolId): Tool | null {
  return TOOLS.find((tool) => tool.id === id) ?? null
}
