/** How long an inference worker may be silent, by its back end. */

import { BACKEND_TRAITS, type Backend } from '../shared/backends'

export interface InferenceTimeouts {
  /** While weights load or a back end is tried; `null` before any is. */
  startMs: (backend: Backend | null) => number
  /** Until a face must be there, given what the slowest pass so far took. */
  generateMs: (backend: Backend, slowestMs: number) => number
}

/** How many times the slowest pass so far a pass may take. */
const PATIENCE = 30

export const TIMEOUTS: InferenceTimeouts = {
  startMs: (backend) => BACKEND_TRAITS[backend ?? 'wasm'].startMs,
  generateMs: (backend, slowestMs) => {
    const { least, most } = BACKEND_TRAITS[backend].passMs
    return Math.min(most, Math.max(least, PATIENCE * slowestMs))
  },
}
