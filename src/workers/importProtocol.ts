/** Every message between the page and the import worker: files in, drawings out. A picture stays in the worker, to be traced again with other settings. */

import type { ErrorReport } from '../shared/errors'
import type { ImportedDocument, ImportResult, RgbaImage, TraceSettings } from '../storage/exchange/types'

/** How far an import has come, for whoever waits. */
export type ImportStage = 'reading' | 'tracing'

/** A failure keeps its code on the way. */
export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: ErrorReport }

export interface ImportWorkerApi {
  /** Anything that can be imported; a picture comes back traced with the usual settings. */
  open(file: Blob, name: string, onStage: (stage: ImportStage) => void): Promise<Answer<ImportResult>>
  /** The picture that was opened, traced anew. */
  trace(settings: TraceSettings): Promise<Answer<ImportedDocument>>
  /** The picture that was opened, no larger than asked for, with its pixels transferred; `null` when none was. */
  preview(sidePx: number): Promise<RgbaImage | null>
}
