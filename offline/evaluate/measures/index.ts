/** The measures, in the order of the report. */

import { aligned } from './aligned'
import { byHand } from './byHand'
import { dials } from './dials'
import { doodles } from './doodles'
import { drawnHair } from './drawnHair'
import { edits } from './edits'
import { fair } from './fair'
import { faithful } from './faithful'
import { forgiving } from './forgiving'
import { halfDrawn } from './halfDrawn'
import { honest } from './honest'
import { local } from './local'
import type { Measure } from './measure'
import { photoLike } from './photoLike'
import { placed } from './placed'
import { realContours } from './realContours'
import { truePairs } from './truePairs'

export const MEASURES: readonly Measure[] = [
  faithful,
  realContours,
  photoLike,
  truePairs,
  edits,
  local,
  placed,
  aligned,
  halfDrawn,
  drawnHair,
  byHand,
  doodles,
  forgiving,
  dials,
  fair,
  honest,
]
