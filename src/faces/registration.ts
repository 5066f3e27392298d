/**
 * The placement of a bare picture, whose lines know no parts: a scan, a file on the command line. Robust registration of its ink to the mean contour: a coarse search over
 * shift, turn and scale on a clipped distance transform of the ink (chamfer matching, Borgefors 1988), the best refined in steps that halve, then each part
 * by itself, which gives the same anchors as strokes that know their part.
 *
 * Hair, shading and notes are ink that no part of the contour asks for: distances are clipped, so that they cost the same wherever the face is sought.
 */

import { convexHull, insidePolygon, resample } from '../shared/polyline'
import { ANCHOR_PARTS, type Anchor, meanPart } from './anchors'
import { covered, distances, GRID_PX, inkOf, inkPoints, LEAST_INK, looked, nearestInkOf, PX, type Samples, type Scene } from './inkField'
import { meanFaceContours } from './meanFace'
import { isIdentity, largestMove, placementOfAnchors } from './placement'
import { placementWithShape } from './shapeFit'
import { about, applyTo, compose, IDENTITY, inverse, type Point, type Similarity, scaleOf, turnDegreesOf } from './similarity'

/** Distances count up to this, in sketch pixels: of the contour from the ink, and of the ink from the contour. */
const CLIP_PX = { contour: 24, ink: 40 }
/** Ink that no part asks for counts this much of what a contour without ink does. */
const INK_SHARE = 0.35
/** Parts count the same by size of what they say, not by the length of their lines. */
const PART_WEIGHT = { leftEye: 1, rightEye: 1, leftBrow: 0.6, rightBrow: 0.6, nose: 1, mouth: 1.2, jaw: 1.2 } as const

const SEARCH = { scales: scaleSteps(0.5, 2, 1.13), turnsDegrees: [-25, -20, -15, -10, -5, 0, 5, 10, 15, 20, 25], shiftPx: 16 }
/** Of what is sought: contour → picture. */
const LIMITS = { leastScale: 0.45, mostScale: 2.2, mostTurnDegrees: 30 }
const SAMPLES = { coarse: 18, fine: 5 }
const KEPT = { coarse: 160, fine: 10 }
const FIRST_STEPS = { logScale: 0.06, turnDegrees: 3, shiftPx: 7 }
const HALVINGS = 5
/** How far a part of a person may lie from its place once the face was found, in sketch pixels; and how much of its line must have ink how near for it to count as found. */
const PART_REACH_PX = 22
/** A person's proportions move a placement by no more than this, in sketch pixels. */
const SHARPENED_PX = 20
const FOUND = { share: 0.5, px: 4.5, jawPx: 9 }
/** Below this a picture hardly looks like a face. */
export const LEAST_CONFIDENCE = 0.5
/** And below this it is not moved: what is not surely a face stays where it was drawn. */
const PLACED_CONFIDENCE = 0.7
/** Ink counts as a contour's within this distance of it, in sketch pixels of the mean face, */
const ON_CONTOUR_PX = 9
/** and a face has at least this much more of it there than any page of lines would have. */
const ENOUGH_CLEARNESS = 0.3

export interface Registration {
  /** Picture → mean face, in sketch pixels; the identity when it lies there already or nothing was found. */
  readonly placement: Similarity
  /** 0–1: how much of a face was found. */
  readonly confidence: number
}

/** @param grey `[sizePx · sizePx]`, 255 paper, 0 ink */
export function registerPicture(grey: ArrayLike<number>, sizePx: number): Registration {
  const isInk = inkOf(grey, sizePx)
  const inkCount = isInk.reduce((sum, ink) => sum + ink, 0)
  if (inkCount < LEAST_INK) return { placement: IDENTITY, confidence: 0 }
  const scene: Scene = { toInk: distances(isInk, CLIP_PX.contour), ink: inkPoints(isInk, inkCount) }
  const found = refined(coarse(scene), scene)
  const anchors = foundAnchors(found, scene)
  const share = anchors.reduce((sum, { part }) => sum + PART_WEIGHT[part], 0) / totalWeight()
  const confidence = share * Math.min(1, clearness(found, scene) / ENOUGH_CLEARNESS)
  if (confidence < PLACED_CONFIDENCE) return { placement: IDENTITY, confidence }
  const placement = placementOfAnchors(anchors)
  return { placement: isIdentity(placement) ? placement : sharpened(placement, isInk), confidence }
}

/** The placement with the person's proportions told from it; itself where that leads away. */
function sharpened(placement: Similarity, isInk: Uint8Array): Similarity {
  const better = placementWithShape(placement, nearestInkOf(isInk))
  return better && largestMove(placement, better) < SHARPENED_PX ? better : placement
}

function scaleSteps(least: number, most: number, factor: number): number[] {
  const count = Math.round(Math.log(most / least) / Math.log(factor))
  return Array.from({ length: count + 1 }, (_, i) => least * (most / least) ** (i / count))
}

