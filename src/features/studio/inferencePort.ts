/** What the studio needs of the worker's client: a state to show, and the two ways on after a failure. */

import type { StoreApi } from 'zustand/vanilla'
import type { InferenceState } from '../../workers/client'

export type { InferenceState } from '../../workers/client'

export interface InferencePort {
  readonly store: Pick<StoreApi<InferenceState>, 'getState' | 'getInitialState' | 'subscribe'>
  restart(): void
  tryNextBackend(): void
}
