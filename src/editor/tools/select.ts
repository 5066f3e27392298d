/** Selecting: click, shift-click, marquee; and what a press on the selection or a handle begins. */

import { distanceToSegment } from '../../shared/polyline'
import { POINT_STRIDE, type Stroke } from '../document'
import { handleAt, handleCursor, isInBox, rectBetween } from '../selectionBox'
import { boundsMeet, nearestStroke, strokeBounds } from '../strokeGeometry'
import type { PointerInput, PreviewState, Rect } from '../types'
import { type Gesture, hitReachPx, isDrag, type Tool, type ToolContext } from './tool'
import { moveGesture, rotateGesture, scaleGesture } from './transformGestures'

/** Two presses on one stroke within this time, without a drag, take its whole part. */
const DOUBLE_MS = 400
/** The last press on a stroke, by editor. */
const pressed = new WeakMap<ToolContext, { readonly strokeId: string; readonly timeMs: number }>()

export const select: Tool = {
  id: 'select',

  begin(context, event) {
    const handle = handleAt(context.selectionBox, event)
    if (handle) return handle.id === 'rotate' ? rotateGesture(context, event) : scaleGesture(context, event, handle.id)
    const { selection } = context.session
    const hit = nearestStroke(context.document.strokes, event.x, event.y, hitReachPx(event))
    if (hit) return isSecondPress(context, event, hit) ? pressOnPart(context, event, hit) : pressOnStroke(context, event, hit)
    if (selection.length > 0 && !event.shiftKey && isInBox(context.selectionBox, event.x, event.y)) {
      return moveGesture(context, event, () => context.select([]))
    }
    return marqueeGesture(context, event)
  },

  hover(context, event) {
    const handle = handleAt(context.selectionBox, event)
    const hit = handle ? null : nearestStroke(context.document.strokes, event.x, event.y, hitReachPx(event))
    context.show({ hoveredStrokeId: hit?.id ?? null, cursor: hoverCursor(context, event, handle, hit) })
  },
}

function hoverCursor(
  context: ToolContext,
  event: PointerInput,
  handle: ReturnType<typeof handleAt>,
  hit: Stroke | null,
): PreviewState['cursor'] {
  if (handle) return handleCursor(handle.id)
  const onSelection = hit ? context.session.selection.includes(hit.id) : isInBox(context.selectionBox, event.x, event.y)
  if (onSelection) return 'move'
  return hit ? 'grab' : 'default'
}

function isSecondPress(context: ToolContext, { timeMs, shiftKey }: PointerInput, { id }: Stroke): boolean {
  const last = pressed.get(context)
  const isSecond = last?.strokeId === id && timeMs - last.timeMs <= DOUBLE_MS && !shiftKey
  if (isSecond) pressed.delete(context)
  else pressed.set(context, { strokeId: id, timeMs })
  return isSecond
}

/** Every stroke of the same part, to be moved at once. */
function pressOnPart(context: ToolContext, event: PointerInput, hit: Stroke): Gesture {
  context.select(context.document.strokes.filter(({ part }) => part === hit.part).map(({ id }) => id))
  return moveGesture(context, event, () => {})
}

function pressOnStroke(context: ToolContext, event: PointerInput, hit: Stroke): Gesture {
  const { selection } = context.session
  if (selection.includes(hit.id)) {
    const rest = selection.filter((id) => id !== hit.id)
    return moveGesture(context, event, () => context.select(event.shiftKey ? rest : [hit.id]))
  }
  context.select(event.shiftKey ? [...selection, hit.id] : [hit.id])
  return moveGesture(context, event, () => {})
}

/** Strokes that the rectangle touches are selected at the end; with shift they are added. A click empties the selection. */
function marqueeGesture(context: ToolContext, from: PointerInput): Gesture {
  const before = from.shiftKey ? context.session.selection : []
  let rect: Rect | null = null
  const move = (events: readonly PointerInput[]): void => {
    const to = events.at(-1)
    if (!to || (!rect && !isDrag(from, to))) return
    rect = rectBetween(from.x, from.y, to.x, to.y)
    context.show({ marquee: rect, cursor: 'crosshair' })
  }
  return {
    move,
    end(event) {
      move([event])
      const touched = rect ? strokesTouching(context.document.strokes, rect) : []
      context.select([...new Set([...before, ...touched.map((stroke) => stroke.id)])])
    },
  }
}

function strokesTouching(strokes: readonly Stroke[], rect: Rect): Stroke[] {
  const box = { left: rect.x, top: rect.y, right: rect.x + rect.width, bottom: rect.y + rect.height }
  return strokes.filter((stroke) => {
    if (!boundsMeet(strokeBounds(stroke), box, 0)) return false
    const { points } = stroke
    for (let i = 0; i === 0 || i + POINT_STRIDE < points.length; i += POINT_STRIDE) {
      const [ax = 0, ay = 0] = [points[i], points[i + 1]]
      const [bx = ax, by = ay] = [points[i + POINT_STRIDE], points[i + POINT_STRIDE + 1]]
      if (segmentMeetsRect(ax, ay, bx, by, rect)) return true
    }
    return false
  })
}

/** Liang and Barsky 1984: clips the segment to the rectangle and asks whether anything is left. */
function segmentMeetsRect(ax: number, ay: number, bx: number, by: number, rect: Rect): boolean {
  if (rect.width === 0 && rect.height === 0) return distanceToSegment(rect.x, rect.y, ax, ay, bx, by) === 0
  let enter = 0
  let leave = 1
  const sides = [
    [ax - bx, ax - rect.x],
    [bx - ax, rect.x + rect.width - ax],
    [ay - by, ay - rect.y],
    [by - ay, rect.y + rect.height - ay],
  ] as const
  for (const [rate, room] of sides) {
    if (rate === 0 && room < 0) return false
    if (rate < 0) enter = Math.max(enter, room / rate)
    if (rate > 0) leave = Math.min(leave, room / rate)
  }
  return enter <= leave
}