const knownSamples = new Map<string, Samples>()

/** The mean contour, or one part of it, each part with its weight and all of it with 1. */
function meanSamples(spacingPx: number, only: Anchor['part'] | null = null): Samples {
  const key = `${spacingPx} ${only}`
  const known = knownSamples.get(key)
  if (known) return known
  const parts = ANCHOR_PARTS.filter((part) => only === null || part === only)
  const points = parts.flatMap((part) => {
    const ofPart = meanFaceContours()
      .filter((contour) => contour.part === part)
      .flatMap((contour) => pairs(resample(contour.points, 2, spacingPx)))
    return ofPart.map(([x, y]) => [x, y, (only ? 1 : PART_WEIGHT[part] / totalWeight()) / ofPart.length] as const)
  })
  const column = (k: 0 | 1 | 2): Float64Array => Float64Array.from(points, (point) => point[k])
  const samples = { x: column(0), y: column(1), weight: column(2) }
  knownSamples.set(key, samples)
  return samples
}

const totalWeight = (): number => ANCHOR_PARTS.reduce((sum, part) => sum + PART_WEIGHT[part], 0)

function pairs(flat: readonly number[]): Point[] {
  return flat.flatMap((x, i) => (i % 2 === 0 ? [[x, flat[i + 1] ?? 0] as const] : []))
}

let meanDistances: Float32Array | null = null

/** Clipped distance of every grid pixel to the mean contour, in sketch pixels. */
function toMean(): Float32Array {
  if (!meanDistances) {
    const mask = new Uint8Array(GRID_PX * GRID_PX)
    const { x, y } = meanSamples(1)
    for (let i = 0; i < x.length; i++) mask[Math.floor((y[i] ?? 0) / PX) * GRID_PX + Math.floor((x[i] ?? 0) / PX)] = 1
    meanDistances = distances(mask, CLIP_PX.ink)
  }
  return meanDistances
}

/** How far the contour, brought into the picture by `toPicture`, lies from ink. */
const contourCost = (toPicture: Similarity, { toInk }: Scene, samples: Samples): number =>
  looked(toInk, toPicture, samples, CLIP_PX.contour) / CLIP_PX.contour

/** And how far the ink lies from the contour, or a small face inside hatching would fit best. */
const inkCost = (toPicture: Similarity, { ink }: Scene): number => looked(toMean(), inverse(toPicture), ink, CLIP_PX.ink) / CLIP_PX.ink

const fullCost = (toPicture: Similarity, scene: Scene, samples: Samples): number =>
  contourCost(toPicture, scene, samples) + INK_SHARE * inkCost(toPicture, scene)

interface Candidate {
  readonly toPicture: Similarity
  readonly cost: number
}

/** The best of a grid of shifts, turns and scales; and the place of the mean face itself. */
function coarse(scene: Scene): Similarity[] {
  const samples = meanSamples(SAMPLES.coarse)
  const middle = meanPart('nose').at
  const { x: xs, y: ys } = scene.ink
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
  const best: Candidate[] = []
  for (const scale of SEARCH.scales) {
    for (const turn of SEARCH.turnsDegrees) {
      for (let x = left; x <= right; x += SEARCH.shiftPx * scale) {
        for (let y = top; y <= bottom; y += SEARCH.shiftPx * scale) {
          const toPicture = about(middle, scale, turn, [x - middle[0], y - middle[1]])
          keep(best, { toPicture, cost: contourCost(toPicture, scene, samples) }, KEPT.coarse)
        }
      }
    }
  }
  const ranked = [...best.map(({ toPicture }) => toPicture), IDENTITY]
    .map((toPicture) => ({ toPicture, cost: fullCost(toPicture, scene, samples) }))
    .sort((a, b) => a.cost - b.cost)
  return ranked.slice(0, KEPT.fine).map(({ toPicture }) => toPicture)
}

/** Keeps the `count` cheapest, in order. */
function keep(best: Candidate[], candidate: Candidate, count: number): void {
  const last = best[best.length - 1]
  if (best.length >= count && last && candidate.cost >= last.cost) return
  let [low, high] = [0, best.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((best[middle]?.cost ?? 0) <= candidate.cost) low = middle + 1
    else high = middle
  }
  best.splice(low, 0, candidate)
  if (best.length > count) best.pop()
}

/** Pattern search (Hooke and Jeeves 1961) from each start; the best end. */
function refined(starts: readonly Similarity[], scene: Scene): Similarity {
  const samples = meanSamples(SAMPLES.fine)
  let best: Candidate = { toPicture: IDENTITY, cost: Number.POSITIVE_INFINITY }
  for (const start of starts) {
    let now: Candidate = { toPicture: start, cost: fullCost(start, scene, samples) }
    for (let halving = 0; halving <= HALVINGS; halving++) {
      for (let next = step(now, 2 ** -halving, scene, samples); next; next = step(now, 2 ** -halving, scene, samples)) now = next
    }
    if (now.cost < best.cost) best = now
  }
  return best.toPicture
}

