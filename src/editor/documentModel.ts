/** The durable half of the editor: the document store and the history behind it. Everything that changes the document comes through here. */

import { createStore } from 'zustand/vanilla'
import type { SketchDocument } from './document'
import { continueRun, describeChange } from './editRun'
import { createHistory, type History, type Timeline } from './history'
import type { DocumentState, EditKind, Editor } from './types'

export interface DocumentModel {
  readonly store: Editor['documentStore']
  readonly document: SketchDocument
  /** One history entry; false when nothing changed. */
  commit(kind: EditKind, next: SketchDocument): boolean
  undo(): boolean
  redo(): boolean
  /** @param kept its history, of which it must be the document on the page */
  load(document: SketchDocument, kept?: Timeline | null): void
  timeline(mostSteps: number): Timeline
}

export function createDocumentModel(initial: SketchDocument): DocumentModel {
  let history = createHistory(initial)
  const store = createStore<DocumentState>(() => freshState(initial, 0))

  /** Publishes what `history` has just done. */
  function publish(kind: EditKind): void {
    store.setState((state) => {
      const { document } = history
      const change = describeChange(state.document, document)
      return {
        document,
        revision: state.revision + 1,
        ...historyState(history),
        lastEditedParts: change.parts,
        lastEditedStrokeIds: change.strokeIds,
        editRun: continueRun(state.editRun, kind, change, state.document, state.revision),
      }
    })
  }

  function step(kind: EditKind | null): boolean {
    if (kind) publish(kind)
    return kind !== null
  }

  return {
    store,
    get document() {
      return history.document
    },
    commit(kind, next) {
      const changed = history.commit(kind, next)
      if (changed) publish(kind)
      return changed
    },
    undo: () => step(history.undo()),
    redo: () => step(history.redo()),
    load(document, kept = null) {
      history = createHistory(document, kept)
      store.setState((state) => ({ ...freshState(document, state.revision + 1), ...historyState(history) }))
    },
    timeline: (mostSteps) => history.timeline(mostSteps),
  }
}

function freshState(document: SketchDocument, revision: number): DocumentState {
  const history = { undoKind: null, redoKind: null, canUndo: false, canRedo: false }
  return { document, revision, ...history, lastEditedParts: [], lastEditedStrokeIds: [], editRun: null }
}

function historyState({ undoKind, redoKind }: History): Pick<DocumentState, 'canUndo' | 'canRedo' | 'undoKind' | 'redoKind'> {
  return { canUndo: undoKind !== null, canRedo: redoKind !== null, undoKind, redoKind }
}
