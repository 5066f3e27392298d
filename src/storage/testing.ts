/** What the tests of storage share: small documents, and a table of locks that stands for the browser's. */

import { DOCUMENT_VERSION, type SketchDocument, type Stroke } from '../editor/document'
import type { SketchLocks } from './types'

export function strokeOf(id: string, values: Partial<Stroke> = {}): Stroke {
  return { id, part: 'mouth', partIsChosen: false, widthPx: 2, usesPressure: true, points: [10.25, 20, 0.5, 30, 40.125, 0.75], ...values }
}

export function documentOf(id: string, strokeIds: readonly string[], name = 'A face'): SketchDocument {
  return { version: DOCUMENT_VERSION, id, name, tags: [], strokes: strokeIds.map((strokeId) => strokeOf(strokeId)) }
}

/** The document with one more stroke. */
export function withStroke(document: SketchDocument, id: string): SketchDocument {
  return { ...document, strokes: [...document.strokes, strokeOf(id)] }
}

/** Locks of several "tabs" of one browser. */
export function lockTable(): SketchLocks {
  const held = new Set<string>()
  return {
    acquire: async (id) => {
      if (held.has(id)) return null
      held.add(id)
      return () => held.delete(id)
    },
  }
}

let databases = 0

/** A database that no other test of this run uses. */
export const freshDatabaseName = (): string => `test-${++databases}-${Math.random().toString(36).slice(2)}`
