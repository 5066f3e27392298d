/**
 * A change of the whole page that a control of the interface makes, a slider that is dragged: shown as it goes and committed once. It is a gesture like a tool's, so whatever comes in
 * its way ends it, and undo or Escape takes it back.
 */

import type { Stroke } from './document'
import { withStrokes } from './documentEdits'
import type { Gesture, ToolContext } from './tools/tool'
import type { EditKind, PointerInput } from './types'

export interface Adjustment extends Gesture {
  /** These strokes stand for those of the page from now on. True, as they always do. */
  show(kind: EditKind, strokes: readonly Stroke[]): true
}

/** No pointer leads it. */
export const NO_POINTER: PointerInput = {
  x: 0 as PointerInput['x'],
  y: 0 as PointerInput['y'],
  pressure: 0.5,
  pointerType: 'keyboard',
  pointerId: Number.NaN,
  shiftKey: false,
  altKey: false,
  ctrlKey: false,
  timeMs: 0,
  pxPerScreenPx: 1,
}

export function beginAdjustment(context: ToolContext): Adjustment {
  const { document } = context
  const ids = new Set(document.strokes.map(({ id }) => id))
  let shown: { readonly kind: EditKind; readonly strokes: readonly Stroke[] } | null = null
  return {
    show(kind, strokes) {
      shown = { kind, strokes }
      context.show({ gesture: true, hiddenStrokeIds: ids, replacements: strokes, selectionBox: null, hoveredStrokeId: null })
      return true
    },
    move() {},
    end() {
      if (shown) context.commit(shown.kind, withStrokes(document, shown.strokes))
    },
  }
}