/** Smaller, everything fits onto any line. */
function isSought(toPicture: Similarity): boolean {
  const scale = scaleOf(toPicture)
  return scale >= LIMITS.leastScale && scale <= LIMITS.mostScale && Math.abs(turnDegreesOf(toPicture)) <= LIMITS.mostTurnDegrees
}

/** The best of the eight neighbours, if it is better. */
function step(now: Candidate, size: number, scene: Scene, samples: Samples): Candidate | null {
  const middle = applyTo(now.toPicture, meanPart('nose').at)
  const { logScale, turnDegrees, shiftPx } = FIRST_STEPS
  let best: Candidate | null = null
  for (const sign of [-size, size]) {
    const changes = [
      about(middle, Math.exp(sign * logScale), 0, [0, 0]),
      about(middle, 1, sign * turnDegrees, [0, 0]),
      about(middle, 1, 0, [sign * shiftPx, 0]),
      about(middle, 1, 0, [0, sign * shiftPx]),
    ]
    for (const change of changes) {
      const toPicture = compose(change, now.toPicture)
      if (!isSought(toPicture)) continue
      const cost = fullCost(toPicture, scene, samples)
      if (cost < (best ?? now).cost - 1e-9) best = { toPicture, cost }
    }
  }
  return best
}

/** Each part sought by itself round its place: people's parts lie apart from the mean face's, and a part that is not there has no anchor. */
function foundAnchors(toPicture: Similarity, scene: Scene): Anchor[] {
  const scale = Math.hypot(toPicture.a, toPicture.b)
  return ANCHOR_PARTS.flatMap((part) => {
    const samples = meanSamples(SAMPLES.fine, part)
    let best = { shift: [0, 0] as Point, cost: Number.POSITIVE_INFINITY }
    for (let dx = -PART_REACH_PX; dx <= PART_REACH_PX; dx += 2) {
      for (let dy = -PART_REACH_PX; dy <= PART_REACH_PX; dy += 2) {
        const shifted = compose(toPicture, { ...IDENTITY, dx, dy })
        const px = (CLIP_PX.contour * contourCost(shifted, scene, samples)) / scale
        // Between places that fit alike the nearer one.
        const cost = px + Math.hypot(dx, dy) / PART_REACH_PX
        if (cost < best.cost) best = { shift: [dx, dy], cost }
      }
    }
    const near = (part === 'jaw' ? FOUND.jawPx : FOUND.px) * scale
    if (covered(compose(toPicture, { ...IDENTITY, dx: best.shift[0], dy: best.shift[1] }), scene, samples, near) < FOUND.share) return []
    const mean = meanPart(part)
    const [x, y] = [mean.at[0] + best.shift[0], mean.at[1] + best.shift[1]]
    return [{ part, at: applyTo(toPicture, [x, y]), lengthPx: mean.lengthPx * scale }]
  })
}

let faceArea: { readonly inside: Uint8Array; readonly bandShare: number } | null = null

/** Where the mean face is, as a hull of its contour, and the share of that area which lies along the contour. */
function meanArea(): { readonly inside: Uint8Array; readonly bandShare: number } {
  if (!faceArea) {
    const hull = convexHull(
      meanFaceContours().flatMap(({ points }) => points),
      2,
    )
    const inside = Uint8Array.from({ length: GRID_PX * GRID_PX }, (_, i) =>
      insidePolygon(hull, PX * ((i % GRID_PX) + 0.5), PX * (Math.floor(i / GRID_PX) + 0.5)) ? 1 : 0,
    )
    const count = inside.reduce((sum, value) => sum + value, 0)
    const band = inside.reduce((sum, value, i) => sum + (value === 1 && (toMean()[i] ?? 0) <= ON_CONTOUR_PX ? 1 : 0), 0)
    faceArea = { inside, bandShare: band / count }
  }
  return faceArea
}

/** How much more of the ink inside the face lies along the contour than of ink that is everywhere: 0 such ink, 1 a bare contour. */
function clearness(toPicture: Similarity, { ink }: Scene): number {
  const { inside, bandShare } = meanArea()
  const back = inverse(toPicture)
  let [within, along] = [0, 0]
  for (let i = 0; i < ink.x.length; i++) {
    const [x, y] = applyTo(back, [ink.x[i] ?? 0, ink.y[i] ?? 0])
    const [column, row] = [Math.floor(x / PX), Math.floor(y / PX)]
    if (column < 0 || row < 0 || column >= GRID_PX || row >= GRID_PX || inside[row * GRID_PX + column] === 0) continue
    within++
    if ((toMean()[row * GRID_PX + column] ?? 0) <= ON_CONTOUR_PX) along++
  }
  return within === 0 ? 0 : Math.max(0, (along / within - bandShare) / (1 - bandShare))
}
