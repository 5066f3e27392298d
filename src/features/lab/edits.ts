/** The edit in hand, and how a line that is drawn becomes one. */

import { shapeStroke } from '../../editor/strokeShape'
import type { Line } from '../../lab/drawingSet'
import { type Edit, withPressure } from '../../lab/edit'
import { whereIs } from './groups'
import type { LabState } from './roomTypes'

/** Of lines drawn in the lab, as the studio's pen has it by default. */
const SMOOTHING = 0.4

/** The person's own one, else the drawing on show against the first of its group; `null` while there is no drawing. */
export function editInHand({ groups, chosen, ownEdit }: Pick<LabState, 'groups' | 'chosen' | 'ownEdit'>): Edit | null {
  if (ownEdit) return ownEdit
  const { group, number } = whereIs(groups, chosen)
  const before = groups[group]?.drawings[0]
  const after = groups[group]?.drawings[number]
  return before && after ? { before, after } : null
}

/** One more line on the drawing on show, or on what has been drawn on it already. */
export function withLine(state: Pick<LabState, 'groups' | 'chosen' | 'ownEdit'>, line: Line): Edit | null {
  const { group, number } = whereIs(state.groups, state.chosen)
  const before = state.ownEdit?.before ?? state.groups[group]?.drawings[number]
  return before ? { before, after: [...(state.ownEdit?.after ?? before), line] } : null
}

/** A pen's way over the paper as a line, shaped as the studio's pen shapes its own. @param way flat x, y in sketch pixels */
export function penLine(way: readonly number[]): Line {
  return shapeStroke(withPressure(way), SMOOTHING).filter((_, i) => i % 3 < 2)
}
