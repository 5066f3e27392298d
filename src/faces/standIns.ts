/**
 * Half a drawing is the normal case: which lines of the mean face stand in for what has not been drawn yet, so that the generator always sees
 * a whole face and never the same line twice.
 *
 * Per part of the mean face, from all strokes of that part:
 * 1. nothing drawn: all its lines stand in; a mouth drawn as one line: lips that go along with it (bentLips.ts);
 * 2. the strokes that draw one of its lines, by their shape, say where the part lies and how large it is; all ink is looked at as if it lay in
 *    the mean place, and what stands in goes where the drawing is (a lower lid under the upper one);
 * 3. drawn in full (its ink is 60 % as long as the mean part, retraced ink counted once) or drawn elsewhere (a quarter of that length lies
 *    more than 30 px from every line of the part): none does;
 * 4. otherwise a line that was drawn, or whose own ink reaches half its length, is dropped. Ink belongs to the mean line nearest to it if it
 *    runs along it, so that an upper lid does not count as a lower one, nor a pupil as either. A line much longer than 30 px (the jaw) only
 *    gives way where it is drawn.
 */

import { type NearestPlace, nearestOnPolyline, polylineLength, resample } from '../shared/polyline'
import { bentLips } from './bentLips'
import { type Fit, fitOf } from './lineFit'
import { type Contour, meanFaceContours } from './meanFace'
import { MEAN_FACE_PARTS, type MeanFacePart, type Part, type PartLine } from './parts'

export type { PartLine } from './parts'

const STROKE_STRIDE = 3
/** Spacing at which ink is sampled; lengths are counted in it. */
const SAMPLE_PX = 6
/** A very long scribble is sampled more coarsely. */
const MOST_SAMPLES = 400
/** How far drawn ink may lie from a mean line that it replaces. */
const NEAR_PX = 30
/** Two mean lines this much apart in distance are equally near (the inner lips all but touch). */
const AMBIGUITY_PX = 4
const FULL_SHARE = 0.6
const ELSEWHERE_SHARE = 0.25
const LINE_SHARE = 0.5
/** Ink runs along a line if their directions differ by at most 45°. */
const ALONG_COSINE = Math.SQRT1_2
/** Lines longer than this give way piece by piece. */
const LONG_LINE_PX = 4 * NEAR_PX
/** What is left of a long line has to be at least this long to stand in. */
const LEAST_REST_PX = NEAR_PX

/** What one stroke says about its part, computed once a stroke and place. */
interface Evidence {
  readonly place: PartPlace
  /** Flat x, y, about `SAMPLE_PX` apart, as if the part lay in its mean place. */
  readonly samples: readonly number[]
  /** Length of ink that a sample stands for. */
  readonly pxEach: number
  readonly elsewherePx: number
  /** By contour: how much of the ink is nearest to it. */
  readonly inkPx: ReadonlyMap<Contour, number>
  /** By long contour: stretches of arc length that this ink replaces. */
  readonly covered: ReadonlyMap<Contour, readonly (readonly [number, number])[]>
}

const evidences = new WeakMap<PartLine, Evidence>()

/** Where a drawing has a part: mean place (x, y) → (scale · x + dx, scale · y + dy). */
interface PartPlace {
  readonly scale: number
  readonly dx: number
  readonly dy: number
}

const MEAN_PLACE: PartPlace = { scale: 1, dx: 0, dy: 0 }
/** A part that is no more off than this is in its mean place: the rest of it need not move. */
const IN_PLACE = { px: 3, scale: 0.06 }

/** The contour lines that complete `lines` to a whole face, all of the mean face when there are none; except for parts that are to be left out. */
export function standIns(lines: Iterable<PartLine>, leftOut: readonly MeanFacePart[] = []): Contour[] {
  const byPart = new Map<Part, PartLine[]>(MEAN_FACE_PARTS.map((part) => [part, []]))
  for (const line of lines) if (line.points.length >= STROKE_STRIDE) byPart.get(line.part)?.push(line)
  return MEAN_FACE_PARTS.flatMap((part) => (leftOut.includes(part) ? [] : partStandIns(part, byPart.get(part) ?? [])))
}

/** Parts of the mean face of which at least one line stands in. */
export function standInParts(contours: readonly Contour[]): MeanFacePart[] {
  return MEAN_FACE_PARTS.filter((part) => contours.some((contour) => contour.part === part))
}

export function isMeanFacePart(part: Part): part is MeanFacePart {
  return (MEAN_FACE_PARTS as readonly Part[]).includes(part)
}

function contoursOfPart(part: MeanFacePart): Contour[] {
  return meanFaceContours().filter((contour) => contour.part === part)
}

