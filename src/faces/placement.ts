/**
 * Where a drawing lies, compared with the mean face: the similarity (shift, turn, scale) that brings it there before it is rasterised for the generator, so that the
 * network may trust where a line lies instead of having learnt from shifted sketches that it cannot.
 *
 * Strokes know their part. Each drawn part gives an anchor, the centre of its ink, and people's anchors vary about the mean face's by a known covariance
 * (`partVariation.json`, measured on the training faces). The placement is the most likely one, found robustly: a part that was drawn elsewhere on purpose (a low
 * mouth) or was taken for another is an outlier and moves nothing. Little ink says little, so it leaves the drawing where it is, and a placement in use
 * stays until another explains the drawing clearly better: one more stroke never makes the face jump.
 */

import { SKETCH_SIZE_PX } from '../shared/units'
import { type Anchor, anchorsOf } from './anchors'
import { MEAN_LANDMARKS } from './meanFace'
import type { MeanFacePart, PartLine } from './parts'
import { agrees, mostLikely, robustCost } from './placementFit'
import { applyTo, IDENTITY, inverse, type Point, type Similarity } from './similarity'

const UPPER: ReadonlySet<MeanFacePart> = new Set(['leftEye', 'rightEye', 'leftBrow', 'rightBrow'])

/** Fewer parts say nothing about a placement. */
const LEAST_PARTS = 3
/** How much better (in squared standard deviations, robustly summed) another placement has to explain the drawing than the one in use. With three parts four of six numbers are fitted. */
const CLEARLY_BETTER = { threeParts: 17, more: 12 }
/** Nor is it worth a jump when nothing moves by more than this, in sketch pixels. */
const LEAST_MOVE_PX = 2.5
/** A drawing that lies about this near to the mean face's place was drawn over it. */
const NEAR_PX = 5

/**
 * The placement of a drawing.
 * @param lines its strokes, all parts, in sketch pixels
 * @param inUse what the drawing was placed by before its last change; the identity for a new one
 * @returns drawing → mean face; `inUse` itself unless another one is clearly better
 */
export function placementOf(lines: Iterable<PartLine>, inUse: Similarity = IDENTITY): Similarity {
  return placementOfAnchors(anchorsOf(lines), inUse)
}

/** The same from the middles of parts, however they were found. */
export function placementOfAnchors(anchors: readonly Anchor[], inUse: Similarity = IDENTITY): Similarity {
  if (anchors.length < LEAST_PARTS) return IDENTITY
  const best = mostLikely(anchors)
  if (!best || !isWitnessed(anchors, best)) return isIdentity(inUse) ? IDENTITY : inUse
  const needed = anchors.length === LEAST_PARTS ? CLEARLY_BETTER.threeParts : CLEARLY_BETTER.more
  const gainOver = (placement: Similarity): number => robustCost(anchors, placement) - robustCost(anchors, best)
  if (gainOver(inUse) < needed || largestMove(inUse, best) < LEAST_MOVE_PX) return inUse
  return gainOver(IDENTITY) < needed || largestMove(IDENTITY, best) < NEAR_PX ? IDENTITY : best
}

export const isIdentity = ({ a, b, dx, dy }: Similarity): boolean => a === 1 && b === 0 && dx === 0 && dy === 0

/** Farthest that a landmark of the mean face lies apart under two placements, in sketch pixels. */
export function largestMove(one: Similarity, other: Similarity): number {
  // Landmarks in the drawing under one of them, and where the other takes them.
  const back = inverse(one)
  const distances = MEAN_LANDMARKS.map(([x, y]) => {
    const at: Point = [x * SKETCH_SIZE_PX, y * SKETCH_SIZE_PX]
    const [u, v] = applyTo(other, applyTo(back, at))
    return Math.hypot(u - at[0], v - at[1])
  })
  return Math.max(...distances)
}

/**
 * A placement needs parts from above and below that agree on it, or eyes set wide apart would be taken for a large drawing; and more than half of what is drawn.
 */
function isWitnessed(anchors: readonly Anchor[], placement: Similarity): boolean {
  const witnesses = anchors.filter((anchor) => agrees(anchor, placement))
  const upper = witnesses.filter(({ part }) => UPPER.has(part)).length
  return upper > 0 && upper < witnesses.length && witnesses.length >= LEAST_PARTS && 2 * witnesses.length > anchors.length
}
