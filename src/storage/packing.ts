/**
 * Strokes as the database holds them: points as a `Float64Array`, which the browser clones an order of magnitude faster than an array of
 * numbers, so that journalling never holds up the pen. Document ⇄ packed document, without loss.
 */

import { POINT_STRIDE, type SketchDocument, type Stroke } from '../editor/document'
import { PARTS, type Part } from '../faces/parts'
import { isPlainObject, upgradeDocument } from './documentVersions'

export interface PackedStroke extends Omit<Stroke, 'points'> {
  readonly points: Float64Array
}

/** A stored document. Name, tags and id live in the sketch's row, where they can change without it. */
export interface PackedDocument {
  readonly version: number
  readonly strokes: readonly PackedStroke[]
}

/** A point with a coordinate that is not finite would make the stroke unreadable, so it is left out here, where it can still be. */
function finitePoints(points: readonly number[]): Float64Array {
  const packed = Float64Array.from(points)
  if (packed.every(Number.isFinite)) return packed
  const kept: number[] = []
  for (let i = 0; i + POINT_STRIDE <= points.length; i += POINT_STRIDE) {
    const point = points.slice(i, i + POINT_STRIDE)
    if (point.every(Number.isFinite)) kept.push(...point)
  }
  return Float64Array.from(kept)
}

export function packStroke(stroke: Stroke): PackedStroke {
  const { id, part, partIsChosen, widthPx, usesPressure } = stroke
  return { id, part, partIsChosen, widthPx, usesPressure, points: finitePoints(stroke.points) }
}

export function packDocument(document: SketchDocument): PackedDocument {
  return { version: document.version, strokes: document.strokes.map(packStroke) }
}

const isPart = (value: unknown): value is Part => (PARTS as readonly unknown[]).includes(value)

/** A stored stroke, or `null` when it is not one. It trusts nothing: a database outlives the code that wrote it. */
export function unpackStroke(raw: unknown): Stroke | null {
  if (!isPlainObject(raw)) return null
  const { id, part, partIsChosen, widthPx, usesPressure, points } = raw
  if (typeof id !== 'string' || !isPart(part) || typeof partIsChosen !== 'boolean' || typeof usesPressure !== 'boolean') return null
  if (typeof widthPx !== 'number' || !Number.isFinite(widthPx)) return null
  if (!(points instanceof Float64Array)) return null
  if (points.length % POINT_STRIDE !== 0 || !points.every(Number.isFinite)) return null
  return { id, part, partIsChosen, widthPx, usesPressure, points: Array.from(points) }
}

/**
 * The strokes of a stored document that can be read, and how many cannot (at least 1 when the document itself is missing or damaged).
 * @throws StudioError `bad-project` for one of a newer version: opening it here would damage it
 */
export function unpackStrokes(raw: unknown): { strokes: Stroke[]; dropped: number } {
  if (!isPlainObject(raw) || typeof raw.version !== 'number') return { strokes: [], dropped: 1 }
  const stored = upgradeDocument(raw).strokes
  if (!Array.isArray(stored)) return { strokes: [], dropped: 1 }
  const strokes = stored.map(unpackStroke).filter((stroke) => stroke !== null)
  return { strokes, dropped: stored.length - strokes.length }
}
