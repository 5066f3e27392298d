/** An edit: one drawing and another that it has become; what of it can be told from the two, and from a map of what it moves. */

import type { PartLine } from '../faces/parts'
import type { Drawing, Line } from './drawingSet'

export interface Edit {
  readonly before: Drawing
  readonly after: Drawing
}

const PRESSURE = 0.5

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

/** Of all places of a map of change, those where at least one bit is another. */
export function movedShare(change: ArrayLike<number>): number {
  let moved = 0
  for (let i = 0; i < change.length; i++) if ((change[i] as number) > 0) moved++
  return change.length > 0 ? moved / change.length : 0
}
