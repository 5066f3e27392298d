/** What the studio needs of the worker's client: a state to show, and the two ways on after a failure. */

import type { StoreApi } from 'zustand/vanilla'
import type { ErrorReport } from '../../shared/errors'
import type { Backend, BackendTrial, InferenceDescription } from '../../workers/protocol'

export type InferenceState = {
  /** The last failure, kept after a recovery until the next start by hand; `null` when there was none. */
  readonly error: ErrorReport | null
  readonly trials: readonly BackendTrial[]
} & (
  | { readonly status: 'starting'; readonly stage: 'loading-weights' | 'self-test' | null; readonly backend: Backend | null; readonly fraction: number; readonly description: null }
  | { readonly status: 'ready'; readonly description: InferenceDescription }
  | { readonly status: 'failed'; readonly error: ErrorReport; readonly description: null }
)

export interface InferencePort {
  readonly store: Pick<StoreApi<InferenceState>, 'getState' | 'getInitialState' | 'subscribe'>
  restart(): void
  tryNextBackend(): void
}
