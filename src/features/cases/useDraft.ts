/** Words that are being typed: they outlive the tab and the screen in which they are typed, and go with the case. */

import { useStore } from 'zustand'
import type { CaseDesk } from './desk'

/** @param id of what they are for, unlike every other of the case */
export function useDraft(desk: CaseDesk, id: string): [string, (words: string) => void] {
  const words = useStore(desk.store, ({ drafts }) => drafts[id] ?? '')
  return [words, (next) => desk.store.setState(({ drafts }) => ({ drafts: { ...drafts, [id]: next } }))]
}
