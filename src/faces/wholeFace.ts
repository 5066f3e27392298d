/**
 * Changes of a whole face: where its landmarks go when it grows older, wider, or more unlike the mean face. Directions are what people differ by (`shapeDirections.json`, learnt from
 * synthetic people by `npm run evaluate -- --learn-variation`).
 *
 * They say how the proportions of a face go with age, sex and weight, and nothing of its skin, hair and eyes: those are the look's. The caricature is the
 * face's own difference from the mean face, exaggerated (Brennan 1985, Leonardo 18(3), 170–178); below 0 it is taken back, down to the mean face at −1.
 */

import { SKETCH_SIZE_PX } from '../shared/units'
import { type Landmarks68, pointAt } from './landmarks'
import { MEAN_LANDMARKS } from './meanFace'
import learnt from './shapeDirections.json' with { type: 'json' }
import { applyTo, fitSimilarity, IDENTITY, type Similarity } from './similarity'

/** In the order of a panel. */
export const QUALITIES = ['age', 'sex', 'width', 'fullness', 'jaw', 'low'] as const
export type Quality = (typeof QUALITIES)[number]
export const CHANGES = [...QUALITIES, 'caricature'] as const
export type Change = (typeof CHANGES)[number]

/** How much of each change, −1 to 1; what is missing is 0. */
export type WholeFaceAmounts = Readonly<Partial<Record<Change, number>>>

/**
 * What an amount of 1 is, in the units of the asset: about as far as the most different people differ from the mean face (two and a half deviations). Age goes beyond what people
 * reach, as its lines are few and fine: 90 years move a landmark by 5 px on average and by 15 at most (lips and lids).
 */
const FULL: Readonly<Record<Quality, number>> = { age: 9, sex: 1, width: 2, fullness: 0.9, jaw: 2.5, low: 2 }

const DIRECTIONS = new Map(learnt.directions.map(({ id, px }) => [id, px]))

export const isUnchanged = (amounts: WholeFaceAmounts): boolean => CHANGES.every((change) => (amounts[change] ?? 0) === 0)

/**
 * @param landmarks of the face as it is, in the mean face's place
 * @returns where they go
 */
export function changedLandmarks(landmarks: Landmarks68, amounts: WholeFaceAmounts): Landmarks68 {
  const own = amounts.caricature ? ownDifference(landmarks) : null
  return landmarks.map(([x, y], i) => {
    const [u, v] = own ? pointAt(own, i) : [0, 0]
    const part = amounts.caricature ?? 0
    return [x + part * u + directionOf(amounts, i, 0), y + part * v + directionOf(amounts, i, 1)] as const
  })
}

/** What the qualities move a landmark by, in 0–1. */
function directionOf(amounts: WholeFaceAmounts, index: number, axis: 0 | 1): number {
  let px = 0
  for (const quality of QUALITIES) px += (amounts[quality] ?? 0) * FULL[quality] * (DIRECTIONS.get(quality)?.[2 * index + axis] ?? 0)
  return px / SKETCH_SIZE_PX
}

/** A landmark this far off the mean face says little about where the face lies: it is the face's own. */
const OWN = 5 / SKETCH_SIZE_PX
const ROUNDS = 8

/**
 * How a face differs from the mean face that was brought to its place, size and turn: those are not its own. Brought there robustly (Geman and McClure), so
 * that one high brow is a high brow and not a low face.
 */
function ownDifference(landmarks: Landmarks68): Landmarks68 {
  let onto = IDENTITY
  let weights = landmarks.map(() => 1)
  for (let round = 0; round < ROUNDS; round++) {
    onto = fitSimilarity(MEAN_LANDMARKS, landmarks, weights) ?? IDENTITY
    weights = differenceFrom(landmarks, onto).map(([x, y]) => 1 / (1 + (x * x + y * y) / OWN ** 2) ** 2)
  }
  return differenceFrom(landmarks, onto)
}

function differenceFrom(landmarks: Landmarks68, onto: Similarity): Landmarks68 {
  return landmarks.map(([x, y], i) => {
    const [u, v] = applyTo(onto, pointAt(MEAN_LANDMARKS, i))
    return [x - u, y - v] as const
  })
}
