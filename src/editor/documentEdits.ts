/** Pure edits of a sketch document: the result shares every stroke that did not change, and is the same object when nothing did. */

import type { SketchDocument, Stroke } from './document'

/** Puts other strokes on the page. */
export function withStrokes(document: SketchDocument, strokes: readonly Stroke[]): SketchDocument {
  const same = strokes.length === document.strokes.length && strokes.every((stroke, i) => stroke === document.strokes[i])
  return same ? document : { ...document, strokes }
}

/** Puts, for each id in the map, its strokes in that stroke's place (none deletes it). */
export function replaceStrokes(document: SketchDocument, replacements: ReadonlyMap<string, readonly Stroke[]>): SketchDocument {
  if (replacements.size === 0) return document
  return withStrokes(
    document,
    document.strokes.flatMap((stroke) => replacements.get(stroke.id) ?? [stroke]),
  )
}

/** Changes the strokes with these ids, one by one. */
export function mapStrokes(document: SketchDocument, ids: ReadonlySet<string>, change: (stroke: Stroke) => Stroke): SketchDocument {
  return withStrokes(
    document,
    document.strokes.map((stroke) => (ids.has(stroke.id) ? change(stroke) : stroke)),
  )
}

/** Strokes that are on one page only: a changed stroke comes as its old and its new self. */
export function differingStrokes(before: SketchDocument, after: SketchDocument): Stroke[] {
  const old = new Set(before.strokes)
  const now = new Set(after.strokes)
  return [...before.strokes.filter((stroke) => !now.has(stroke)), ...after.strokes.filter((stroke) => !old.has(stroke))]
}
