/** The way to case mode, which is loaded when somebody comes in, or at once when a session was under way as the page was left: its drawing is recorded from the first stroke. */

import { createStore, type StoreApi } from 'zustand/vanilla'
import type { CaseDesk } from '../features/cases/desk'
import type { SettingsStore } from '../storage/types'

export interface CaseDoor {
  /** `null` until somebody has come in. */
  readonly store: StoreApi<{ readonly desk: CaseDesk | null }>
  /** Rejects with `storage-unavailable` where nothing can be kept. */
  readonly open: () => Promise<CaseDesk>
}

/** Written by `features/cases/sessions.ts`. */
const IN_HAND_KEY = '$caseInHand'

/** @param load once */
export function createCaseDoor(load: () => Promise<CaseDesk>): CaseDoor {
  const store = createStore<{ readonly desk: CaseDesk | null }>(() => ({ desk: null }))
  let opening: Promise<CaseDesk> | null = null
  const open = async (): Promise<CaseDesk> => {
    const desk = await load()
    store.setState({ desk })
    return desk
  }
  return {
    store,
    open: () => {
      opening ??= open().catch((error: unknown) => {
        // The next who comes in tries again.
        opening = null
        throw error
      })
      return opening
    },
  }
}

/** Rejects where the session that was under way cannot be gone on with. */
export async function goOnWithCase(door: CaseDoor, settings: SettingsStore): Promise<void> {
  if (await settings.get(IN_HAND_KEY)) await (await door.open()).enter()
}
