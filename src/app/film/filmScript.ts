/** What a film shows, in order: a history or the strokes of a drawing → scenes, each a drawing, what the pen adds to it, and how long it stands. */

import type { SketchDocument, Stroke } from '../../editor/document'
import type { Timeline } from '../../editor/history'

export const FILM_FPS = 30

/** Frames in which a stroke grows, and for which the drawing stands with its new face. */
export const FILM_SPEEDS = {
  slow: { grow: 14, stand: 8 },
  normal: { grow: 7, stand: 4 },
  fast: { grow: 3, stand: 2 },
} as const
export type FilmSpeed = keyof typeof FILM_SPEEDS

const FIRST_FRAMES = 20
const LAST_FRAMES = 75

export interface FilmScene {
  /** What lies on the page while the pen draws. */
  readonly before: readonly Stroke[]
  /** What the pen draws in this scene; empty for other edits. */
  readonly drawn: readonly Stroke[]
  readonly after: SketchDocument
  readonly growFrames: number
  readonly standFrames: number
}

/** The documents that led to the one on the page: what was undone is no part of the film. */
export function editsOf({ documents, position }: Timeline): readonly SketchDocument[] {
  return documents.slice(0, position + 1)
}

/** The drawing of now as if its strokes had come one by one; a stroke and its mirror image are one step. */
export function strokesOneByOne(document: SketchDocument): readonly SketchDocument[] {
  const steps = document.strokes.map((_, i) => i + 1).filter((count) => !isMirrored(document.strokes[count - 1], document.strokes[count]))
  return [0, ...steps].map((count) => ({ ...document, strokes: document.strokes.slice(0, count) }))
}

const MIDDLE_PX = 256

function isMirrored(stroke: Stroke | undefined, next: Stroke | undefined): boolean {
  if (!stroke || !next || stroke.points.length !== next.points.length) return false
  return stroke.points.every((value, i) => Math.abs((i % 3 === 0 ? 2 * MIDDLE_PX - value : value) - (next.points[i] ?? 0)) < 1e-6)
}

export function scenesOf(documents: readonly SketchDocument[], speed: FilmSpeed): FilmScene[] {
  const { grow, stand } = FILM_SPEEDS[speed]
  return documents.flatMap((after, i) => {
    const earlier = documents[i - 1]
    const isLast = i === documents.length - 1
    // Names and tags are not seen.
    if (earlier && !isLast && earlier.strokes === after.strokes && earlier.leftOut === after.leftOut) return []
    const drawn = earlier ? added(earlier.strokes, after.strokes) : []
    const standFrames = isLast ? LAST_FRAMES : earlier ? stand : FIRST_FRAMES
    return [{ before: earlier?.strokes ?? [], drawn, after, growFrames: drawn.length > 0 ? grow : 0, standFrames }]
  })
}

/** Strokes at the end that were not there; none where anything else changed as well. */
function added(before: readonly Stroke[], after: readonly Stroke[]): readonly Stroke[] {
  return before.every((stroke, i) => stroke === after[i]) ? after.slice(before.length) : []
}

export const framesOf = (scenes: readonly FilmScene[]): number =>
  scenes.reduce((sum, { growFrames, standFrames }) => sum + growFrames + standFrames, 0)
