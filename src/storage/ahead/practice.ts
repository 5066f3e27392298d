/** A record of a drawing that nobody made, for practice: as long as those of a page's first strokes. */

import { DOCUMENT_VERSION, type Stroke } from '../../editor/document'
import type { AheadRecord } from './aheadRecord'

const STROKES = 4
const POINTS = 40

export function practiceRecord(at: number): AheadRecord {
  const strokes = Array.from({ length: STROKES }, (_, i) => practiceStroke(`practice-${i}`))
  return { sketchId: 'practice', at, follows: [null], order: strokes.map(({ id }) => id), strokes, version: DOCUMENT_VERSION }
}

function practiceStroke(id: string): Stroke {
  const points = Array.from({ length: POINTS }, (_, i) => [100.25 + 1.5 * i, 200.75 + 0.5 * i, 0.5]).flat()
  return { id, part: 'other', partIsChosen: false, widthPx: 2, usesPressure: true, points }
}
