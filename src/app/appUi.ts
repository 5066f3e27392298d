/** Which dialog of the shell is open. */

import { createStore, type StoreApi } from 'zustand/vanilla'
import type { ImportedDocument, ImportProblem, Project } from '../storage/exchange/types'
import type { ImportStage, OpenImport } from '../workers/importClient'

export type AppDialog =
  | { readonly kind: 'help'; readonly section: 'shortcuts' | 'privacy' }
  | { readonly kind: 'database'; readonly projects: readonly Project[]; readonly problems: readonly ImportProblem[] }
  /** The picture behind a traced drawing, to be traced otherwise. */
  | {
      readonly kind: 'picture'
      readonly name: string
      readonly source: Pick<OpenImport, 'trace' | 'preview'>
      readonly use: (result: ImportedDocument) => void
    }

/** A file on its way in. */
export interface Reading {
  readonly name: string
  readonly stage: ImportStage
  /** Of several files, from 1. */
  readonly place: number
  readonly total: number
  readonly cancel: () => void
}

export interface AppUi {
  readonly dialog: AppDialog | null
  readonly reading: Reading | null
  /** A file hangs over the window. */
  readonly dropping: boolean
}

export type AppUiStore = StoreApi<AppUi>

export function createAppUi(): AppUiStore {
  return createStore<AppUi>(() => ({ dialog: null, reading: null, dropping: false }))
}
