/** Everything on the surface that is not committed ink: strokes under the pen, moved strokes, selection, eraser, and the keyboard's pen. */

import type { Stroke } from '../../../editor/document'
import type { Circle, PreviewState, SelectionBox, View } from '../../../editor/types'
import { SKETCH_SIZE_PX } from '../../../shared/units'
import { polylinePath, strokePath } from './inkPath'
import type { KeyboardPenState } from './keyboardPen'
import type { LiveInk } from './liveInk'
import type { SurfacePalette } from './palette'

/** Above this many moving strokes, plain lines stand in for outlines. */
const OUTLINED_REPLACEMENTS = 24
const HANDLE_SIDE_PX = 9

export interface OverlayScene {
  readonly preview: PreviewState
  /** Moved strokes, kept a little longer than the preview while the committed ink is redrawn. */
  readonly replacements: readonly Stroke[]
  readonly selected: readonly Stroke[]
  readonly hovered: Stroke | null
  readonly view: View
  readonly palette: SurfacePalette
  readonly symmetry: boolean
  readonly keyboardPen: KeyboardPenState | null
}

export function paintOverlay(context: CanvasRenderingContext2D, scene: OverlayScene, liveInk: LiveInk): void {
  const { view, palette, preview } = scene
  context.save()
  context.translate(view.panX, view.panY)
  context.scale(view.zoom, view.zoom)
  const hairline = 1 / view.zoom
  if (scene.symmetry) paintAxis(context, palette, hairline)
  paintHighlights(context, scene, hairline)
  context.fillStyle = palette.ink
  context.globalAlpha = palette.inkOpacity
  liveInk.paint(context, preview.liveStrokes)
  paintReplacements(context, scene.replacements, palette.ink)
  context.globalAlpha = 1
  context.lineWidth = hairline
  context.strokeStyle = palette.accent
  paintLeash(context, preview)
  if (preview.marquee) paintMarquee(context, preview.marquee, palette)
  if (preview.selectionBox) paintSelectionBox(context, preview.selectionBox, palette, view.zoom)
  if (preview.eraser) paintCircle(context, preview.eraser, palette.accent, hairline)
  if (preview.reshape) paintCircle(context, preview.reshape, palette.accent, hairline)
  if (scene.keyboardPen) paintCrosshair(context, scene.keyboardPen, palette, view.zoom)
  context.restore()
}

function paintAxis(context: CanvasRenderingContext2D, palette: SurfacePalette, hairline: number): void {
  context.save()
  context.strokeStyle = palette.guide
  context.lineWidth = hairline
  context.setLineDash([6 * hairline, 5 * hairline])
  context.beginPath()
  context.moveTo(SKETCH_SIZE_PX / 2, 0)
  context.lineTo(SKETCH_SIZE_PX / 2, SKETCH_SIZE_PX)
  context.stroke()
  context.restore()
}

function paintHighlights(context: CanvasRenderingContext2D, scene: OverlayScene, hairline: number): void {
  const hidden = scene.preview.hiddenStrokeIds
  context.save()
  context.strokeStyle = scene.palette.accent
  context.lineJoin = 'round'
  context.lineWidth = 3 * hairline
  context.globalAlpha = 0.55
  const plain = scene.selected.length > OUTLINED_REPLACEMENTS
  for (const stroke of scene.selected) {
    if (!hidden.has(stroke.id)) context.stroke(plain ? polylinePath(stroke.points) : strokePath(stroke))
  }
  if (scene.hovered && !hidden.has(scene.hovered.id)) context.stroke(strokePath(scene.hovered))
  context.restore()
}

function paintReplacements(context: CanvasRenderingContext2D, strokes: readonly Stroke[], ink: string): void {
  if (strokes.length <= OUTLINED_REPLACEMENTS) {
    for (const stroke of strokes) context.fill(strokePath(stroke))
    return
  }
  context.save()
  context.strokeStyle = ink
  context.lineCap = 'round'
  context.lineJoin = 'round'
  for (const stroke of strokes) {
    context.lineWidth = stroke.widthPx
    context.stroke(polylinePath(stroke.points))
  }
  context.restore()
}

function paintLeash(context: CanvasRenderingContext2D, preview: PreviewState): void {
  if (!preview.leash) return
  context.beginPath()
  context.moveTo(preview.leash.fromX, preview.leash.fromY)
  context.lineTo(preview.leash.toX, preview.leash.toY)
  context.stroke()
}

function paintMarquee(
  context: CanvasRenderingContext2D,
  marquee: { x: number; y: number; width: number; height: number },
  palette: SurfacePalette,
): void {
  context.save()
  context.fillStyle = palette.accent
  context.globalAlpha = 0.1
  context.fillRect(marquee.x, marquee.y, marquee.width, marquee.height)
  context.restore()
  context.strokeRect(marquee.x, marquee.y, marquee.width, marquee.height)
}

function paintSelectionBox(context: CanvasRenderingContext2D, box: SelectionBox, palette: SurfacePalette, zoom: number): void {
  context.save()
  context.translate(box.centreX, box.centreY)
  context.rotate(box.rotation)
  context.strokeRect(-box.width / 2, -box.height / 2, box.width, box.height)
  context.restore()
  const side = HANDLE_SIDE_PX / zoom
  context.fillStyle = palette.paper
  for (const handle of box.handles) {
    context.beginPath()
    if (handle.id === 'rotate') {
      context.moveTo(handle.x, handle.y)
      context.arc(handle.x, handle.y, side * 0.55, 0, 2 * Math.PI)
    } else {
      context.rect(handle.x - side / 2, handle.y - side / 2, side, side)
    }
    context.fill()
    context.stroke()
  }
}

function paintCircle(context: CanvasRenderingContext2D, circle: Circle, colour: string, hairline: number): void {
  context.strokeStyle = colour
  context.lineWidth = 1.5 * hairline
  context.beginPath()
  context.arc(circle.x, circle.y, circle.radiusPx, 0, 2 * Math.PI)
  context.stroke()
}

function paintCrosshair(context: CanvasRenderingContext2D, pen: KeyboardPenState, palette: SurfacePalette, zoom: number): void {
  const arm = 14 / zoom
  const gap = 4 / zoom
  context.strokeStyle = palette.accent
  context.lineWidth = 2 / zoom
  context.beginPath()
  for (const [dx, dy] of [
    [1, 0],
    [-1, 0],
    [0, 1],
    [0, -1],
  ] as const) {
    context.moveTo(pen.x + dx * gap, pen.y + dy * gap)
    context.lineTo(pen.x + dx * arm, pen.y + dy * arm)
  }
  context.stroke()
  if (!pen.down) return
  context.fillStyle = palette.accent
  context.beginPath()
  context.arc(pen.x, pen.y, 3 / zoom, 0, 2 * Math.PI)
  context.fill()
}
