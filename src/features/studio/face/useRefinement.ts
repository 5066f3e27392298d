/** The finer model for components: the entry of the index, and how it fares; `null` when none goes with the model in use. */

import { useStore } from 'zustand'
import type { ErrorReport } from '../../../shared/errors'
import type { ModelEntry } from '../../../workers/protocol'
import { useStudio } from '../studioContext'

export interface Refinement {
  readonly model: ModelEntry
  /** 0–1 while it is being loaded. */
  readonly loading: number | null
  readonly failure: ErrorReport | null
}

export function useRefinement(): Refinement | null {
  const { inference } = useStudio()
  const model = useStore(inference.store, () => inference.fineModel())
  const { loading, failures } = useStore(inference.companion)
  if (!model) return null
  return { model, loading: loading?.model === model.id ? loading.fraction : null, failure: failures[model.id] ?? null }
}
