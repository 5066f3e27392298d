/** For tests: a data set of tiny pictures. */

import { NO_AUGMENTATION, type PlainPicture } from '../shared/augment'
import type { TrainingPictures } from './pictures'

/** Pairs of stripes and the same with their colours turned round; one is held out. */
export function stripes(sizePx: number, changes: Partial<TrainingPictures> = {}): TrainingPictures {
  const items = [3, 5, 7, 4].map((period) => {
    const a: PlainPicture = {
      ...{ sizePx, channels: 3 },
      data: Uint8ClampedArray.from({ length: sizePx * sizePx * 3 }, (_, i) => (i % period) * 30),
    }
    return { a, b: { ...a, data: a.data.map((value) => 255 - value) }, landmarks: null, regions: null }
  })
  return {
    ...{ items: items.slice(0, 3), heldOut: items.slice(3), augmentation: { ...NO_AUGMENTATION, mirror: true } },
    ...{ sizePx, cropPx: sizePx },
    ...changes,
  }
}
