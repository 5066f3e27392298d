/** Photos and what is to be made of them → batches. What a step is shown is a function of seed and step alone, so that a run that goes on is shown the same. */

import type { Tensor4D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { mulberry32, seedOf } from '../shared/rng'
import type { Batch, Item } from './method'

/** Square pictures, `sizePx² · 3` bytes each, row by row. */
export interface PairPictures {
  readonly sizePx: number
  /** At least one. */
  readonly pairs: readonly { readonly photo: Uint8ClampedArray; readonly picture: Uint8ClampedArray }[]
}

/** Samples a step, by source. */
export type BatchSizes = Readonly<Record<'pairs' | 'photos', number>>

/** `pairs`: photos with their own pictures; `photos`: photos with those of anybody. Every other one is mirrored. The caller disposes of it (`disposeBatch`). */
export function pairBatch(data: PairPictures, sizes: BatchSizes, seed: number, step: number): Batch {
  const random = mulberry32(seedOf(seed, step, 1))
  const any = () => Math.floor(random() * data.pairs.length)
  const item = (count: number, own: boolean): Item => {
    const draws = Array.from({ length: count }, () => {
      const [first, second] = [any(), any()]
      return { photo: first, picture: own ? first : second, mirrored: random() < 0.5 }
    })
    const stack = (name: 'photo' | 'picture') =>
      tf.tidy(() => {
        const pictures = draws.map((draw) => {
          const picture = signed(data.pairs[draw[name]]?.[name] as Uint8ClampedArray, data.sizePx)
          return draw.mirrored ? tf.reverse(picture, 2) : picture
        })
        return tf.concat(pictures)
      })
    return { photo: stack('photo'), picture: stack('picture') }
  }
  return { pairs: item(sizes.pairs, true), photos: item(sizes.photos, false) }
}

export function disposeBatch(batch: Batch): void {
  tf.dispose(Object.values(batch).flatMap((item) => Object.values(item)))
}

/** Bytes → `[1, S, S, 3]` in [-1, 1]. */
function signed(bytes: Uint8ClampedArray, sizePx: number): Tensor4D {
  return tf.tensor4d(
    Float32Array.from(bytes, (value) => value / 127.5 - 1),
    [1, sizePx, sizePx, 3],
  )
}
