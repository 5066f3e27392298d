/**
 * Words that are being typed and are not in the log yet, by what they are for. They live in the desk's memory alone: they may belong to an encrypted case,
 * and nothing of one is written in clear. They go when the case is closed or wiped.
 */

import type { StoreApi } from 'zustand/vanilla'
import type { DeskState } from './deskTypes'

/** A desk, as far as drafts go. */
export interface DraftHolder {
  readonly store: StoreApi<DeskState>
}

/** Whether words would be lost with the case. */
export const hasWords = ({ drafts }: Pick<DeskState, 'drafts'>): boolean => Object.values(drafts).some((words) => words.trim() !== '')

/** @returns `null` where nothing was typed; the empty text where something was erased */
export function draftOf(desk: DraftHolder, id: string): string | null {
  return desk.store.getState().drafts[id] ?? null
}

/** @param words `null`: nothing is being typed any more */
export function setDraft(desk: DraftHolder, id: string, words: string | null): void {
  desk.store.setState(({ drafts }) => {
    const { [id]: _, ...others } = drafts
    return { drafts: words === null ? others : { ...others, [id]: words } }
  })
}

/**
 * Drafts go once they are in the log. One that was typed on meanwhile stays: to hear a word twice is better than to lose one.
 * @param write resolves to whether it is in the log
 * @returns the same
 */
export async function keepDrafts(desk: DraftHolder, ids: readonly string[], write: () => Promise<boolean>): Promise<boolean> {
  const typed = ids.map((id) => draftOf(desk, id))
  const isKept = await write()
  if (isKept) for (const [i, id] of ids.entries()) if (draftOf(desk, id) === typed[i]) setDraft(desk, id, null)
  return isKept
}
