/** Base drawings of the lab: the mean face's strokes, every part a little of its own, by the editor's transforms. Seeded. */

import type { Stroke } from '../../../src/editor/document'
import { meanFaceStrokes } from '../../../src/editor/meanFaceStrokes'
import { type Affine, mirrorStroke, rotation, scaling, transformStroke, translation } from '../../../src/editor/strokeGeometry'
import type { Part } from '../../../src/faces/parts'
import { mulberry32 } from '../../../src/shared/rng'

/** Uniform within ±`reach`. */
export type Random = (reach: number) => number

export function seeded(seed: number): Random {
  const next = mulberry32(seed)
  return (reach) => reach * (2 * next() - 1)
}

/** Centres of the mean face's parts in sketch pixels, those of a pair the left one's. */
export const CENTRES = {
  jaw: [256, 300],
  leftBrow: [188, 216],
  leftEye: [193, 247],
  nose: [256, 310],
  mouth: [256, 385],
} as const
export type EditedPart = keyof typeof CENTRES

const MIRRORED: Readonly<Partial<Record<Part, EditedPart>>> = { rightBrow: 'leftBrow', rightEye: 'leftEye' }

/** Strokes of a part, and of its twin on the other side in mirror image. */
export function editPart(strokes: readonly Stroke[], part: EditedPart, edit: (stroke: Stroke) => Stroke): Stroke[] {
  return strokes.map((stroke) => {
    if (stroke.part === part) return edit(stroke)
    return MIRRORED[stroke.part] === part ? mirrorStroke(edit(mirrorStroke(stroke))) : stroke
  })
}

export interface Change {
  readonly sx?: number
  readonly sy?: number
  readonly dx?: number
  readonly dy?: number
  /** Clockwise. */
  readonly radians?: number
}

/** Scaled and turned about the part's centre, then moved: what the select tool does. */
export function changed(strokes: readonly Stroke[], part: EditedPart, { sx = 1, sy = 1, dx = 0, dy = 0, radians = 0 }: Change): Stroke[] {
  const [x, y] = CENTRES[part]
  const steps: readonly Affine[] = [scaling(sx, sy, x, y), rotation(radians, x, y), translation(dx, dy)]
  return editPart(strokes, part, (stroke) => steps.reduce(transformStroke, stroke))
}

/** Every point of a part's strokes moved by `shift(x, y)`: what the reshape tool does. */
export function bent(strokes: readonly Stroke[], part: EditedPart, shift: (x: number, y: number) => readonly [number, number]): Stroke[] {
  return editPart(strokes, part, (stroke) => {
    const points = [...stroke.points]
    for (let i = 0; i + 2 < points.length; i += 3) {
      const [x = 0, y = 0] = points.slice(i, i + 2)
      const [dx, dy] = shift(x, y)
      points[i] = Math.round(100 * (x + dx)) / 100
      points[i + 1] = Math.round(100 * (y + dy)) / 100
    }
    return { ...stroke, points }
  })
}

/** A whole face; eye corners stay near the thesis's point (170, 250). */
export function person(seed: number): Stroke[] {
  const random = seeded(seed)
  let n = 0
  let strokes = meanFaceStrokes(() => `line-${n++}`)
  strokes = changed(strokes, 'jaw', { sx: 1 + random(0.06), sy: 1 + random(0.05) })
  strokes = changed(strokes, 'leftBrow', { dy: random(5), sy: 1 + random(0.35), radians: random(0.09) })
  strokes = changed(strokes, 'leftEye', { sx: 1 + random(0.08), sy: 1 + random(0.25), dx: random(2), dy: random(2), radians: random(0.07) })
  strokes = changed(strokes, 'nose', { sx: 1 + random(0.15), sy: 1 + random(0.08) })
  return changed(strokes, 'mouth', { sx: 1 + random(0.14), sy: 1 + random(0.25), dy: random(5) })
}
