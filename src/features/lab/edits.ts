/** The edit in hand, and what of it can be told from the two drawings alone. */

import type { Drawing, Line } from '../../lab/drawingSet'
import { whereIs } from './groups'
import type { Edit, LabState } from './roomTypes'

/** The drawing on show against the first of its group; `null` while there is no drawing. */
export function editInHand({ groups, chosen }: Pick<LabState, 'groups' | 'chosen'>): Edit | null {
  const { group, number } = whereIs(groups, chosen)
  const before = groups[group]?.drawings[0]
  const after = groups[group]?.drawings[number]
  return before && after ? { before, after } : null
}

/** Lines of one drawing that the other has not. */
export function linesBeyond(drawing: Drawing, other: Drawing): Line[] {
  const known = new Set(other.map((line) => line.join()))
  return drawing.filter((line) => !known.has(line.join()))
}

/** Whether both drawings have the same lines. */
export function isUnedited({ before, after }: Edit): boolean {
  return linesBeyond(before, after).length === 0 && linesBeyond(after, before).length === 0
}
