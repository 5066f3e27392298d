/** The measures, in the order of the report. */

import { doodles } from './doodles'
import { edits } from './edits'
import { faithful } from './faithful'
import { halfDrawn } from './halfDrawn'
import type { Measure } from './measure'

export const MEASURES: readonly Measure[] = [faithful, edits, halfDrawn, doodles]
