/**
 * Surface (Wang and Yu 2020, section 3.1.1): a picture without texture, `[B, H, W, 3]` → the same shape, by the guided filter with the picture as its own guide.
 * Twin: `pipeline/cartoon_losses.py`.
 */

import type { Tensor4D } from '@tensorflow/tfjs-core'
import { guidedFilter } from '../guidedFilter'

const RADIUS_PX = 5
const EPSILON = 0.2

export function surface(x: Tensor4D): Tensor4D {
  return guidedFilter(x, x, RADIUS_PX, EPSILON)
}
