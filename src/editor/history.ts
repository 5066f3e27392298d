/**
 * Undo and redo over immutable documents. An entry keeps the whole document of before (or after); documents share their strokes, so an entry
 * costs one array of references, and neither tools nor commands ever write an inverse.
 */

import type { SketchDocument } from './document'
import type { EditKind } from './types'

interface HistoryEntry {
  readonly kind: EditKind
  /** In the past: the document before the edit. In the future: the document after it. */
  readonly document: SketchDocument
}

export interface History {
  readonly document: SketchDocument
  readonly undoKind: EditKind | null
  readonly redoKind: EditKind | null
  /** False, and no entry, when nothing changed. */
  commit(kind: EditKind, next: SketchDocument): boolean
  /** The kind of the edit taken back, `null` when there was none. */
  undo(): EditKind | null
  redo(): EditKind | null
}

export function createHistory(initial: SketchDocument): History {
  let document = initial
  const past: HistoryEntry[] = []
  const future: HistoryEntry[] = []

  /** Moves the newest entry of one stack to the other, with the document of now. */
  function step(from: HistoryEntry[], to: HistoryEntry[]): EditKind | null {
    const entry = from.pop()
    if (!entry) return null
    to.push({ kind: entry.kind, document })
    document = entry.document
    return entry.kind
  }

  return {
    get document() {
      return document
    },
    get undoKind() {
      return past.at(-1)?.kind ?? null
    },
    get redoKind() {
      return future.at(-1)?.kind ?? null
    },
    commit(kind, next) {
      if (next === document) return false
      past.push({ kind, document })
      future.length = 0
      document = next
      return true
    },
    undo: () => step(past, future),
    redo: () => step(future, past),
  }
}
