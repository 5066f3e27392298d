/**
 * What a tool is. A press begins a gesture on the document as it stands; the gesture only ever shows previews, and commits once, at its end.
 * A cancelled gesture is simply dropped: there is nothing to take back, so tools hold no inverse of anything.
 */

import type { SketchDocument, Stroke } from '../document'
import type { EditKind, PointerInput, PreviewState, SelectionBox, SessionState, ToolId } from '../types'

export interface ToolContext {
  /** The document and settings of now; a gesture takes what it needs when it begins. */
  readonly document: SketchDocument
  readonly session: SessionState
  readonly selectionBox: SelectionBox | null
  newId(): string
  show(patch: Partial<PreviewState>): void
  select(strokeIds: readonly string[]): void
  commit(kind: EditKind, next: SketchDocument): void
  /** Strokes under the pen as they stand, for whoever keeps them safe (`Editor.watchPen`). */
  underPen(strokes: readonly Stroke[]): void
}

export interface Gesture {
  /** Coalesced events, oldest first. */
  move(events: readonly PointerInput[]): void
  end(event: PointerInput): void
  /** It is dropped: nothing may come of it any more. */
  drop?(): void
  /** Strokes under the pen as they would be committed now, besides what the preview replaces and hides. */
  strokesNow?(): readonly Stroke[]
}

export interface Tool {
  readonly id: ToolId
  /** It has no use for a selection: choosing it empties that. */
  readonly dropsSelection?: boolean
  begin(context: ToolContext, event: PointerInput): Gesture
  /** The pointer moves without being pressed. */
  hover(context: ToolContext, event: PointerInput): void
}

/** Reach of a pointer for hitting a stroke, in CSS pixels. */
const REACH_SCREEN_PX = { touch: 16, pen: 8, mouse: 7, keyboard: 7 } as const
/** A press that moves less is a click. */
const CLICK_SCREEN_PX = { touch: 8, pen: 4, mouse: 3, keyboard: 1 } as const

export function hitReachPx({ pointerType, pxPerScreenPx }: PointerInput): number {
  return REACH_SCREEN_PX[pointerType] * pxPerScreenPx
}

/** Whether a press has become a drag. */
export function isDrag(from: PointerInput, to: PointerInput): boolean {
  return Math.hypot(to.x - from.x, to.y - from.y) > CLICK_SCREEN_PX[from.pointerType] * from.pxPerScreenPx
}
