/**
 * What a sketch says of how its drawing is taken, as it is written and read: the parts that it leaves out of the mean face, only when there are any and only names that
 * are known, and whether the drawing is taken where it lies.
 */

import { MEAN_FACE_PARTS, type MeanFacePart } from '../faces/parts'

interface LeavesOut {
  readonly leftOut?: readonly MeanFacePart[]
}

interface Unplaced {
  readonly unplaced?: true
}

export function storedLeftOut(from: LeavesOut & Unplaced): LeavesOut & Unplaced {
  return { ...readLeftOut(from.leftOut), ...readUnplaced(from.unplaced) }
}

/** Anything that a file or a row can hold. */
export function readLeftOut(raw: unknown): LeavesOut {
  const parts = Array.isArray(raw) ? MEAN_FACE_PARTS.filter((part) => raw.includes(part)) : []
  return parts.length > 0 ? { leftOut: parts } : {}
}

export function readUnplaced(raw: unknown): Unplaced {
  return raw === true ? { unplaced: true } : {}
}

export function sameLeftOut(a: (LeavesOut & Unplaced) | undefined, b: LeavesOut & Unplaced): boolean {
  return (a?.leftOut ?? []).join() === (b.leftOut ?? []).join() && a?.unplaced === b.unplaced
}
