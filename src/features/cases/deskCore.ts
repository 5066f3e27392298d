/** The inside of the desk, as its parts see it. */

import type { StoreApi } from 'zustand/vanilla'
import { StudioError } from '../../shared/errors'
import type { OpenCase } from '../../storage/openCase'
import type { CasesPort, DeskState } from './deskTypes'

/** Its sentence is in the language of the interface already. */
export class Refusal extends StudioError {
  constructor(sentence: string) {
    super('bad-request', sentence)
  }
}

/** What the parts of the desk share. */
export interface DeskCore {
  readonly port: CasesPort
  readonly store: StoreApi<DeskState>
  readonly current: () => OpenCase
  readonly report: (error: unknown) => void
  /** Shows that something is under way, and tells what goes wrong. Resolves to `null` then. */
  readonly working: <T>(work: () => Promise<T>) => Promise<T | null>
  /**
   * Appends to the log. Resolves to whether the entry is in it: one that the disk would not take is told of and tried again, and the case is not closed over it, so that nobody has to
   * enter it twice.
   */
  readonly entered: (append: () => Promise<unknown>) => Promise<boolean>
  readonly reload: () => Promise<void>
  readonly closeCase: () => Promise<void>
}
