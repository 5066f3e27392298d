/** Which dialog of the shell is open. */

import { createStore, type StoreApi } from 'zustand/vanilla'
import type { ImportedDocument, ImportProblem, Project } from '../storage/exchange/types'
import type { ImportStage, OpenImport } from '../workers/importClient'

/** Something that is asked before it is done. */
export interface Question {
  readonly title: string
  readonly body: string
  /** In order; the last one is what most people mean. */
  readonly choices: readonly { readonly id: string; readonly label: string }[]
}

export type AppDialog =
  | { readonly kind: 'help'; readonly section: 'shortcuts' | 'privacy' }
  | { readonly kind: 'film' }
  | { readonly kind: 'settings' }
  | { readonly kind: 'pictures' }
  | { readonly kind: 'question'; readonly question: Question; readonly answer: (choice: string | null) => void }
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

/** Resolves to the choice, or to `null` when the question was closed. A dialog that was open comes back. */
export function ask(ui: AppUiStore, question: Question): Promise<string | null> {
  const { dialog } = ui.getState()
  return new Promise((resolve) => {
    const answer = (choice: string | null): void => {
      ui.setState({ dialog })
      resolve(choice)
    }
    ui.setState({ dialog: { kind: 'question', question, answer } })
  })
}
