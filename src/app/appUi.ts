/** Which dialog of the shell is open. */

import { createStore, type StoreApi } from 'zustand/vanilla'
import type { ImportProblem, Project } from '../storage/exchange/types'

export type AppDialog =
  | { readonly kind: 'help'; readonly section: 'shortcuts' | 'privacy' }
  | { readonly kind: 'database'; readonly projects: readonly Project[]; readonly problems: readonly ImportProblem[] }

export interface AppUi {
  readonly dialog: AppDialog | null
  /** A file is being read. */
  readonly reading: boolean
  /** A file hangs over the window. */
  readonly dropping: boolean
}

export type AppUiStore = StoreApi<AppUi>

export function createAppUi(): AppUiStore {
  return createStore<AppUi>(() => ({ dialog: null, reading: false, dropping: false }))
}
