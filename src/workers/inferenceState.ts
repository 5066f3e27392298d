/** What the interface may know about the inference worker. No tensor, worker or pixel is in here. */

import type { ErrorReport } from '../shared/errors'
import type { Backend, BackendTrial, InferenceDescription, InferenceEvent } from './protocol'

export type StartingStage = Extract<InferenceEvent, { kind: 'starting' }>['stage']

export type InferenceState = {
  /** The last failure, kept after a recovery until the next start by hand; `null` when there was none. */
  readonly error: ErrorReport | null
  /** What was tried for the back end in use. */
  readonly trials: readonly BackendTrial[]
} & (
  | {
      readonly status: 'starting'
      readonly stage: StartingStage | null
      readonly backend: Backend | null
      /** 0–1 within the stage. */
      readonly fraction: number
      readonly description: null
    }
  | { readonly status: 'ready'; readonly description: InferenceDescription }
  | { readonly status: 'failed'; readonly error: ErrorReport; readonly description: null }
)

export const NOT_STARTED: Extract<InferenceState, { status: 'starting' }> = {
  status: 'starting',
  stage: null,
  backend: null,
  fraction: 0,
  description: null,
  error: null,
  trials: [],
}
