/** A plausible face shape at random, the same for the same seed: the mean face moved along the modes in which the training faces vary. */

import { mulberry32 } from '../shared/rng'
import { SKETCH_SIZE_PX } from '../shared/units'
import type { Landmarks68 } from './landmarks'
import { MEAN_LANDMARKS } from './meanFace'
import model from './shapeModel.json' with { type: 'json' }

/** Of how people lie along the modes: the far ends are rare, and drawn less well. */
const REACH = 0.7

/** Landmarks in 0–1 of the page. */
export function sampleShape(seed: number): Landmarks68 {
  const random = mulberry32(seed)
  // Three uniform numbers add up to about a normal one.
  const amounts = model.deviationsPx.map((deviation) => deviation * REACH * (2 * (random() + random() + random()) - 3))
  const moved = (index: number, axis: 0 | 1): number =>
    amounts.reduce((sum, amount, k) => sum + amount * (model.modes[k]?.[2 * index + axis] ?? 0), 0) / SKETCH_SIZE_PX
  return MEAN_LANDMARKS.map(([x, y], i) => [x + moved(i, 0), y + moved(i, 1)] as const)
}
