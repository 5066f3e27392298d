/** What the studio needs of the worker's client: a state to show, and the two ways on after a failure. */

import type { StoreApi } from 'zustand/vanilla'
import type { CompanionState, InferenceState } from '../../workers/client'
import type { ModelEntry } from '../../workers/protocol'

export type { InferenceState } from '../../workers/client'

export interface InferencePort {
  readonly store: Pick<StoreApi<InferenceState>, 'getState' | 'getInitialState' | 'subscribe'>
  /** What the second worker is doing: the finer face, and models side by side. */
  readonly companion: Pick<StoreApi<CompanionState>, 'getState' | 'getInitialState' | 'subscribe'>
  /** The finer model that goes with the one in use, if any. */
  fineModel(): ModelEntry | null
  restart(): void
  tryNextBackend(): void
}
