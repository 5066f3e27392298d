/** What a data set holds, as far as a run is concerned. */

import type { DataSetEntryRow } from '../../storage/trainingRows'

export interface SetFacts {
  readonly count: number
  readonly heldOut: number
  /** Faces whose points are known. */
  readonly faces: number
}

export const factsOf = (entries: readonly DataSetEntryRow[]): SetFacts => ({
  count: entries.length,
  heldOut: entries.filter(({ heldOut }) => heldOut).length,
  faces: entries.filter(({ hasFace }) => hasFace).length,
})
