/**
 * Broken and hostile files, made by code: what each is called, what it tries, and the code of the error that importing it must end in. The unit
 * tests of import and the browser journeys drop the same files.
 */

import { DRAWINGS } from './drawings'
import type { HostileFile } from './hostileFile'
import { PICTURES } from './pictures'
import { DATA } from './projects'

export const HOSTILE_FILES: readonly HostileFile[] = [...PICTURES, ...DRAWINGS, ...DATA]
