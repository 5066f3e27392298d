/** Pure edits of a sketch document: the result shares every stroke that did not change, and is the same object when nothing did. */

import { reviewParts } from '../faces/partAssignment'
import { MEAN_FACE_PARTS, type MeanFacePart, type Part } from '../faces/parts'
import type { SketchDocument, Stroke } from './document'

/** Puts other strokes on the page. */
export function withStrokes(document: SketchDocument, strokes: readonly Stroke[]): SketchDocument {
  const same = strokes.length === document.strokes.length && strokes.every((stroke, i) => stroke === document.strokes[i])
  return same ? document : { ...document, strokes }
}

/** Leaves these parts of the mean face out, in the order of a face. */
export function withLeftOut(document: SketchDocument, parts: readonly MeanFacePart[]): SketchDocument {
  const leftOut = MEAN_FACE_PARTS.filter((part) => parts.includes(part))
  if (leftOut.join() === (document.leftOut ?? []).join()) return document
  const { leftOut: _, ...rest } = document
  return leftOut.length > 0 ? { ...rest, leftOut } : rest
}

/** Takes the drawing where it lies, or in the mean face's place. */
export function withPlacing(document: SketchDocument, places: boolean): SketchDocument {
  if (places === !document.unplaced) return document
  const { unplaced: _, ...rest } = document
  return places ? rest : { ...rest, unplaced: true }
}

/** Once more, which part the newest strokes belong to, now that there is more to tell it by; what a person has chosen stays. */
export function knownParts(strokes: readonly Stroke[]): Stroke[] {
  return reviewParts(strokes, (stroke) => !stroke.partIsChosen)
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
export function differingStrokes(before: Pick<SketchDocument, 'strokes'>, after: Pick<SketchDocument, 'strokes'>): Stroke[] {
  const shorter = Math.min(before.strokes.length, after.strokes.length)
  let same = 0
  while (same < shorter && before.strokes[same] === after.strokes[same]) same++
  const [old, now] = [before.strokes.slice(same), after.strokes.slice(same)]
  const [wasThere, isThere] = [new Set(old), new Set(now)]
  return [...old.filter((stroke) => !isThere.has(stroke)), ...now.filter((stroke) => !wasThere.has(stroke))]
}

/** Parts whose stand-ins are left out on one page only. */
export function differingLeftOut(before: SketchDocument, after: SketchDocument): Part[] {
  const [old, now] = [before.leftOut ?? [], after.leftOut ?? []]
  return [...old.filter((part) => !now.includes(part)), ...now.filter((part) => !old.includes(part))]
}

/** Whether two pages make the same ink, whatever their names and tags. */
export function sameInk(a: SketchDocument, b: SketchDocument): boolean {
  return a.strokes === b.strokes && a.unplaced === b.unplaced && differingLeftOut(a, b).length === 0
}
