/** The pen: a stroke, and with symmetry its mirror image about the page's vertical middle. Each pointer move costs only its new points. */

import { assignPart } from '../../faces/partAssignment'
import type { Part } from '../../faces/parts'
import { SKETCH_SIZE_PX } from '../../shared/units'
import { POINT_STRIDE, type Stroke } from '../document'
import { knownParts, withStrokes } from '../documentEdits'
import { mirrorStroke, nearestStroke } from '../strokeGeometry'
import { createStrokeInput } from '../strokeInput'
import { shapeStroke } from '../strokeShape'
import type { LiveStroke, PointerInput } from '../types'
import type { Gesture, Tool, ToolContext } from './tool'

/** A stroke all of which lies this near to the middle line is its own mirror image. */
const ON_AXIS_PX = 0.5
/** A stroke this near to a hovering pen is meant, in CSS pixels. */
const HOVER_SCREEN_PX = 4
/** What the pen has drawn is told no later than this. */
const TELL_EVERY_MS = 100
/** A leash shorter than this is not worth showing. */
const LEAST_LEASH_PX = 1

export const pen: Tool = {
  id: 'pen',
  dropsSelection: true,
  begin: (context, event) => new PenGesture(context, event),
  // Which stroke is under the pen is for telling its part; the pen does nothing to it.
  hover: (context, event) => {
    const under = nearestStroke(context.document.strokes, event.x, event.y, HOVER_SCREEN_PX * event.pxPerScreenPx)
    context.show({ cursor: 'crosshair', hoveredStrokeId: under?.id ?? null })
  },
}

class PenGesture implements Gesture {
  readonly #context: ToolContext
  readonly #session: ToolContext['session']
  readonly #document: ToolContext['document']
  readonly #input: ReturnType<typeof createStrokeInput>
  readonly #ids: readonly [string, string]
  readonly #mirrored: number[] = []
  #live: readonly LiveStroke[] = []
  #toldAtMs: number
  /** For a pen that rests before the next move is due. */
  #untold: ReturnType<typeof setTimeout> | undefined

  constructor(context: ToolContext, event: PointerInput) {
    this.#context = context
    this.#session = context.session
    this.#document = context.document
    this.#input = createStrokeInput(event, context.session.stabiliser)
    this.#ids = [context.newId(), context.newId()]
    const { penWidthPx: widthPx, usesPressure } = this.#session
    const live = [{ id: this.#ids[0], widthPx, usesPressure, points: this.#input.points }]
    if (this.#session.symmetry) live.push({ id: this.#ids[1], widthPx, usesPressure, points: this.#mirrored })
    this.#live = live
    this.#toldAtMs = event.timeMs
    this.#tell()
    this.#show(event)
  }

  move(events: readonly PointerInput[]): void {
    for (const event of events) this.#input.add(event)
    const last = events.at(-1)
    if (!last) return
    if (last.timeMs - this.#toldAtMs >= TELL_EVERY_MS) {
      this.#toldAtMs = last.timeMs
      this.#tell()
    } else this.#untold ??= setTimeout(() => this.#tell(), TELL_EVERY_MS)
    this.#show(last)
  }

  end(event: PointerInput): void {
    this.#input.add(event)
    this.#input.finish()
    // Shaping it and knowing its part may take a moment: it is safe before that.
    this.#tell()
    const points = shapeStroke(this.#input.points, this.#session.smoothing)
    const strokes = this.#strokes(points, assignPart(points, this.#document.strokes))
    this.#context.commit('draw', withStrokes(this.#document, knownParts([...this.#document.strokes, ...strokes])))
  }

  drop(): void {
    clearTimeout(this.#untold)
  }

  strokesNow(): readonly Stroke[] {
    const points = [...this.#input.points]
    return this.#strokes(points, assignPart(points, this.#document.strokes))
  }

  #tell(): void {
    clearTimeout(this.#untold)
    this.#untold = undefined
    this.#context.underPen(this.#strokes([...this.#input.points], 'other'))
  }

  #show(pointer: PointerInput): void {
    const { points } = this.#input
    if (this.#session.symmetry) {
      for (let i = this.#mirrored.length; i < points.length; i += POINT_STRIDE) {
        this.#mirrored.push(SKETCH_SIZE_PX - (points[i] ?? 0), points[i + 1] ?? 0, points[i + 2] ?? 0)
      }
    }
    const [fromX = 0, fromY = 0] = points.slice(-POINT_STRIDE)
    const isTaut = Math.hypot(pointer.x - fromX, pointer.y - fromY) > LEAST_LEASH_PX
    const leash = isTaut ? { fromX, fromY, toX: pointer.x, toY: pointer.y } : null
    this.#context.show({ liveStrokes: this.#live, leash, cursor: 'crosshair' })
  }

  /** @param assigned part of a stroke whose part was not chosen */
  #strokes(points: readonly number[], assigned: Part): Stroke[] {
    const { penPart, penWidthPx: widthPx, usesPressure, symmetry } = this.#session
    const stroke = { id: this.#ids[0], part: penPart ?? assigned, partIsChosen: penPart !== null, widthPx, usesPressure, points }
    if (!symmetry || isOnAxis(points)) return [stroke]
    return [stroke, { ...mirrorStroke(stroke), id: this.#ids[1] }]
  }
}

function isOnAxis(points: readonly number[]): boolean {
  return points.every((value, i) => i % POINT_STRIDE !== 0 || Math.abs(value - SKETCH_SIZE_PX / 2) <= ON_AXIS_PX)
}
