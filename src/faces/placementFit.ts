/**
 * Anchors → the placement that they make most likely: from the best of what any two parts say, by reweighting (Geman and McClure), to generalised least squares of
 * those that agree, with people's covariance.
 */

import { solve } from '../shared/solve'
import { type Anchor, covariance, meanPart, personVariance, variance } from './anchors'
import { describePlacement } from './placementWords'
import { applyTo, fitSimilarity, IDENTITY, type Similarity, scaleOf, turnDegreesOf } from './similarity'

/** What is beyond this is no drawing of an upright face on a page. */
const LIMITS = { leastScale: 0.3, mostScale: 3.5, mostTurnDegrees: 45 }
/** Beyond this many standard deviations an anchor is an outlier. */
const OUTLIER = 3
/** Standard deviations of a person's placement before anything is drawn; wide, so that they decide only where the ink says nothing. */
const PRIOR = { shiftPx: 150, turnDegrees: 20, logScale: 0.5 }
const ROUNDS = 12

/** Squared distances in standard deviations, each robustly: an outlier costs no more than `OUTLIER`² (Geman and McClure). */
export function robustCost(anchors: readonly Anchor[], placement: Similarity): number {
  const prior = (turnDegreesOf(placement) / PRIOR.turnDegrees) ** 2 + (Math.log(scaleOf(placement)) / PRIOR.logScale) ** 2
  const { rightPx, downPx } = describePlacement(placement)
  const shift = (rightPx ** 2 + downPx ** 2) / PRIOR.shiftPx ** 2
  return anchors.reduce((sum, anchor) => {
    const squared = squaredDeviations(anchor, placement)
    return sum + squared / (1 + squared / OUTLIER ** 2)
  }, prior + shift)
}

function squaredDeviations(anchor: Anchor, placement: Similarity): number {
  const [x, y] = applyTo(placement, anchor.at)
  const [mx, my] = meanPart(anchor.part).at
  // Two axes of one variance: half the sum is the square of one of them.
  return ((x - mx) ** 2 + (y - my) ** 2) / (2 * variance(anchor, scaleOf(placement)))
}

function isPossible(placement: Similarity | null): placement is Similarity {
  if (!placement) return false
  const scale = scaleOf(placement)
  return scale >= LIMITS.leastScale && scale <= LIMITS.mostScale && Math.abs(turnDegreesOf(placement)) <= LIMITS.mostTurnDegrees
}

/** From the best of what any two parts say, by reweighting, to the most likely placement of the parts that agree. */
export function mostLikely(anchors: readonly Anchor[]): Similarity | null {
  const from = anchors.map(({ at }) => at)
  const to = anchors.map(({ part }) => meanPart(part).at)
  const candidates = [
    IDENTITY,
    fitSimilarity(
      from,
      to,
      anchors.map((anchor) => 1 / variance(anchor, 1)),
    ),
  ]
  for (let i = 0; i < anchors.length; i++) {
    for (let j = 0; j < i; j++)
      candidates.push(
        fitSimilarity(
          from,
          to,
          anchors.map((_, k) => (k === i || k === j ? 1 : 0)),
        ),
      )
  }
  let best: { placement: Similarity; cost: number } | null = null
  for (const candidate of candidates) {
    if (!isPossible(candidate)) continue
    const cost = robustCost(anchors, candidate)
    if (!best || cost < best.cost) best = { placement: candidate, cost }
  }
  if (!best) return null
  let { placement } = best
  for (let round = 0; round < ROUNDS; round++) {
    const next = fitSimilarity(
      from,
      to,
      anchors.map((anchor) => weight(anchor, placement)),
    )
    if (!isPossible(next)) break
    placement = next
  }
  return (
    jointly(
      anchors.filter((anchor) => agrees(anchor, placement)),
      placement,
    ) ?? placement
  )
}

const weight = (anchor: Anchor, placement: Similarity): number =>
  1 / ((1 + squaredDeviations(anchor, placement) / OUTLIER ** 2) ** 2 * variance(anchor, scaleOf(placement)))

export const agrees = (anchor: Anchor, placement: Similarity): boolean => squaredDeviations(anchor, placement) < OUTLIER ** 2

/** Generalised least squares with people's covariance: what varies together (eyes and brows, mouth and jaw) counts once. */
function jointly(anchors: readonly Anchor[], start: Similarity): Similarity | null {
  const scale = scaleOf(start)
  const rows = anchors.flatMap(({ part }) => [meanPart(part).row, meanPart(part).row + 1])
  const spread = rows.map((row, i) =>
    rows.map((column, j) => {
      const anchor = anchors[i >> 1]
      return covariance(row, column) + (i === j && anchor ? variance(anchor, scale) - personVariance(meanPart(anchor.part).row) : 0)
    }),
  )
  const design = anchors.flatMap(({ at: [x, y] }) => [
    [x, -y, 1, 0],
    [y, x, 0, 1],
  ])
  const wanted = anchors.flatMap(({ part }) => meanPart(part).at)
  const whitened = solve(
    spread,
    design.map((row, i) => [...row, wanted[i] ?? 0]),
  )
  if (!whitened) return null
  const normal = [0, 1, 2, 3].map((p) =>
    [0, 1, 2, 3, 4].map((q) => design.reduce((sum, row, i) => sum + (row[p] ?? 0) * (whitened[i]?.[q] ?? 0), 0)),
  )
  const solution = solve(
    normal.map((row) => row.slice(0, 4)),
    normal.map((row) => row.slice(4)),
  )
  if (!solution) return null
  const [a = 1, b = 0, dx = 0, dy = 0] = solution.map(([value]) => value)
  const found = { a, b, dx, dy }
  return isPossible(found) ? found : null
}
