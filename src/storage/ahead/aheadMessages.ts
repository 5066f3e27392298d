/** What page and worker of the write-ahead log say to each other. */

import type { PackedRecord } from './aheadRecord'

export type AheadRequest =
  | { readonly kind: 'open'; readonly folder: string }
  | { readonly kind: 'put'; readonly record: PackedRecord }
  | { readonly kind: 'drop'; readonly sketchId: string }
  | { readonly kind: 'recover' }
  /** What `recover` gave is in the database. */
  | { readonly kind: 'forget' }

export interface AheadCall {
  readonly call: number
  readonly request: AheadRequest
}

/** `texts`: what pages that are gone have left (for `recover`). */
export interface AheadAnswer {
  readonly call: number
  readonly isDone: boolean
  readonly texts: readonly string[]
}
