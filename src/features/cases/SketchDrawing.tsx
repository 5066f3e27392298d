/** A drawing of a case, black on white whatever the theme: round pens of each stroke's width. */

import type { SketchDocument } from '../../editor/document'
import { POINT_STRIDE } from '../../editor/document'
import { SKETCH_SIZE_PX } from '../../shared/units'

export function SketchDrawing({ document, label }: { document: Pick<SketchDocument, 'strokes'>; label: string }) {
  return (
    <svg className="case-sketch" viewBox={`0 0 ${SKETCH_SIZE_PX} ${SKETCH_SIZE_PX}`} role="img" aria-label={label}>
      {document.strokes.map(({ id, points, widthPx }) => (
        <path key={id} d={pathOf(points)} fill="none" stroke="#000" strokeWidth={widthPx} strokeLinecap="round" strokeLinejoin="round" />
      ))}
    </svg>
  )
}

/** A single point is a line of no length, which round caps make a dot. */
function pathOf(points: readonly number[]): string {
  let path = ''
  for (let i = 0; i + 1 < points.length; i += POINT_STRIDE) path += `${i === 0 ? 'M' : 'L'}${tenth(points[i])} ${tenth(points[i + 1])}`
  return points.length <= POINT_STRIDE ? `${path}h0` : path
}

const tenth = (value = 0): number => Math.round(10 * value) / 10
