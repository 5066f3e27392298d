/** Groups that are made here: of drawings that lie together in the plane, and of one face whose one part is dragged. */

import { assignParts } from '../../faces/partAssignment'
import { PARTS, type Part } from '../../faces/parts'
import type { Drawing, Line } from '../../lab/drawingSet'
import { withPressure } from '../../lab/edit'
import { nearestOnPolyline, polylineLength, resample } from '../../shared/polyline'
import { drawingsOf, whereIs } from './groups'
import type { LabGroup, LabState } from './roomTypes'

/** Drawings of a group made by dragging, the face as it was the first of them. */
export const DRAGGED = 18
/** In sketch pixels: less is no drag, but a hand that shook. */
export const LEAST_DRAG_PX = 6
/** How near a part's line must be to be taken hold of. */
const REACH_PX = 24

type Groups = readonly LabGroup[]

/** The part of each line of a drawing. */
export function partsOf(drawing: Drawing): Part[] {
  return assignParts(drawing.map((line) => ({ points: withPressure(line) })))
}

/** Those that are there, in the order of the face; lines of no part cannot be dragged as one. */
export function draggableParts(drawing: Drawing): Part[] {
  const found = new Set(partsOf(drawing))
  return PARTS.filter((part) => part !== 'other' && found.has(part))
}

/** The part whose line is nearest to a place, if one is near. */
export function partAt(drawing: Drawing, x: number, y: number): Part | null {
  const parts = partsOf(drawing)
  let nearest: Part | null = null
  let least = REACH_PX
  for (const [i, line] of drawing.entries()) {
    const { distance } = nearestOnPolyline(line, 2, x, y)
    const part = parts[i]
    if (part && part !== 'other' && distance < least) [nearest, least] = [part, distance]
  }
  return nearest
}

/** A drawing with one part moved; its other lines are the same objects. */
export function withPartMoved(drawing: Drawing, part: Part, [dx, dy]: readonly [number, number]): Drawing {
  const parts = partsOf(drawing)
  const moved = (line: Line): Line => line.map((value, i) => value + (i % 2 === 0 ? dx : dy))
  return drawing.map((line, i) => (parts[i] === part ? moved(line) : line))
}

/** @param way of the drag, flat dx, dy from where the part was; too short a way makes no group */
export function draggedGroup(state: Pick<LabState, 'groups' | 'chosen'>, part: Part, way: readonly number[]): LabGroup | null {
  const { group, number } = whereIs(state.groups, state.chosen)
  const from = state.groups[group]
  const drawing = from?.drawings[number]
  const px = polylineLength(way, 2)
  if (!from || !drawing || px < LEAST_DRAG_PX) return null
  const offsets = resample(way, 2, px / (DRAGGED - 1))
  const drawings = Array.from({ length: offsets.length / 2 }, (_, i) =>
    i === 0 ? drawing : withPartMoved(drawing, part, [offsets[2 * i] as number, offsets[2 * i + 1] as number]),
  )
  return { id: freeId('dragged', state.groups), drawings, made: { kind: 'dragged', part, number: made('dragged', state.groups) + 1 } }
}

/** @param drawings places in the whole list */
export function lassoGroup({ groups }: Pick<LabState, 'groups'>, drawings: readonly number[]): LabGroup | null {
  const all = drawingsOf(groups)
  const caught = [...new Set(all.filter((_, place) => drawings.includes(place)))]
  if (caught.length === 0) return null
  return { id: freeId('lasso', groups), drawings: caught, made: { kind: 'lasso', number: made('lasso', groups) + 1 } }
}

/** The drawing on show, put into the newest group of caught ones, or into a new one. */
export function withPicked(state: Pick<LabState, 'groups' | 'chosen'>): Groups {
  const newest = state.groups.findLast(({ made }) => made?.kind === 'lasso')
  const drawing = drawingsOf(state.groups)[state.chosen]
  if (!newest || !drawing) {
    const group = lassoGroup(state, [state.chosen])
    return group ? [...state.groups, group] : state.groups
  }
  if (newest.drawings.includes(drawing)) return state.groups
  return state.groups.map((group) => (group === newest ? { ...group, drawings: [...group.drawings, drawing] } : group))
}

function made(kind: 'lasso' | 'dragged', groups: Groups): number {
  return groups.reduce((most, group) => (group.made?.kind === kind ? Math.max(most, group.made.number) : most), 0)
}

const freeId = (kind: 'lasso' | 'dragged', groups: Groups): string => `${kind}${made(kind, groups) + 1}`
