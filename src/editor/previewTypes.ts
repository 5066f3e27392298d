/** What is on the drawing surface besides the committed document, for whoever paints it. */

import type { SketchPx } from '../shared/units'
import type { Stroke } from './document'

export interface Rect {
  readonly x: SketchPx
  readonly y: SketchPx
  readonly width: SketchPx
  readonly height: SketchPx
}

/**
 * A stroke under the pen. `points` (x, y, pressure …) is one array that only ever grows during the gesture: a painter keeps how many numbers
 * it has painted and paints the rest. A new gesture has new ids.
 */
export interface LiveStroke {
  readonly id: string
  readonly widthPx: number
  readonly usesPressure: boolean
  readonly points: readonly number[]
}

export const HANDLE_IDS = ['nw', 'n', 'ne', 'e', 'se', 's', 'sw', 'w', 'rotate'] as const
export type HandleId = (typeof HANDLE_IDS)[number]

export interface Handle {
  readonly id: HandleId
  readonly x: SketchPx
  readonly y: SketchPx
}

/** The box round the selection: centre, full sides before rotation, rotation in radians (clockwise on the screen; not 0 only while rotating). */
export interface SelectionBox {
  readonly centreX: SketchPx
  readonly centreY: SketchPx
  readonly width: SketchPx
  readonly height: SketchPx
  readonly rotation: number
  /** Empty while a handle is being dragged. */
  readonly handles: readonly Handle[]
}

export interface Circle {
  readonly x: SketchPx
  readonly y: SketchPx
  readonly radiusPx: number
}

/** Everything on the drawing surface that is not the committed document. */
export interface PreviewState {
  /** Whether a gesture is under way. */
  readonly gesture: boolean
  /** Strokes under the pen: none, one, or two with symmetry. */
  readonly liveStrokes: readonly LiveStroke[]
  /** From the ink to the pointer while the stabiliser trails behind. */
  readonly leash: {
    readonly fromX: SketchPx
    readonly fromY: SketchPx
    readonly toX: SketchPx
    readonly toY: SketchPx
  } | null
  /** Committed strokes that must not be painted now. */
  readonly hiddenStrokeIds: ReadonlySet<string>
  /** Strokes to be painted instead: moved, scaled, rotated, reshaped, or what the point eraser has left. */
  readonly replacements: readonly Stroke[]
  readonly marquee: Rect | null
  readonly selectionBox: SelectionBox | null
  /** Stroke under a hovering pen, select or reshape pointer. */
  readonly hoveredStrokeId: string | null
  readonly eraser: Circle | null
  /** Reach of the reshape tool. */
  readonly reshape: Circle | null
  /** A CSS cursor that suits the tool at the pointer's place. */
  readonly cursor:
    | 'crosshair'
    | 'none'
    | 'default'
    | 'move'
    | 'grab'
    | 'grabbing'
    | 'nwse-resize'
    | 'nesw-resize'
    | 'ns-resize'
    | 'ew-resize'
}

export interface PreviewChannel {
  /** The newest state; a new object after every notification (but see `LiveStroke.points`). */
  readonly current: PreviewState
  /** Called synchronously, at most once per call of the editor; collect in a `requestAnimationFrame`. Returns the unsubscriber. */
  subscribe(listener: (state: PreviewState) => void): () => void
}
