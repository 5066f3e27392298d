/** The worker's state for components. */

import { useStore } from 'zustand'
import type { ModelSummary } from '../../workers/protocol'
import type { InferenceState } from './inferencePort'
import { useStudio } from './studioContext'

export function useInference(): InferenceState {
  return useStore(useStudio().inference.store)
}

export function useModel(): ModelSummary | null {
  return useStore(useStudio().inference.store, (state) => state.description?.model ?? null)
}
