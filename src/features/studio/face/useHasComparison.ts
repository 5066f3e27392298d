/** Whether models for side-by-side comparison are installed. */

import { useStore } from 'zustand'
import { useStudio } from '../studioContext'

export function useHasComparison(): boolean {
  const { inference } = useStudio()
  return useStore(inference.store, ({ description }) => description?.models.some(({ role }) => role === 'comparison') ?? false)
}