function partStandIns(part: MeanFacePart, lines: readonly PartLine[]): Contour[] {
  const contours = contoursOfPart(part)
  if (lines.length === 0) return contours
  const [only] = lines
  const lips = part === 'mouth' && only && lines.length === 1 ? bentLips(only) : null
  if (lips) return [...lips]
  const fits = lines.flatMap((line) => fitOf(line) ?? [])
  const place = placeOf(fits)
  const totalPx = contours.reduce((sum, contour) => sum + contour.lengthPx, 0)
  const drawn = evidenceOfAll(lines, part, place, totalPx)
  if (!drawn) return []
  const fitted = new Set(fits.flatMap((fit) => fit.template.contours))
  const rest = contours.flatMap((contour) => {
    if (fitted.has(contour.id)) return []
    if (contour.lengthPx > LONG_LINE_PX) return uncovered(contour, drawn)
    const inkPx = drawn.reduce((sum, evidence) => sum + (evidence.inkPx.get(contour) ?? 0), 0)
    return inkPx >= LINE_SHARE * contour.lengthPx ? [] : [contour]
  })
  return place === MEAN_PLACE ? rest : rest.map((contour) => movedContour(contour, place))
}

/** Where the strokes that draw a line of the part have it, longer lines counting more. */
function placeOf(fits: readonly Fit[]): PartPlace {
  let weights = 0
  let logScale = 0
  for (const { template, shape } of fits) {
    weights += template.shape.lengthPx
    logScale += template.shape.lengthPx * Math.log(shape.radiusPx / template.shape.radiusPx)
  }
  if (weights === 0) return MEAN_PLACE
  const scale = Math.exp(logScale / weights)
  const mean = (off: (fit: Fit) => number): number => fits.reduce((sum, fit) => sum + (fit.template.shape.lengthPx / weights) * off(fit), 0)
  const offX = mean(({ template, shape }) => shape.x - template.shape.x)
  const offY = mean(({ template, shape }) => shape.y - template.shape.y)
  if (Math.hypot(offX, offY) <= IN_PLACE.px && Math.abs(Math.log(scale)) <= IN_PLACE.scale) return MEAN_PLACE
  return {
    scale,
    dx: mean(({ template, shape }) => shape.x - scale * template.shape.x),
    dy: mean(({ template, shape }) => shape.y - scale * template.shape.y),
  }
}

const moved = new WeakMap<Contour, { readonly place: PartPlace; readonly contour: Contour }>()

/** The same object for the same place, as what is made of it is kept. */
function movedContour(contour: Contour, place: PartPlace): Contour {
  const known = moved.get(contour)
  if (known && samePlace(known.place, place)) return known.contour
  const { scale, dx, dy } = place
  const points = contour.points.map((value, i) => scale * value + (i % 2 === 0 ? dx : dy))
  const result = { ...contour, points, lengthPx: scale * contour.lengthPx }
  moved.set(contour, { place, contour: result })
  return result
}

function samePlace(a: PartPlace, b: PartPlace): boolean {
  return a.scale === b.scale && a.dx === b.dx && a.dy === b.dy
}

function evidenceOf(line: PartLine, part: MeanFacePart, place: PartPlace): Evidence {
  const known = evidences.get(line)
  if (known && samePlace(known.place, place)) return known
  const evidence = gatherEvidence(line, part, place)
  evidences.set(line, evidence)
  return evidence
}

function gatherEvidence(line: PartLine, part: MeanFacePart, place: PartPlace): Evidence {
  const lengthPx = polylineLength(line.points, STROKE_STRIDE) / place.scale
  const spacing = Math.max(SAMPLE_PX, lengthPx / MOST_SAMPLES)
  const drawn = resample(line.points, STROKE_STRIDE, spacing * place.scale).filter((_, i) => i % STROKE_STRIDE < 2)
  const samples = drawn.map((value, i) => (value - (i % 2 === 0 ? place.dx : place.dy)) / place.scale)
  const pxEach = lengthPx / (samples.length / 2)
  const contours = contoursOfPart(part)
  let elsewherePx = 0
  const inkPx = new Map<Contour, number>()
  const covered = new Map<Contour, [number, number][]>()
  for (let i = 0; i + 1 < samples.length; i += 2) {
    const places = contours.map((contour) => ({ contour, ...nearestOnPolyline(contour.points, 2, samples[i] ?? 0, samples[i + 1] ?? 0) }))
    const least = Math.min(...places.map((near) => near.distance))
    if (least > NEAR_PX) elsewherePx += pxEach
    else {
      for (const { contour, along } of linesFollowed(samples, i, places, least)) {
        inkPx.set(contour, (inkPx.get(contour) ?? 0) + pxEach)
        const stretches = covered.get(contour) ?? []
        stretches.push([along - spacing, along + spacing])
        covered.set(contour, stretches)
      }
    }
  }
  return { place, samples, pxEach, elsewherePx, inkPx, covered }
}

type Place = NearestPlace & { readonly contour: Contour }

