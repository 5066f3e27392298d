/**
 * From pointer events to the points of a stroke under the pen: deduplicated, and steadied by a pulled string (the ink hangs on the pointer by a
 * string of fixed length and moves only when it is taut; "lazy brush", steady whatever the event rate).
 */

import { POINT_STRIDE } from './document'
import type { PointerInput } from './types'

/** String length at full stabiliser, in CSS pixels: what steadies a hand does not depend on the zoom. */
const LONGEST_STRING_SCREEN_PX = 40
/** Points closer than this add nothing. */
const LEAST_STEP_PX = 0.5
/** A pressure that changes neither way. */
const NEUTRAL_PRESSURE = 0.5

export interface StrokeInput {
  /** x, y, pressure …; only ever grows. */
  readonly points: readonly number[]
  add(event: PointerInput): void
  /** Lets the ink catch up with the pointer. */
  finish(): void
}

/** @param stabiliser 0–1; not used for the keyboard, whose steps are exact */
export function createStrokeInput(first: PointerInput, stabiliser: number): StrokeInput {
  const stringPx = first.pointerType === 'keyboard' ? 0 : stabiliser * LONGEST_STRING_SCREEN_PX * first.pxPerScreenPx
  const points: number[] = [first.x, first.y, pressureOf(first)]
  let ink = { x: first.x, y: first.y }
  let pointer = first

  function extend(x: number, y: number): void {
    if (Math.hypot(x - ink.x, y - ink.y) < LEAST_STEP_PX) return
    points.push(x, y, pressureOf(pointer))
    ink = { x, y }
  }

  return {
    points,
    add(event) {
      if (!Number.isFinite(event.x) || !Number.isFinite(event.y)) return
      pointer = event
      const distance = Math.hypot(event.x - ink.x, event.y - ink.y)
      if (distance <= stringPx) return
      const pull = (distance - stringPx) / distance
      extend(ink.x + pull * (event.x - ink.x), ink.y + pull * (event.y - ink.y))
    },
    finish() {
      // A tap's only point takes the greatest pressure that the pen has had.
      if (points.length === POINT_STRIDE) points[2] = Math.max(points[2] ?? 0, pressureOf(pointer))
      extend(pointer.x, pointer.y)
      if (hasNoForce(points)) for (let i = 2; i < points.length; i += POINT_STRIDE) points[i] = NEUTRAL_PRESSURE
    },
  }
}

/** A pen without a force sensor may report 0 throughout. */
function hasNoForce(points: readonly number[]): boolean {
  return points.every((value, i) => i % POINT_STRIDE !== 2 || value === 0)
}

function pressureOf({ pointerType, pressure }: PointerInput): number {
  const hasForce = pointerType === 'pen' || (pointerType === 'touch' && pressure > 0 && pressure < 1)
  return hasForce && Number.isFinite(pressure) ? Math.min(1, Math.max(0, pressure)) : NEUTRAL_PRESSURE
}
