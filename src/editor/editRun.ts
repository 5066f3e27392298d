/** Which parts of the face a change touches, and the unbroken runs of changes to the same parts that "Hold the rest" works on. */

import type { Part } from '../faces/parts'
import type { SketchDocument, Stroke } from './document'
import { differingLeftOut, differingStrokes } from './documentEdits'
import type { EditKind, EditRun } from './types'

/** Edits of the page rather than of a part. */
const WHOLE_PAGE_KINDS: ReadonlySet<EditKind> = new Set(['clear', 'meanFace', 'insert', 'wholeFace', 'randomFace'])

export interface Change {
  /** Most touched first. */
  readonly parts: readonly Part[]
  readonly strokeIds: readonly string[]
}

export function describeChange(before: SketchDocument, after: SketchDocument): Change {
  const strokes = differingStrokes(before, after)
  const parts = new Set([...partsByInk(strokes), ...differingLeftOut(before, after)])
  return { parts: [...parts], strokeIds: [...new Set(strokes.map((stroke) => stroke.id))] }
}

function partsByInk(strokes: readonly Stroke[]): Part[] {
  const weights = new Map<Part, number>()
  for (const { part, points } of strokes) weights.set(part, (weights.get(part) ?? 0) + points.length)
  return [...weights].sort((a, b) => b[1] - a[1]).map(([part]) => part)
}

/**
 * The run after a change: the old one goes on when the change stays within its parts (or touches no stroke), else a new one begins.
 * @param revision of `before`
 */
export function continueRun(run: EditRun | null, kind: EditKind, change: Change, before: SketchDocument, revision: number): EditRun | null {
  if (WHOLE_PAGE_KINDS.has(kind)) return null
  if (change.parts.length === 0) return run
  if (run && change.parts.every((part) => run.parts.includes(part))) return run
  return { parts: change.parts, base: before, baseRevision: revision }
}
