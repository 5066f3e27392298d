/** A field whose words outlive the tab and the screen in which they are typed. */

import { useStore } from 'zustand'
import { type DraftHolder, setDraft } from './drafts'

/**
 * @param id of what they are for, unlike every other of the case
 * @param kept shown until something is typed
 */
export function useDraft(desk: DraftHolder, id: string, kept = ''): [string, (words: string | null) => void] {
  const words = useStore(desk.store, ({ drafts }) => drafts[id] ?? kept)
  return [words, (next) => setDraft(desk, id, next)]
}