/** The nearest mean lines along which the ink runs at sample `i`. Where two lines meet, a line's end counts only if nothing else is near. */
function linesFollowed(samples: readonly number[], i: number, places: readonly Place[], least: number): Place[] {
  const near = places.filter((place) => place.distance <= least + AMBIGUITY_PX)
  const amidst = near.filter(({ contour, along }) => along > 0 && along < contour.lengthPx)
  const candidates = amidst.length > 0 ? amidst : near.filter((place) => place.distance === least).slice(0, 1)
  const from = Math.max(0, i - 2)
  const to = Math.min(samples.length - 2, i + 2)
  const dx = (samples[to] ?? 0) - (samples[from] ?? 0)
  const dy = (samples[to + 1] ?? 0) - (samples[from + 1] ?? 0)
  return candidates.filter(({ contour, index }) => {
    const [ax = 0, ay = 0, bx = 0, by = 0] = contour.points.slice(index, index + 4)
    const cosine = Math.abs(dx * (bx - ax) + dy * (by - ay)) / (Math.hypot(dx, dy) * Math.hypot(bx - ax, by - ay))
    return cosine >= ALONG_COSINE
  })
}

/**
 * What all strokes of a part say; `null` as soon as they have drawn it in full, or elsewhere: of a page of thousands, few are looked at.
 * @param totalPx the length of the part's lines
 */
function evidenceOfAll(lines: readonly PartLine[], part: MeanFacePart, place: PartPlace, totalPx: number): Evidence[] | null {
  const drawn: Evidence[] = []
  const cells = new Map<string, [number, number][]>()
  let elsewherePx = 0
  let lengthPx = 0
  for (const line of lines) {
    const evidence = evidenceOf(line, part, place)
    drawn.push(evidence)
    elsewherePx += evidence.elsewherePx
    lengthPx += newInk(evidence, cells)
    if (elsewherePx >= ELSEWHERE_SHARE * totalPx || lengthPx >= FULL_SHARE * totalPx) return null
  }
  return drawn
}

/** Length of ink that is not retraced: samples closer than a sampling step to an earlier one do not count. Adds the others to `cells`. */
function newInk({ samples, pxEach }: Evidence, cells: Map<string, [number, number][]>): number {
  let length = 0
  for (let i = 0; i + 1 < samples.length; i += 2) {
    const x = samples[i] ?? 0
    const y = samples[i + 1] ?? 0
    if (hasNeighbour(cells, x, y)) continue
    const key = `${Math.floor(x / SAMPLE_PX)},${Math.floor(y / SAMPLE_PX)}`
    cells.set(key, [...(cells.get(key) ?? []), [x, y]])
    length += pxEach
  }
  return length
}

function hasNeighbour(cells: ReadonlyMap<string, readonly [number, number][]>, x: number, y: number): boolean {
  const column = Math.floor(x / SAMPLE_PX)
  const row = Math.floor(y / SAMPLE_PX)
  for (let c = column - 1; c <= column + 1; c++) {
    for (let r = row - 1; r <= row + 1; r++) {
      const near = cells.get(`${c},${r}`)?.some(([qx, qy]) => Math.hypot(x - qx, y - qy) < SAMPLE_PX * 0.7)
      if (near) return true
    }
  }
  return false
}

/** The pieces of a long contour that no ink has replaced. */
function uncovered(contour: Contour, drawn: readonly Evidence[]): Contour[] {
  const stretches = drawn.flatMap((evidence) => evidence.covered.get(contour) ?? []).sort((a, b) => a[0] - b[0])
  if (stretches.length === 0) return [contour]
  const rests: [number, number][] = []
  let from = 0
  for (const [start, end] of stretches) {
    if (start > from) rests.push([from, start])
    from = Math.max(from, end)
  }
  if (from < contour.lengthPx) rests.push([from, contour.lengthPx])
  return rests
    .filter(([start, end]) => end - start >= LEAST_REST_PX)
    .map(([start, end], i) => ({
      ...contour,
      id: `${contour.id}-${i}`,
      points: stretch(contour.points, start, end),
      lengthPx: end - start,
    }))
}

/** The part of a contour between two arc lengths. */
function stretch(points: readonly number[], start: number, end: number): number[] {
  const out: number[] = []
  let passed = 0
  for (let i = 0; i + 3 < points.length; i += 2) {
    const [ax = 0, ay = 0, bx = 0, by = 0] = points.slice(i, i + 4)
    const length = Math.hypot(bx - ax, by - ay)
    const at = (along: number): [number, number] => {
      const t = length > 0 ? (along - passed) / length : 0
      return [ax + t * (bx - ax), ay + t * (by - ay)]
    }
    if (passed + length > start && passed < end) {
      if (out.length === 0) out.push(...at(Math.max(start, passed)))
      out.push(...at(Math.min(end, passed + length)))
    }
    passed += length
  }
  return out
}
