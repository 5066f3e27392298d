/**
 * The features of a generator's encoder at one place of the page: what the thesis looks at to see how far an edit spreads (chapter 3). One vector a layer, L0 first.
 * The pass ends with the encoder, which costs a fraction of a face.
 */

import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import type { NormStatistics } from '../models/network'
import { StudioError } from '../shared/errors'
import { cellOf, ENCODER_LAYERS, type PagePoint } from '../shared/featurePlace'
import type { ModelPass } from './modelPass'
import type { Arrays } from './tasks/task'

const ENCODER_BLOCK = /^encoder\.(\d+)$/

const NO_ENCODER = 'This model has no encoder whose features could be compared.'

/** @throws StudioError for a network without such an encoder */
export async function featuresAt(pass: ModelPass, arrays: Arrays, point: PagePoint, sizePx: number): Promise<Float32Array<ArrayBuffer>[]> {
  const vectors = watchEncoder(pass, arrays, (activation) => vectorAt(activation, point, sizePx))
  try {
    return await Promise.all(vectors.map(async (vector) => Float32Array.from(await vector.data())))
  } finally {
    tf.dispose(vectors)
  }
}

/**
 * What is made of each layer, L0 first; the caller disposes of it.
 * @throws StudioError for a network without such an encoder
 */
export function watchEncoder<T extends Tensor>(
  pass: ModelPass,
  arrays: Arrays,
  make: (activation: Tensor4D) => T,
  norms?: NormStatistics,
): T[] {
  const made: T[] = []
  pass.watch(
    arrays,
    (name, activation) => {
      const layer = ENCODER_BLOCK.exec(name)?.[1]
      // An encoder is over with its last layer, or with the first block that is none of it.
      if (layer === undefined) return made.length === 0
      if (Number(layer) === made.length) made.push(tf.keep(make(activation)))
      return made.length < ENCODER_LAYERS
    },
    norms ? { norms } : {},
  )
  if (made.length === 0) throw new StudioError('bad-request', NO_ENCODER)
  return made
}

/** `[1, H, W, C]` → `[C]` at the place. */
function vectorAt(activation: Tensor4D, point: PagePoint, sizePx: number): Tensor {
  const [, height, width, channels] = activation.shape
  const [column] = cellOf(point, sizePx, width)
  const [, row] = cellOf(point, sizePx, height)
  return tf.reshape(tf.slice(activation, [0, row, column, 0], [1, 1, 1, channels]), [channels])
}
