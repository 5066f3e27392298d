/** Lines that know their part → strokes that a person can edit: a few points a line. */

import type { PartLine } from '../faces/parts'
import type { Stroke } from './document'
import { simplifyStroke } from './strokeShape'

/** The training sketches' line width (thesis, section 2.4). */
export const LINE_WIDTH_PX = 2

/** Their parts are known, so no automatic assignment changes them. */
export function strokesOfLines(lines: readonly PartLine[], newId: () => string): Stroke[] {
  return lines.map(({ part, points }) => ({
    id: newId(),
    part,
    partIsChosen: true,
    widthPx: LINE_WIDTH_PX,
    usesPressure: false,
    points: simplifyStroke(points),
  }))
}
