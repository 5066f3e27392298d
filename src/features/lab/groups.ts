/** Where a drawing of the whole list stands. */

import type { Drawing } from '../../lab/drawingSet'
import type { LabState } from './roomTypes'

/** The whole list. */
export const drawingsOf = (groups: LabState['groups']): Drawing[] => groups.flatMap(({ drawings }) => drawings)

/** Places of the drawings whose group takes part. */
export function takingPart({ groups, left }: Pick<LabState, 'groups' | 'left'>): number[] {
  return groups.flatMap(({ id, drawings }, group) => {
    const first = groups.slice(0, group).reduce((sum, before) => sum + before.drawings.length, 0)
    return left.has(id) ? [] : drawings.map((_, i) => first + i)
  })
}

/** Group of a drawing and its number there, from its place in the whole list. */
export function whereIs(groups: LabState['groups'], drawing: number): { readonly group: number; readonly number: number } {
  let rest = drawing
  for (const [group, { drawings }] of groups.entries()) {
    if (rest < drawings.length) return { group, number: rest }
    rest -= drawings.length
  }
  return { group: 0, number: 0 }
}
