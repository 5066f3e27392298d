/** Dragging the selection or its handles: moving, scaling and rotating. The selection is shown transformed and committed once. */

import type { SketchDocument, Stroke } from '../document'
import { mapStrokes } from '../documentEdits'
import { handleCursor, handleDirection } from '../selectionBox'
import { type Affine, rotation, scaling, transformStroke, translation, unionBounds } from '../strokeGeometry'
import type { EditKind, HandleId, PointerInput, PreviewState, SelectionBox } from '../types'
import { type Gesture, isDrag, type ToolContext } from './tool'

/** Shift turns in steps of this. */
const ROTATION_STEP = Math.PI / 12
/** A box is never scaled flatter than this, so that it can be scaled back. */
const LEAST_SCALE = 0.02

interface TransformGesture {
  readonly kind: EditKind
  readonly cursor: PreviewState['cursor']
  /** The transform for a pointer that has come here, and how the box shows it. */
  transformFor(event: PointerInput): { affine: Affine; box: SelectionBox | null }
  /** A press that was not dragged. */
  click(): void
}

/** Moves the selection; shift keeps to the greater of the two directions. */
export function moveGesture(context: ToolContext, from: PointerInput, click: () => void): Gesture {
  return transformGesture(context, from, {
    kind: 'move',
    cursor: 'move',
    click,
    transformFor(event) {
      let dx = event.x - from.x
      let dy = event.y - from.y
      if (event.shiftKey) {
        if (Math.abs(dx) >= Math.abs(dy)) dy = 0
        else dx = 0
      }
      const box = context.selectionBox
      return { affine: translation(dx, dy), box: box && { ...box, centreX: box.centreX + dx, centreY: box.centreY + dy, handles: [] } }
    },
  })
}

/** Scales about the opposite side, or with alt about the centre; shift keeps the proportions. */
export function scaleGesture(context: ToolContext, from: PointerInput, handle: HandleId): Gesture {
  const { left, top, right, bottom } = unionBounds(selectedStrokes(context))
  const direction = handleDirection(handle)
  const box = context.selectionBox
  return transformGesture(context, from, {
    kind: 'scale',
    cursor: handleCursor(handle),
    click: () => {},
    transformFor(event) {
      const anchorX = event.altKey || direction.x === 0 ? (left + right) / 2 : direction.x > 0 ? left : right
      const anchorY = event.altKey || direction.y === 0 ? (top + bottom) / 2 : direction.y > 0 ? top : bottom
      let sx = direction.x === 0 ? 1 : awayFromZero((event.x - anchorX) / (from.x - anchorX))
      let sy = direction.y === 0 ? 1 : awayFromZero((event.y - anchorY) / (from.y - anchorY))
      if (event.shiftKey) {
        const factor = direction.x === 0 ? sy : direction.y === 0 ? sx : Math.max(Math.abs(sx), Math.abs(sy))
        sx = direction.x === 0 || direction.y === 0 ? factor : Math.sign(sx) * factor
        sy = direction.x === 0 || direction.y === 0 ? factor : Math.sign(sy) * factor
      }
      const affine = scaling(sx, sy, anchorX, anchorY)
      return { affine, box: box && scaledBox(box, affine) }
    },
  })
}

/** A scale that cannot be used (no number, or nearly none) becomes the least one. */
function awayFromZero(scale: number): number {
  if (!Number.isFinite(scale)) return 1
  return Math.abs(scale) < LEAST_SCALE ? (scale < 0 ? -LEAST_SCALE : LEAST_SCALE) : scale
}

function scaledBox(box: SelectionBox, [sx, , , sy, dx, dy]: Affine): SelectionBox {
  return {
    centreX: sx * box.centreX + dx,
    centreY: sy * box.centreY + dy,
    width: Math.abs(sx) * box.width,
    height: Math.abs(sy) * box.height,
    rotation: 0,
    handles: [],
  }
}

/** Turns the selection about its centre; shift turns in steps of 15°. */
export function rotateGesture(context: ToolContext, from: PointerInput): Gesture {
  const { left, top, right, bottom } = unionBounds(selectedStrokes(context))
  const x = (left + right) / 2
  const y = (top + bottom) / 2
  const angleOf = (event: PointerInput): number => Math.atan2(event.y - y, event.x - x)
  const box = context.selectionBox
  return transformGesture(context, from, {
    kind: 'rotate',
    cursor: 'grabbing',
    click: () => {},
    transformFor(event) {
      const free = angleOf(event) - angleOf(from)
      const angle = event.shiftKey ? Math.round(free / ROTATION_STEP) * ROTATION_STEP : free
      return { affine: rotation(angle, x, y), box: box && { ...box, rotation: angle, handles: [] } }
    },
  })
}

function selectedStrokes({ document, session }: ToolContext): Stroke[] {
  const ids = new Set(session.selection)
  return document.strokes.filter((stroke) => ids.has(stroke.id))
}

function transformGesture(context: ToolContext, from: PointerInput, gesture: TransformGesture): Gesture {
  const document: SketchDocument = context.document
  const strokes = selectedStrokes(context)
  const ids = new Set(strokes.map((stroke) => stroke.id))
  let last: PointerInput | null = null
  const move = (events: readonly PointerInput[]): void => {
    const event = events.at(-1)
    if (!event || (!last && !isDrag(from, event))) return
    last = event
    const { affine, box } = gesture.transformFor(event)
    const replacements = strokes.map((stroke) => transformStroke(stroke, affine))
    context.show({ hiddenStrokeIds: ids, replacements, selectionBox: box, cursor: gesture.cursor })
  }
  return {
    move,
    end(event) {
      move([event])
      if (!last) return gesture.click()
      const { affine } = gesture.transformFor(last)
      context.commit(
        gesture.kind,
        mapStrokes(document, ids, (stroke) => transformStroke(stroke, affine)),
      )
    },
  }
}
