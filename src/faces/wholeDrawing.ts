/**
 * Where a whole drawing lies, before any of its parts is known: a page that was photographed, or drawn small, is to be known by how its lines lie to each other and not by
 * where they happen to be. Each long line that looks like a line of the face says where the face would be; the place that explains the most lines best is taken, if it
 * explains them clearly better than the mean face's own place.
 */

import { SKETCH_SIZE_PX } from '../shared/units'
import { IN_PLACE, type Placement, placed, unplaced } from './drawnFace'
import { LEAST_SHAPE_PX } from './lineFit'
import { type LineShape, shapeDistance, shapeOf } from './lineShape'
import { type PartTemplate, partTemplates } from './partTemplates'

const STROKE_STRIDE = 3
/** The longest lines decide, and none that is much shorter than the longest. */
const WITNESSES = 24
const SEEDS = 8
const LEAST_LENGTH_SHARE = 0.05
/** What a line costs under a place, as in `partAssignment`: 1 is a common deviation, of the shape in radii, of the size as a logarithm, of the place in sketch pixels of the mean face. */
const COST = { shape: 0.024, size: 0.38, placePx: 20, most: 6.5, taken: 2.5, explained: 3.5 }
/** A seed must look like its line. */
const SEED_SHAPE = 0.12
const LEAST_EXPLAINED = 3
/** Another place has to be this much better than the mean face's own. */
const CLEARLY_BETTER = 4
const LIMITS = { leastScale: 0.3, mostScale: 3 }
/** Common deviations of a drawing's place, before anything is known of it. */
const PRIOR = { logScale: 0.5, shiftPx: 80 }

interface Witness {
  readonly shape: LineShape
  /** By template, what its shape costs; infinite where it is none of it. */
  readonly shapeCosts: readonly number[]
}

/** @param lines flat x, y, pressure in sketch pixels; @returns mean face → drawing; `IN_PLACE` itself unless another place is clearly better */
export function placeOfDrawing(lines: readonly (readonly number[])[]): Placement {
  const witnesses = witnessesOf(lines)
  if (witnesses.length < LEAST_EXPLAINED) return IN_PLACE
  const inPlace = explain(witnesses, IN_PLACE)
  let best = inPlace
  for (const seed of seedsOf(witnesses)) {
    const found = explain(witnesses, seed)
    if (found.explained.length < LEAST_EXPLAINED || found.cost >= best.cost + 1) continue
    const refined = explain(witnesses, fitted(found.explained) ?? seed)
    for (const one of [found, refined]) if (one.explained.length >= LEAST_EXPLAINED && one.cost < best.cost) best = one
  }
  return inPlace.cost - best.cost >= CLEARLY_BETTER ? best.placement : IN_PLACE
}

/** A line as if the drawing lay in the mean face's place; the pressure stays. */
export function broughtHome(placement: Placement, points: readonly number[]): readonly number[] {
  if (placement === IN_PLACE) return points
  const out = [...points]
  for (let i = 0; i + 1 < out.length; i += STROKE_STRIDE) {
    const { x, y } = unplaced(placement, out[i] ?? 0, out[i + 1] ?? 0)
    out[i] = x
    out[i + 1] = y
  }
  return out
}

function witnessesOf(lines: readonly (readonly number[])[]): Witness[] {
  const shapes = lines
    .map((points) => shapeOf(points, STROKE_STRIDE))
    .filter(({ lengthPx, radiusPx }) => lengthPx >= LEAST_SHAPE_PX && radiusPx > 0)
    .sort((a, b) => b.lengthPx - a.lengthPx)
  const least = LEAST_LENGTH_SHARE * (shapes[0]?.lengthPx ?? 0)
  return shapes
    .slice(0, WITNESSES)
    .filter(({ lengthPx }) => lengthPx >= least)
    .map((shape) => ({
      shape,
      shapeCosts: partTemplates().map((template) => shapeDistance(shape, template.shape, COST.most * COST.shape) / COST.shape),
    }))
}

/** Where the face would be if this line were that line of it. */
function* seedsOf(witnesses: readonly Witness[]): Generator<Placement> {
  for (const { shape, shapeCosts } of witnesses.slice(0, SEEDS)) {
    for (const [i, { shape: mean }] of partTemplates().entries()) {
      const scale = shape.radiusPx / mean.radiusPx
      if ((shapeCosts[i] ?? Number.POSITIVE_INFINITY) * COST.shape > SEED_SHAPE || !isPossible(scale)) continue
      const { x, y } = placed({ scale, dx: 0, dy: 0 }, mean.x, mean.y)
      yield { scale, dx: shape.x - x, dy: shape.y - y }
    }
  }
}

const isPossible = (scale: number): boolean => scale >= LIMITS.leastScale && scale <= LIMITS.mostScale

interface Explained {
  readonly shape: LineShape
  readonly template: PartTemplate
}

interface Explanation {
  readonly placement: Placement
  readonly cost: number
  readonly explained: readonly Explained[]
}

/** What all witnesses cost under a place, each as the line of the face that it most likely is. */
function explain(witnesses: readonly Witness[], placement: Placement): Explanation {
  const templates = partTemplates()
  const taken = new Set<string>()
  const explained: Explained[] = []
  let cost = (Math.log(placement.scale) / PRIOR.logScale) ** 2 + (placement.dx ** 2 + placement.dy ** 2) / PRIOR.shiftPx ** 2
  for (const { shape, shapeCosts } of witnesses) {
    let least: number = COST.most
    let like: PartTemplate | null = null
    for (const [i, template] of templates.entries()) {
      const own = (shapeCosts[i] ?? COST.most) + deviation(shape, template.shape, placement) + (isTaken(taken, template) ? COST.taken : 0)
      if (own >= least) continue
      least = own
      like = template
    }
    cost += least
    if (!like) continue
    for (const id of like.contours) taken.add(id)
    if (least <= COST.explained) explained.push({ shape, template: like })
  }
  return { placement, cost, explained }
}

const isTaken = (taken: ReadonlySet<string>, { contours }: PartTemplate): boolean => contours.some((id) => taken.has(id))

/** In sizes of the mean face, so that a small drawing is judged as strictly as a large one. */
function deviation(shape: LineShape, mean: LineShape, placement: Placement): number {
  const { x, y } = unplaced(placement, shape.x, shape.y)
  const larger = Math.log(shape.radiusPx / (placement.scale * mean.radiusPx)) / COST.size
  return larger * larger + ((x - mean.x) ** 2 + (y - mean.y) ** 2) / COST.placePx ** 2
}

/** Least squares of the middles and sizes of lines that are known. */
function fitted(lines: readonly Explained[]): Placement | null {
  const middle = SKETCH_SIZE_PX / 2
  const mean = (value: (line: Explained) => number): number => lines.reduce((sum, line) => sum + value(line), 0) / lines.length
  const [mx, my] = [mean(({ template }) => template.shape.x), mean(({ template }) => template.shape.y)]
  const [x, y] = [mean(({ shape }) => shape.x), mean(({ shape }) => shape.y)]
  let products = 0
  let squares = 0
  for (const { shape, template } of lines) {
    const [u, v, r] = [template.shape.x - mx, template.shape.y - my, template.shape.radiusPx]
    products += u * (shape.x - x) + v * (shape.y - y) + r * shape.radiusPx
    squares += u * u + v * v + r * r
  }
  const scale = products / squares
  if (!isPossible(scale)) return null
  return { scale, dx: x - middle - scale * (mx - middle), dy: y - middle - scale * (my - middle) }
}
