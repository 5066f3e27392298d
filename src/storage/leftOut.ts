/** The parts that a sketch leaves out of the mean face, as they are written and read: only when there are any, and only names that are known. */

import { MEAN_FACE_PARTS, type MeanFacePart } from '../faces/parts'

interface LeavesOut {
  readonly leftOut?: readonly MeanFacePart[]
}

export function storedLeftOut(from: LeavesOut): LeavesOut {
  return readLeftOut(from.leftOut)
}

/** Anything that a file or a row can hold. */
export function readLeftOut(raw: unknown): LeavesOut {
  const parts = Array.isArray(raw) ? MEAN_FACE_PARTS.filter((part) => raw.includes(part)) : []
  return parts.length > 0 ? { leftOut: parts } : {}
}

export function sameLeftOut(a: LeavesOut | undefined, b: LeavesOut): boolean {
  return (a?.leftOut ?? []).join() === (b.leftOut ?? []).join()
}
