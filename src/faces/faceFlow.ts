/**
 * Moves everything on a page along with the landmarks of its face, smoothly and without folding: landmarks and where they go → a map of the plane.
 *
 * Between the landmarks displacements are interpolated by multiquadrics (Hardy 1971; for faces Arad, Dyn, Reisfeld and Yeshurun 1994) with a constant: far away all moves alike, so that hair follows the
 * brows and temples and nothing runs off the page, as with thin plates. A large change is made in steps, each interpolated from where the one before has taken the
 * landmarks, so that lines that come near each other slide along and never cross (a flow, as in Christensen, Rabbitt and Miller 1996).
 */

import { solve } from '../shared/solve'
import { SKETCH_SIZE_PX } from '../shared/units'
import { type Landmarks68, pointAt } from './landmarks'
import type { Point } from './similarity'

/** How round the interpolation is about a landmark, in sketch pixels: about half the height of an eye. */
const ROUND_PX = 12
/** Landmarks that lie on each other (lips that are closed) need not move quite alike. */
const RIDGE = 0.6
/** A step moves no landmark by more than this. */
const STEP_PX = 4

/** The displacement of one step at a place. */
interface Step {
  readonly centres: readonly Point[]
  readonly weightsX: Float64Array
  readonly weightsY: Float64Array
  /** Far away. */
  readonly shift: Point
}

export type FaceFlow = (x: number, y: number) => Point

/** Landmarks in 0–1 of the page, the flow in sketch pixels. */
export function faceFlow(from: Landmarks68, to: Landmarks68): FaceFlow {
  const starts = from.map(([x, y]): Point => [x * SKETCH_SIZE_PX, y * SKETCH_SIZE_PX])
  const moves = starts.map(([x, y], i): Point => {
    const [u, v] = pointAt(to, i)
    return [u * SKETCH_SIZE_PX - x, v * SKETCH_SIZE_PX - y]
  })
  const farthest = Math.max(...moves.map(([x, y]) => Math.hypot(x, y)))
  if (farthest === 0) return (x, y) => [x, y]
  const count = Math.ceil(farthest / STEP_PX)
  const steps = Array.from({ length: count }, (_, k) =>
    stepOf(
      starts.map(([x, y], i): Point => [x + ((moves[i]?.[0] ?? 0) * k) / count, y + ((moves[i]?.[1] ?? 0) * k) / count]),
      moves.map(([x, y]): Point => [x / count, y / count]),
    ),
  )
  return (x, y) => {
    let at: Point = [x, y]
    for (const step of steps) at = moved(step, at)
    return at
  }
}

function stepOf(centres: readonly Point[], moves: readonly Point[]): Step {
  const matrix = centres.map(([x, y], i) => [
    ...centres.map(([u, v], j) => -Math.sqrt((x - u) ** 2 + (y - v) ** 2 + ROUND_PX ** 2) + (i === j ? RIDGE : 0)),
    1,
  ])
  matrix.push([...centres.map(() => 1), 0])
  const found = solve(matrix, [...moves.map(([x, y]) => [x, y]), [0, 0]])
  if (!found) throw new Error('The landmarks of a face do not say how it moves.')
  const column = (axis: 0 | 1): Float64Array => Float64Array.from(found.slice(0, -1), (row) => row[axis] ?? 0)
  return { centres, weightsX: column(0), weightsY: column(1), shift: [found.at(-1)?.[0] ?? 0, found.at(-1)?.[1] ?? 0] }
}

function moved({ centres, weightsX, weightsY, shift }: Step, [x, y]: Point): Point {
  let [dx, dy] = shift
  for (let i = 0; i < centres.length; i++) {
    const [u, v] = centres[i] ?? [0, 0]
    const distance = Math.sqrt((x - u) ** 2 + (y - v) ** 2 + ROUND_PX ** 2)
    dx -= (weightsX[i] ?? 0) * distance
    dy -= (weightsY[i] ?? 0) * distance
  }
  return [x + dx, y + dy]
}
