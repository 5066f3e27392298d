/**
 * The ink of a page's strokes, for a page that grows by a stroke at a time: what most of it leaves on a bitmap is remembered, so that a page of thousands costs
 * as little as one of a few. The bitmap is the rasteriser's own, whatever was asked before: the darkest wins, in whatever order lines come.
 */

import type { Stroke } from './document'
import { addInk, blankInk, type Ink, inkLineOf } from './rasterizer'

/** The newest strokes are not remembered: they are under the pen, or undone next. */
const NEWEST = 64
/** With more than these after what is remembered, it is made anew. */
const MOST_AFTER = 2 * NEWEST

interface Remembered {
  readonly strokes: readonly Stroke[]
  readonly ink: Ink
}

const remembered = new Map<number, Remembered>()

/** @returns the strokes' ink on a bitmap of its own, `[sizePx · sizePx]`, 0–1 */
export function pageInk(strokes: readonly Stroke[], sizePx: number): Ink {
  const base = baseOf(strokes, sizePx)
  const ink = base.ink.slice()
  addInk(ink, sizePx, strokes.slice(base.strokes.length).map(inkLineOf))
  return ink
}

function baseOf(strokes: readonly Stroke[], sizePx: number): Remembered {
  const known = remembered.get(sizePx)
  if (known && strokes.length - known.strokes.length <= MOST_AFTER && beginsWith(strokes, known.strokes)) return known
  const older = strokes.slice(0, Math.max(0, strokes.length - NEWEST))
  // A page that grew goes on from what is known of it.
  const from = known && beginsWith(older, known.strokes) ? known : { strokes: [], ink: blankInk(sizePx) }
  const ink = from.ink.slice()
  addInk(ink, sizePx, older.slice(from.strokes.length).map(inkLineOf))
  const base = { strokes: older, ink }
  remembered.set(sizePx, base)
  return base
}

/** Strokes never change: the same object is the same ink. */
function beginsWith(strokes: readonly Stroke[], first: readonly Stroke[]): boolean {
  return first.length <= strokes.length && first.every((stroke, i) => stroke === strokes[i])
}
