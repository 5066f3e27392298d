/** The tools that an editor has unless it is given others. */

import { eraser } from './eraser'
import { pen } from './pen'
import { reshape } from './reshape'
import { select } from './select'
import type { Tool } from './tool'

export const DEFAULT_TOOLS: readonly Tool[] = [pen, eraser, select, reshape]
