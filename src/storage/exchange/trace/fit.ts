/**
 * A traced drawing → the place of the mean face. The registration itself is the faces' (`FitToFace`); here is what it is asked with, and how its answer moves
 * lines.
 */

import type { Affine } from '../svg/affine'

/** A similarity that brings a drawing to the mean face, in sketch pixels. */
export interface FaceFit {
  readonly map: Affine
  /** 0 nothing like a face, 1 the mean face itself. */
  readonly likeness: number
}

/** @param lines flat x, y in sketch pixels; @returns `null` when no face can be made out */
export type FitToFace = (lines: readonly (readonly number[])[]) => FaceFit | null

/** Moves flat x, y. */
export function moved([a, b, c, d, e, f]: Affine, line: readonly number[]): number[] {
  const out: number[] = []
  for (let i = 0; i + 1 < line.length; i += 2) {
    const [x, y] = [line[i] ?? 0, line[i + 1] ?? 0]
    out.push(a * x + c * y + e, b * x + d * y + f)
  }
  return out
}
