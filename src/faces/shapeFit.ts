/**
 * Where a face lies, found together with what it is like: a similarity and the modes of a point distribution model (Cootes et al. 1995) fitted to ink, so that a person's own
 * proportions (eyes set wide, a long chin) are not taken for another placement.
 *
 * Each round takes the nearest ink of every point of the face's contour, robustly, and solves for placement and shape at once by least squares, people's
 * deviations along the modes being known.
 */

import { solve } from '../shared/solve'
import { SKETCH_SIZE_PX } from '../shared/units'
import { MEAN_LANDMARKS } from './meanFace'
import { CONTOUR_LINES } from './parts'
import model from './shapeModel.json' with { type: 'json' }
import { applyTo, compose, inverse, type Point, type Similarity, scaleOf } from './similarity'

const ROUNDS = 12
/** Ink and contour differ by about this, in sketch pixels of the mean face: the pen, the grid, and what the modes leave out. */
const INK_DEVIATION_PX = 3
/** A point whose ink lies this many deviations away says hardly anything (Geman and McClure). */
const OUTLIER = 2.5
/** Along a line the nearest ink is near wherever the face lies: it hardly counts. */
const ALONG = 0.05
/** Neighbouring points of a line say much the same: each counts for this part of one that says something new. */
const INDEPENDENT = 0.25

/** Points of the contour: a landmark, or the middle of two. Each is linear in the landmarks. */
const POINTS: readonly (readonly [number, number])[] = CONTOUR_LINES.flatMap(({ indices }) =>
  indices.flatMap((index, i) =>
    i + 1 < indices.length ? [[index, index] as const, [index, indices[i + 1] ?? index] as const] : [[index, index] as const],
  ),
)
const LINE_OF = CONTOUR_LINES.flatMap(({ indices }, line) => new Array<number>(2 * indices.length - 1).fill(line))
const MODES = model.modes.map((mode) => POINTS.map(([i, j]) => middle(pairAt(mode, i), pairAt(mode, j))))
const MEAN = POINTS.map(([i, j]) => {
  const at = (index: number): Point => [
    (MEAN_LANDMARKS[index]?.[0] ?? 0) * SKETCH_SIZE_PX,
    (MEAN_LANDMARKS[index]?.[1] ?? 0) * SKETCH_SIZE_PX,
  ]
  return middle(at(i), at(j))
})

/** Unit vectors across the line at each point. */
const ACROSS = POINTS.map((pair, j): Point => {
  const [before, after] = [sameLine(j - 1, j), sameLine(j + 1, j)]
  const [x, y] = [(MEAN[after]?.[0] ?? 0) - (MEAN[before]?.[0] ?? 0), (MEAN[after]?.[1] ?? 0) - (MEAN[before]?.[1] ?? 0)]
  const length = Math.hypot(x, y) || 1
  return pair ? [-y / length, x / length] : [1, 0]
})

/** A neighbour, or the point itself at the end of its line. */
function sameLine(neighbour: number, j: number): number {
  const [one, other] = [POINTS[neighbour], POINTS[j]]
  return one && other && LINE_OF[neighbour] === LINE_OF[j] ? neighbour : j
}

function pairAt(flat: readonly number[], i: number): Point {
  return [flat[2 * i] ?? 0, flat[2 * i + 1] ?? 0]
}

function middle([ax, ay]: Point, [bx, by]: Point): Point {
  return [(ax + bx) / 2, (ay + by) / 2]
}

/**
 * @param start picture → mean face, in sketch pixels, about right
 * @param nearestInk the ink nearest to a point of the picture; `null` when there is none near
 * @returns picture → mean face; `null` when hardly any of the contour has ink near
 */
export function placementWithShape(start: Similarity, nearestInk: (at: Point) => Point | null): Similarity | null {
  let placement = start
  let weights = MODES.map(() => 0)
  for (let round = 0; round < ROUNDS; round++) {
    const next = oneRound(placement, weights, nearestInk)
    if (!next) return null
    placement = compose(next.correction, placement)
    weights = next.weights
  }
  return placement
}

interface Round {
  /** Of the picture's points in the mean face's place. */
  readonly correction: Similarity
  /** Of the modes, in sketch pixels. */
  readonly weights: number[]
}

function oneRound(placement: Similarity, weights: readonly number[], nearestInk: (at: Point) => Point | null): Round | null {
  const toPicture = inverse(placement)
  const count = 4 + MODES.length
  const normal = Array.from({ length: count }, () => new Array<number>(count).fill(0))
  const right = new Array<number>(count).fill(0)
  let known = 0
  for (const [j, mean] of MEAN.entries()) {
    const face = moved(mean, j, weights)
    const ink = nearestInk(applyTo(toPicture, face))
    if (!ink) continue
    known++
    const [x, y] = applyTo(placement, ink)
    const squared = ((x - face[0]) ** 2 + (y - face[1]) ** 2) / INK_DEVIATION_PX ** 2
    const weight = INDEPENDENT / (INK_DEVIATION_PX ** 2 * (1 + squared / OUTLIER ** 2) ** 2)
    // (1 + a) u + b Ju + d = mean + modes: unknown are a, b, d and the modes' weights.
    const across = ACROSS[j] ?? [1, 0]
    for (const [[p, q], share] of [
      [across, 1],
      [[-across[1], across[0]], ALONG],
    ] as const) {
      const modes = MODES.map((mode) => -(p * (mode[j]?.[0] ?? 0) + q * (mode[j]?.[1] ?? 0)))
      addRow(normal, right, share * weight, [p * x + q * y, q * x - p * y, p, q, ...modes], p * (mean[0] - x) + q * (mean[1] - y))
    }
  }
  if (known < MEAN.length / 3) return null
  model.deviationsPx.forEach((deviation, k) => {
    const row = normal[4 + k]
    if (row) row[4 + k] = (row[4 + k] ?? 0) + 1 / deviation ** 2
  })
  const solution = solve(
    normal,
    right.map((value) => [value]),
  )?.map(([value = 0]) => value)
  if (!solution) return null
  const [a = 0, b = 0, dx = 0, dy = 0, ...found] = solution
  const correction = { a: 1 + a, b, dx, dy }
  return scaleOf(correction) > 0.5 ? { correction, weights: found } : null
}

function moved([x, y]: Point, j: number, weights: readonly number[]): Point {
  let [u, v] = [x, y]
  for (const [k, mode] of MODES.entries()) {
    u += (weights[k] ?? 0) * (mode[j]?.[0] ?? 0)
    v += (weights[k] ?? 0) * (mode[j]?.[1] ?? 0)
  }
  return [u, v]
}

function addRow(normal: number[][], right: number[], weight: number, row: readonly number[], wanted: number): void {
  for (const [i, value] of row.entries()) {
    right[i] = (right[i] ?? 0) + weight * value * wanted
    const target = normal[i] as number[]
    for (const [k, other] of row.entries()) target[k] = (target[k] ?? 0) + weight * value * other
  }
}
