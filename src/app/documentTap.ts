/** The first to hear of a committed document: it is on its way to the disk before anything else is made of it. */

import type { SketchDocument } from '../editor/document'
import type { Editor } from '../editor/types'

export interface DocumentTap {
  /** One listener, told in the task of the commit. */
  listen(listener: (document: SketchDocument) => void): void
  close(): void
}

/** To be opened before anyone else subscribes: stores tell their listeners in order. */
export function tapDocuments({ documentStore }: Editor): DocumentTap {
  let tell: (document: SketchDocument) => void = () => undefined
  const close = documentStore.subscribe((now, before) => {
    if (now.document !== before.document) tell(now.document)
  })
  return {
    listen: (listener) => {
      tell = listener
    },
    close,
  }
}
