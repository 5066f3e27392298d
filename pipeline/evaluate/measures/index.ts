/** The measures, in the order of the report. */

import { faithful } from './faithful'
import type { Measure } from './measure'

export const MEASURES: readonly Measure[] = [faithful]
