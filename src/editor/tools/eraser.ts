/** The eraser, in two kinds: whole strokes that it touches, or only the ink under it, which splits strokes. */

import { distanceToSegment } from '../../shared/polyline'
import { cutByDisc } from '../cutStroke'
import { POINT_STRIDE, type SketchDocument, type Stroke } from '../document'
import { replaceStrokes } from '../documentEdits'
import { boundsMeet, strokeBounds } from '../strokeGeometry'
import type { PointerInput } from '../types'
import type { Gesture, Tool, ToolContext } from './tool'

/** The point eraser punches discs along its way, at most this share of its radius apart. */
const DISC_STEP = 0.25

export const eraser: Tool = {
  id: 'eraser',
  dropsSelection: true,
  begin: (context, event) => new EraserGesture(context, event),
  hover: (context, { x, y }) => context.show({ eraser: { x, y, radiusPx: context.session.eraserRadiusPx }, cursor: 'none' }),
}

/** What the eraser has swept over since the last event. */
interface Sweep {
  readonly ax: number
  readonly ay: number
  readonly bx: number
  readonly by: number
  readonly radiusPx: number
}

class EraserGesture implements Gesture {
  readonly #context: ToolContext
  readonly #document: SketchDocument
  readonly #radiusPx: number
  readonly #mode: 'stroke' | 'point'
  /** What is left of every stroke that was touched: nothing, or pieces. */
  readonly #left = new Map<string, readonly Stroke[]>()
  #at: { x: number; y: number }

  constructor(context: ToolContext, event: PointerInput) {
    this.#context = context
    this.#document = context.document
    this.#radiusPx = context.session.eraserRadiusPx
    this.#mode = context.session.eraserMode
    this.#at = event
    this.move([event])
  }

  move(events: readonly PointerInput[]): void {
    let erased = false
    for (const { x, y } of events) {
      erased = this.#sweep({ ax: this.#at.x, ay: this.#at.y, bx: x, by: y, radiusPx: this.#radiusPx }) || erased
      this.#at = { x, y }
    }
    const eraserCircle = { x: this.#at.x, y: this.#at.y, radiusPx: this.#radiusPx }
    this.#context.show({ eraser: eraserCircle, cursor: 'none' })
    if (erased) this.#context.show({ hiddenStrokeIds: new Set(this.#left.keys()), replacements: [...this.#left.values()].flat() })
  }

  end(event: PointerInput): void {
    this.move([event])
    this.#context.commit('erase', replaceStrokes(this.#document, this.#left))
  }

  /** Whether anything was erased. */
  #sweep(sweep: Sweep): boolean {
    let erased = false
    for (const stroke of this.#document.strokes) {
      const now = this.#left.get(stroke.id) ?? [stroke]
      if (!now.some((piece) => isSwept(piece, sweep))) continue
      const next = this.#mode === 'stroke' ? [] : this.#cut(now, sweep)
      if (next === now) continue
      this.#left.set(stroke.id, next)
      erased = true
    }
    return erased
  }

  #cut(pieces: readonly Stroke[], { ax, ay, bx, by, radiusPx }: Sweep): readonly Stroke[] {
    const steps = Math.max(1, Math.ceil(Math.hypot(bx - ax, by - ay) / (radiusPx * DISC_STEP)))
    let current = pieces
    for (let n = 0; n <= steps; n++) {
      const x = ax + (n / steps) * (bx - ax)
      const y = ay + (n / steps) * (by - ay)
      const cuts = current.map((piece) => cutByDisc(piece.points, x, y, radiusPx + piece.widthPx / 2))
      if (cuts.every((cut) => cut === null)) continue
      current = current.flatMap((piece, i) => cuts[i]?.map((points, k) => this.#piece(piece, points, k)) ?? [piece])
    }
    return current
  }

  /** The first piece keeps the identity of its stroke. */
  #piece(stroke: Stroke, points: readonly number[], index: number): Stroke {
    return { ...stroke, id: index === 0 ? stroke.id : this.#context.newId(), points }
  }
}

function isSwept(stroke: Stroke, { ax, ay, bx, by, radiusPx }: Sweep): boolean {
  const reach = radiusPx + stroke.widthPx / 2
  const path = { left: Math.min(ax, bx), right: Math.max(ax, bx), top: Math.min(ay, by), bottom: Math.max(ay, by) }
  if (!boundsMeet(strokeBounds(stroke), path, reach)) return false
  const { points } = stroke
  for (let i = 0; i === 0 || i + POINT_STRIDE < points.length; i += POINT_STRIDE) {
    const [px = 0, py = 0] = [points[i], points[i + 1]]
    const [qx = px, qy = py] = [points[i + POINT_STRIDE], points[i + POINT_STRIDE + 1]]
    if (segmentDistance(px, py, qx, qy, ax, ay, bx, by) <= reach) return true
  }
  return false
}

/** Distance of two segments: 0 when they cross, else the least from an end of one to the other. */
function segmentDistance(px: number, py: number, qx: number, qy: number, ax: number, ay: number, bx: number, by: number): number {
  const side = (x: number, y: number, ox: number, oy: number, tx: number, ty: number): number => (tx - ox) * (y - oy) - (ty - oy) * (x - ox)
  const crosses =
    side(px, py, ax, ay, bx, by) * side(qx, qy, ax, ay, bx, by) < 0 && side(ax, ay, px, py, qx, qy) * side(bx, by, px, py, qx, qy) < 0
  if (crosses) return 0
  return Math.min(
    distanceToSegment(px, py, ax, ay, bx, by),
    distanceToSegment(qx, qy, ax, ay, bx, by),
    distanceToSegment(ax, ay, px, py, qx, qy),
    distanceToSegment(bx, by, px, py, qx, qy),
  )
}
