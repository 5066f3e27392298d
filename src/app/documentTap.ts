/** The first to hear of the strokes under the pen and of a committed document: they are on their way to the disk before anything else is made of them. */

import type { SketchDocument, Stroke } from '../editor/document'
import type { Editor } from '../editor/types'

export interface DrawingListener {
  /** In the task of the commit. */
  onDocument(document: SketchDocument): void
  /** As `Editor.watchPen` tells it. */
  onUnderPen(strokes: readonly Stroke[]): void
}

export interface DocumentTap {
  /** One listener. */
  listen(listener: DrawingListener): void
  close(): void
}

/** To be opened before anyone else subscribes: stores tell their listeners in order. */
export function tapDocuments({ documentStore, watchPen }: Editor): DocumentTap {
  let listener: DrawingListener | null = null
  const stopWatching = watchPen((strokes) => listener?.onUnderPen(strokes))
  const unsubscribe = documentStore.subscribe((now, before) => {
    if (now.document !== before.document) listener?.onDocument(now.document)
  })
  return {
    listen: (next) => {
      listener = next
    },
    close: () => {
      stopWatching()
      unsubscribe()
    },
  }
}
