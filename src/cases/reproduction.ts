/** Whether a face that was made again is the face that was kept. */

import type { Backend } from '../shared/backends'

/** As a log names it: perhaps one that a later version of the studio has. */
type KeptOn = Backend | (string & {})

/**
 * How far two back ends may lie apart, in 1/255 of a channel: they sum in different orders, and a value on the edge between two whole numbers falls either way.
 * One was measured, between WebAssembly and each of the others (`docs/cases.md`); another one is for graphics cards, which were not.
 */
export const TOLERANCE = 2

export type Reproduction =
  /** Bit by bit. */
  | { readonly result: 'same'; readonly most: 0 }
  /** Another back end: within the tolerance. */
  | { readonly result: 'within'; readonly most: number }
  | { readonly result: 'different'; readonly most: number }

/** @param backends on which it was kept, and on which it was made again */
export function reproductionOf(
  kept: Uint8ClampedArray,
  made: Uint8ClampedArray,
  backends: { readonly kept: KeptOn; readonly made: Backend },
): Reproduction {
  const most = mostDifference(kept, made)
  if (most === 0) return { result: 'same', most: 0 }
  // WebAssembly and plain JavaScript give the same bits every time; a graphics driver need not.
  const isExact = backends.kept === backends.made && (backends.made === 'wasm' || backends.made === 'cpu')
  return { result: !isExact && most <= TOLERANCE ? 'within' : 'different', most }
}

function mostDifference(a: Uint8ClampedArray, b: Uint8ClampedArray): number {
  if (a.length !== b.length) return 255
  let most = 0
  for (let i = 0; i < a.length; i++) most = Math.max(most, Math.abs((a[i] ?? 0) - (b[i] ?? 0)))
  return most
}
