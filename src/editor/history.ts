/**
 * Undo and redo over immutable documents. An entry keeps the whole document of before (or after); documents share their strokes, so an entry
 * costs one array of references, and neither tools nor commands ever write an inverse.
 */

import type { SketchDocument } from './document'

/** What a history entry did; the interface has a sentence for each. */
export const EDIT_KINDS = [
  'draw',
  'erase',
  'move',
  'scale',
  'rotate',
  'reshape',
  'delete',
  'duplicate',
  'setPart',
  'setStandIns',
  'setPlacing',
  'setWidth',
  'flip',
  'setPressure',
  'clear',
  'meanFace',
  'insert',
  'place',
  'trace',
  'rename',
  'setTags',
  'wholeFace',
  'randomFace',
] as const
export type EditKind = (typeof EDIT_KINDS)[number]

interface HistoryEntry {
  readonly kind: EditKind
  /** In the past: the document before the edit. In the future: the document after it. */
  readonly document: SketchDocument
}

/** A history as its documents in the order of the edits, for whoever keeps it or plays it back. */
export interface Timeline {
  /** Never empty. */
  readonly documents: readonly SketchDocument[]
  /** Of the edit from each document to the next: one fewer than documents. */
  readonly kinds: readonly EditKind[]
  /** Which of the documents is on the page; what lies after it can be done again. */
  readonly position: number
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
  /** The newest `mostSteps` edits that were done, and as many that can be done again. */
  timeline(mostSteps: number): Timeline
}

/** @param kept the history that the document had before; one that does not lead to this very document is left out */
export function createHistory(initial: SketchDocument, kept: Timeline | null = null): History {
  let document = initial
  const { past, future } = kept?.documents[kept.position] === initial ? entriesOf(kept) : { past: [], future: [] }

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
    timeline(mostSteps) {
      const done = past.slice(-mostSteps)
      const undone = future.slice(-mostSteps).reverse()
      return {
        documents: [...done.map((entry) => entry.document), document, ...undone.map((entry) => entry.document)],
        kinds: [...done, ...undone].map(({ kind }) => kind),
        position: done.length,
      }
    },
  }
}

/** The two stacks, the nearest edit on top of each. */
function entriesOf({ documents, kinds, position }: Timeline): { past: HistoryEntry[]; future: HistoryEntry[] } {
  const entries = (from: readonly SketchDocument[], of: readonly EditKind[]): HistoryEntry[] =>
    of.flatMap((kind, i) => {
      const document = from[i]
      return document ? [{ kind, document }] : []
    })
  return {
    past: entries(documents.slice(0, position), kinds.slice(0, position)),
    future: entries(documents.slice(position + 1), kinds.slice(position)).reverse(),
  }
}
