/** The sketch document: immutable, durable, the only thing that history sees. */

import type { MeanFacePart, Part } from '../faces/parts'

/**
 * One stroke of ink. `points` is flat: x, y in sketch pixels (0–512, may lie a little outside the page) and pressure 0–1, repeated.
 * Mirrored or mean-face strokes are ordinary strokes.
 */
export interface Stroke {
  readonly id: string
  readonly part: Part
  /** True once a person has chosen the part; an automatic assignment never overrides it. */
  readonly partIsChosen: boolean
  /** Nominal width in sketch pixels, 1–8. */
  readonly widthPx: number
  /** Whether pressure modulates the width. */
  readonly usesPressure: boolean
  readonly points: readonly number[]
}

export const DOCUMENT_VERSION = 1

export interface SketchDocument {
  readonly version: typeof DOCUMENT_VERSION
  readonly id: string
  readonly name: string
  readonly tags: readonly string[]
  readonly strokes: readonly Stroke[]
  /** Parts that the mean face does not stand in for, though they are not drawn; missing while there are none. */
  readonly leftOut?: readonly MeanFacePart[]
  /** The drawing is taken where it lies, not brought to the mean face's place; missing otherwise. */
  readonly unplaced?: true
}

/** Numbers per point in `Stroke.points`: x, y, pressure. */
export const POINT_STRIDE = 3

/** A new, empty sketch. */
export function emptyDocument(id: string, name = ''): SketchDocument {
  return { version: DOCUMENT_VERSION, id, name, tags: [], strokes: [] }
}
