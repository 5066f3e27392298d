/** The box round the selection with its handles, and what lies under a pointer there. */

import type { Stroke } from './document'
import { unionBounds } from './strokeGeometry'
import type { Handle, HandleId, PointerInput, Rect, SelectionBox } from './types'

/** In CSS pixels: between ink and box, from the box to the rotation handle, and the side below which edges have no handle of their own. */
const PADDING_SCREEN_PX = 6
const ROTATE_OFFSET_SCREEN_PX = 26
const LEAST_EDGE_SCREEN_PX = 40
const HANDLE_REACH_SCREEN_PX = { finger: 18, other: 9 }

/** @param pxPerScreenPx sketch pixels per CSS pixel */
export function boxAround(strokes: readonly Stroke[], pxPerScreenPx: number): SelectionBox | null {
  if (strokes.length === 0) return null
  const { left, top, right, bottom } = unionBounds(strokes)
  const padding = PADDING_SCREEN_PX * pxPerScreenPx + Math.max(...strokes.map((stroke) => stroke.widthPx)) / 2
  const box = {
    centreX: (left + right) / 2,
    centreY: (top + bottom) / 2,
    width: right - left + 2 * padding,
    height: bottom - top + 2 * padding,
    rotation: 0,
  }
  return { ...box, handles: handlesOf(box, pxPerScreenPx) }
}

function handlesOf(box: Omit<SelectionBox, 'handles'>, pxPerScreenPx: number): Handle[] {
  const { centreX: x, centreY: y } = box
  const w = box.width / 2
  const h = box.height / 2
  const leastEdge = LEAST_EDGE_SCREEN_PX * pxPerScreenPx
  const corners: Handle[] = [
    { id: 'nw', x: x - w, y: y - h },
    { id: 'ne', x: x + w, y: y - h },
    { id: 'se', x: x + w, y: y + h },
    { id: 'sw', x: x - w, y: y + h },
  ]
  const upright: Handle[] = [
    { id: 'n', x, y: y - h },
    { id: 's', x, y: y + h },
  ]
  const level: Handle[] = [
    { id: 'e', x: x + w, y },
    { id: 'w', x: x - w, y },
  ]
  const offset = ROTATE_OFFSET_SCREEN_PX * pxPerScreenPx
  const isAtTop = y - h - offset < 0
  const rotate: Handle = { id: 'rotate', x, y: isAtTop ? y + h + offset : y - h - offset }
  return [...corners, ...(box.width >= leastEdge ? upright : []), ...(box.height >= leastEdge ? level : []), rotate]
}

/** The handle under a pointer, the nearest of several. */
export function handleAt(box: SelectionBox | null, event: PointerInput): Handle | null {
  const reach = HANDLE_REACH_SCREEN_PX[event.pointerType === 'touch' ? 'finger' : 'other'] * event.pxPerScreenPx
  let best: Handle | null = null
  let least = reach
  for (const handle of box?.handles ?? []) {
    const distance = Math.hypot(handle.x - event.x, handle.y - event.y)
    if (distance <= least) {
      best = handle
      least = distance
    }
  }
  return best
}

export function isInBox(box: SelectionBox | null, x: number, y: number): boolean {
  return box !== null && Math.abs(x - box.centreX) <= box.width / 2 && Math.abs(y - box.centreY) <= box.height / 2
}

/** The box with these opposite corners. */
export function rectBetween(ax: number, ay: number, bx: number, by: number): Rect {
  return { x: Math.min(ax, bx), y: Math.min(ay, by), width: Math.abs(bx - ax), height: Math.abs(by - ay) }
}

/** Direction in which a handle pulls: -1, 0 or 1 a side. The rotation handle pulls nowhere. */
export function handleDirection(id: HandleId): { x: -1 | 0 | 1; y: -1 | 0 | 1 } {
  if (id === 'rotate') return { x: 0, y: 0 }
  return { x: id.includes('w') ? -1 : id.includes('e') ? 1 : 0, y: id.includes('n') ? -1 : id.includes('s') ? 1 : 0 }
}

export function handleCursor(id: HandleId): 'grab' | 'nwse-resize' | 'nesw-resize' | 'ns-resize' | 'ew-resize' {
  switch (id) {
    case 'rotate':
      return 'grab'
    case 'nw':
    case 'se':
      return 'nwse-resize'
    case 'ne':
    case 'sw':
      return 'nesw-resize'
    case 'n':
    case 's':
      return 'ns-resize'
    case 'e':
    case 'w':
      return 'ew-resize'
  }
}
