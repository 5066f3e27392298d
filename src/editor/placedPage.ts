/** A page with its drawing brought to its place (`faces/placement`): what the generator, edit regions and stand-ins work with. The page itself is never changed. */

import { isIdentity } from '../faces/placement'
import { applyToFlat, type Similarity } from '../faces/similarity'
import { POINT_STRIDE, type SketchDocument, type Stroke } from './document'

const placedByPlacement = new WeakMap<Similarity, WeakMap<Stroke, Stroke>>()

/**
 * Strokes in their place, with the width that they were drawn with: the generator has learnt from lines of one width. The same stroke and placement give the
 * same object every time, so that what is unchanged can be told by identity.
 */
export function placedStrokes(strokes: readonly Stroke[], placement: Similarity): readonly Stroke[] {
  if (isIdentity(placement)) return strokes
  const known = placedByPlacement.get(placement) ?? new WeakMap<Stroke, Stroke>()
  placedByPlacement.set(placement, known)
  return strokes.map((stroke) => {
    const placed = known.get(stroke) ?? { ...stroke, points: applyToFlat(placement, stroke.points, POINT_STRIDE) }
    known.set(stroke, placed)
    return placed
  })
}

export function placedPage(document: SketchDocument, placement: Similarity): SketchDocument {
  return isIdentity(placement) ? document : { ...document, strokes: placedStrokes(document.strokes, placement) }
}
