/**
 * The write-ahead log as the page uses it: what the database has not confirmed is kept from the pen-up on, whatever the database and the main thread are busy with.
 */

import type { AheadRecord } from './aheadRecord'

export interface AheadLog {
  /** Sent at once. Resolves to whether the record would survive a kill of the browser. */
  put(record: AheadRecord): Promise<boolean>
  /** The database has it all. */
  drop(sketchId: string): void
  /** What pages that are gone have left; `forget` it when it is in the database. */
  recover(): Promise<readonly AheadRecord[]>
  forget(): Promise<void>
  close(): void
}

export const NO_AHEAD_LOG: AheadLog = {
  put: async () => false,
  drop: () => undefined,
  recover: async () => [],
  forget: async () => undefined,
  close: () => undefined,
}
