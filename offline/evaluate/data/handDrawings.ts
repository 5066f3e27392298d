/**
 * Faces as people draw them (`handDrawings.ndjson`, one a line, made by `handDrawings/draw.mjs`): strokes in the studio's own form, x, y in sketch pixels and
 * pressure, in the order in which they are drawn, and the landmarks that the drawing says.
 */

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import * as v from 'valibot'
import { POINT_STRIDE, type Stroke } from '../../../src/editor/document'
import { LANDMARK_COUNT } from '../../../src/faces/landmarks'

const HAND_DRAWINGS_FILE = fileURLToPath(new URL('./handDrawings.ndjson', import.meta.url))
/** Errors are told in the distance of the outer eye corners. */
const EYE_CORNERS = [36, 45]

const NUMBER = v.pipe(v.number(), v.finite())
const DRAWING = v.object({
  name: v.string(),
  widthPx: NUMBER,
  usesPressure: v.boolean(),
  strokes: v.array(
    v.pipe(
      v.array(NUMBER),
      v.check((points) => points.length > 0 && points.length % POINT_STRIDE === 0, 'strokes are x, y, pressure, repeated'),
    ),
  ),
  landmarks: v.pipe(
    v.array(v.nullable(v.tuple([NUMBER, NUMBER]))),
    v.length(LANDMARK_COUNT),
    v.check((points) => EYE_CORNERS.every((i) => points[i]), 'the outer eye corners are not known'),
  ),
})

export interface HandDrawing {
  readonly name: string
  /** In the order in which they are drawn; their parts are still to be found. */
  readonly strokes: readonly Omit<Stroke, 'part'>[]
  /** iBUG's 68 in sketch pixels; `null` where the drawing leaves them open. */
  readonly landmarks: readonly (readonly [number, number] | null)[]
}

/** @throws Error that names the drawing that cannot be read */
export function parseHandDrawings(text: string): HandDrawing[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  return lines.map((line, i) => {
    const result = v.safeParse(DRAWING, JSON.parse(line))
    if (!result.success) throw new Error(`hand drawing ${i + 1}: ${v.getDotPath(result.issues[0]) ?? ''}: ${result.issues[0].message}`)
    const { name, widthPx, usesPressure, strokes, landmarks } = result.output
    return { name, landmarks, strokes: strokes.map((points, n) => ({ id: `s${n}`, partIsChosen: false, widthPx, usesPressure, points })) }
  })
}

export const readHandDrawings = (): HandDrawing[] => parseHandDrawings(readFileSync(HAND_DRAWINGS_FILE, 'utf8'))
