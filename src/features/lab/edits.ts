/** The edit in hand, and what of it can be told from the two drawings alone. */

import { shapeStroke } from '../../editor/strokeShape'
import type { PartLine } from '../../faces/parts'
import type { Drawing, Line } from '../../lab/drawingSet'
import { whereIs } from './groups'
import type { Edit, LabState } from './roomTypes'

const PRESSURE = 0.5
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

/** Lines of one drawing that the other has not. */
export function linesBeyond(drawing: Drawing, other: Drawing): Line[] {
  const known = new Set(other.map((line) => line.join()))
  return drawing.filter((line) => !known.has(line.join()))
}

/** Whether both drawings have the same lines. */
export function isUnedited({ before, after }: Edit): boolean {
  return linesBeyond(before, after).length === 0 && linesBeyond(after, before).length === 0
}

/** Both drawings as lines for the region of an edit: equal lines are one object. */
export function partLinesOf({ before, after }: Edit): [PartLine[], PartLine[]] {
  const known = new Map<string, PartLine>()
  const partLine = (line: Line): PartLine => {
    const key = line.join()
    const made = known.get(key) ?? { part: 'other', points: withPressure(line) }
    known.set(key, made)
    return made
  }
  return [before.map(partLine), after.map(partLine)]
}

/** A line as the editor's own have it: flat x, y, pressure. */
export function withPressure(line: Line): number[] {
  const points: number[] = []
  for (let i = 0; i + 1 < line.length; i += 2) points.push(line[i] as number, line[i + 1] as number, PRESSURE)
  return points
}
