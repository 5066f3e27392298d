/** What a broken or hostile file is, to those that make it and those that import it. */

import type { ErrorCode } from '../../src/shared/errors'

export interface HostileFile {
  readonly name: string
  readonly mime: string
  /** What it tries. */
  readonly why: string
  readonly code: ErrorCode
  /** Words that the message must hold, so that it tells this case from the others. */
  readonly says: string
  /** Only on demand: some are large. */
  readonly bytes: () => Uint8Array<ArrayBuffer>
}

export const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)
