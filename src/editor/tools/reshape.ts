/**
 * Reshaping: a stroke is grabbed at a point and bent, its neighbourhood following with a soft falloff along the line. Strokes of the same part
 * that were joined to it at an end stay joined (an upper and a lower lid), unless alt is held.
 */

import { nearestOnPolyline, polylineLength } from '../../shared/polyline'
import { POINT_STRIDE, type Stroke } from '../document'
import { mapStrokes } from '../documentEdits'
import { nearestStroke } from '../strokeGeometry'
import { simplifyStroke } from '../strokeShape'
import type { PointerInput } from '../types'
import { type Gesture, hitReachPx, isDrag, type Tool, type ToolContext } from './tool'

/** Spacing of the points that bend. */
const BEND_SPACING_PX = 3
/** Ends closer than this are joined. */
const JOIN_PX = 4

export const reshape: Tool = {
  id: 'reshape',
  begin(context, event) {
    const hit = strokeUnder(context, event)
    return hit ? bendGesture(context, event, hit) : { move: () => {}, end: () => context.select([]) }
  },
  hover(context, event) {
    const hit = strokeUnder(context, event)
    const circle = hit ? { x: event.x, y: event.y, radiusPx: context.session.reshapeRadiusPx } : null
    context.show({ hoveredStrokeId: hit?.id ?? null, reshape: circle, cursor: hit ? 'grab' : 'default' })
  },
}

/** A selected stroke first, else any. */
function strokeUnder({ document, session }: ToolContext, event: PointerInput): Stroke | null {
  const selected = document.strokes.filter((stroke) => session.selection.includes(stroke.id))
  const reach = hitReachPx(event)
  return nearestStroke(selected, event.x, event.y, reach) ?? nearestStroke(document.strokes, event.x, event.y, reach)
}

/** A stroke with points enough that it can bend, and how far each of its points follows the pointer. */
interface Bend {
  readonly stroke: Stroke
  readonly points: readonly number[]
  /** Points of the stroke itself, not put in so that it can bend. */
  readonly isOriginal: readonly boolean[]
  readonly weights: readonly number[]
}

function bendGesture(context: ToolContext, from: PointerInput, hit: Stroke): Gesture {
  const { document } = context
  const bends = bendsFor(document.strokes, hit, from, context.session.reshapeRadiusPx)
  const ids = new Set(bends.map((bend) => bend.stroke.id))
  const byId = new Map(bends.map((bend) => [bend.stroke.id, bend]))
  let last: PointerInput | null = null
  const move = (events: readonly PointerInput[]): void => {
    const event = events.at(-1)
    if (!event || (!last && !isDrag(from, event))) return
    last = event
    const replacements = bends.map((bend) => bent(bend, event.x - from.x, event.y - from.y))
    const circle = { x: event.x, y: event.y, radiusPx: context.session.reshapeRadiusPx }
    context.show({ hiddenStrokeIds: ids, replacements, reshape: circle, cursor: 'grabbing' })
  }
  return {
    move,
    end(event) {
      move([event])
      if (!last) return context.select([hit.id])
      const [dx, dy] = [last.x - from.x, last.y - from.y]
      const change = (stroke: Stroke): Stroke => {
        const bend = byId.get(stroke.id)
        return bend ? bent(bend, dx, dy) : stroke
      }
      context.commit('reshape', mapStrokes(document, ids, change))
    },
  }
}

function bendsFor(strokes: readonly Stroke[], hit: Stroke, from: PointerInput, radiusPx: number): Bend[] {
  const place = nearestOnPolyline(hit.points, POINT_STRIDE, from.x, from.y)
  const main = bendAround(hit, place.along, radiusPx, 1)
  if (from.altKey) return [main]
  const joined: Bend[] = []
  for (const isEnd of [false, true]) {
    const weight = main.weights.at(isEnd ? -1 : 0) ?? 0
    const [x = 0, y = 0] = isEnd ? hit.points.slice(-POINT_STRIDE) : hit.points
    if (weight <= 0) continue
    for (const stroke of strokes) {
      if (stroke === hit || stroke.part !== hit.part || joined.some((bend) => bend.stroke === stroke)) continue
      const length = polylineLength(stroke.points, POINT_STRIDE)
      const { distance, along } = nearestOnPolyline(stroke.points, POINT_STRIDE, x, y)
      const atEnd = along <= JOIN_PX ? 0 : along >= length - JOIN_PX ? length : null
      if (distance <= JOIN_PX && atEnd !== null) joined.push(bendAround(stroke, atEnd, radiusPx, weight))
    }
  }
  return [main, ...joined]
}

/** Weights fall from `most` at arc length `along` to 0 at `radiusPx` from it, by a raised cosine; round and round on a closed line. */
function bendAround(stroke: Stroke, along: number, radiusPx: number, most: number): Bend {
  const { points, alongs, isOriginal } = densify(stroke.points)
  const length = alongs.at(-1) ?? 0
  const [ax = 0, ay = 0] = points
  const [bx = 0, by = 0] = points.slice(-POINT_STRIDE)
  const isClosed = length > 4 * JOIN_PX && Math.hypot(bx - ax, by - ay) <= JOIN_PX
  const weights = alongs.map((at) => {
    const direct = Math.abs(at - along)
    const distance = isClosed ? Math.min(direct, length - direct) : direct
    return distance >= radiusPx ? 0 : (most * (1 + Math.cos((Math.PI * distance) / radiusPx))) / 2
  })
  return { stroke, points, isOriginal, weights }
}

/** All points of the line, more between them where they are far apart, and the arc length at each. */
function densify(line: readonly number[]): { points: number[]; alongs: number[]; isOriginal: boolean[] } {
  const points: number[] = []
  const alongs: number[] = []
  const isOriginal: boolean[] = []
  let passed = 0
  for (let i = 0; i < line.length; i += POINT_STRIDE) {
    const a = line.slice(i, i + POINT_STRIDE)
    const b = line.slice(i + POINT_STRIDE, i + 2 * POINT_STRIDE)
    const length = b.length > 0 ? polylineLength([...a, ...b], POINT_STRIDE) : 0
    const steps = Math.max(1, Math.ceil(length / BEND_SPACING_PX))
    for (let n = 0; n < (b.length > 0 ? steps : 1); n++) {
      points.push(...a.map((value, channel) => value + (n / steps) * ((b[channel] ?? value) - value)))
      alongs.push(passed + (n / steps) * length)
      isOriginal.push(n === 0)
    }
    passed += length
  }
  return { points, alongs, isOriginal }
}

/** The bent stroke. Where nothing bends it keeps exactly its points; where it does, no more than it needs. */
function bent({ stroke, points, isOriginal, weights }: Bend, dx: number, dy: number): Stroke {
  const out: number[] = []
  let bending: number[] = []
  for (const [i, weight] of weights.entries()) {
    const [x = 0, y = 0, pressure = 0.5] = points.slice(i * POINT_STRIDE, (i + 1) * POINT_STRIDE)
    if (weight > 0) bending.push(x + weight * dx, y + weight * dy, pressure)
    else {
      out.push(...simplifyStroke(bending))
      bending = []
      if (isOriginal[i]) out.push(x, y, pressure)
    }
  }
  return { ...stroke, points: [...out, ...simplifyStroke(bending)] }
}
