/** Errors that cross boundaries (worker, storage, import): a code for programs and a sentence that tells a person what to do next. */

export type ErrorCode =
  | 'out-of-memory'
  | 'device-lost'
  | 'worker-crashed'
  | 'self-test-failed'
  | 'no-backend'
  | 'model-not-found'
  | 'model-broken'
  | 'bad-image'
  | 'bad-svg'
  | 'bad-project'
  | 'file-too-large'
  | 'unknown-file-type'
  | 'too-many-points'
  | 'storage-full'
  | 'storage-unavailable'
  | 'training-diverged'
  | 'bad-request'
  | 'internal'

/** The form in which an error crosses `postMessage`. */
export interface ErrorReport {
  code: ErrorCode
  message: string
}

export class StudioError extends Error {
  readonly code: ErrorCode
  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'StudioError'
    this.code = code
  }
}

/** Any thrown value as a report that can be shown; an unknown error keeps its text and gets the code `internal`. */
export function toErrorReport(error: unknown): ErrorReport {
  if (error instanceof StudioError) return { code: error.code, message: error.message }
  return { code: 'internal', message: error instanceof Error ? error.message : String(error) }
}
