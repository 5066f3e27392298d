/**
 * What two pictures have in common, in the eyes of SqueezeNet: pooled features of a picture (for Fréchet distance and nearest neighbours) and the
 * perceptual distance of two pictures (as LPIPS, Zhang et al. 2018, without its learnt weights).
 */

import { existsSync } from 'node:fs'
import * as tf from '@tensorflow/tfjs-core'
import { type RgbaImage, resizeSquare } from '../../../src/shared/image'
import { readImage } from '../../node/imageFiles'
import { photoCache } from '../../node/photoCache'
import { SqueezeNet } from './squeezeNet'

const SIZE_PX = 256
/** After the fourth fire module (256 channels at 31 × 31: parts and textures) and the eighth (512 at 15 × 15: what is seen). */
const POOLED_LAYERS = [4, 8] as const
export const POOLED_CHANNELS = [256, 512] as const
/** LPIPS compares seven layers of SqueezeNet: the first convolution and the last fire module of each stage. */
const COMPARED_LAYERS = [0, 2, 4, 5, 6, 7, 8] as const
const EPSILON = 1e-10

export interface Features {
  /** Mean over the picture of each channel of two layers, one after the other: `[768]`. */
  pooled(image: RgbaImage): Promise<Float32Array>
  /** The same of a photo file, remembered between runs. */
  pooledPhoto(photoPath: string): Promise<Float32Array>
  /** Perceptual distance: squared difference of unit-length feature vectors, averaged over places and then over seven layers. 0–2. */
  distance(a: RgbaImage, b: RgbaImage): Promise<number>
  save(): void
}

/** @returns `null` when there is no such folder */
export function loadFeatures(folder: string, cacheFile: string): Features | null {
  if (!existsSync(folder)) return null
  const network = new SqueezeNet(folder)
  const cache = photoCache<string>(cacheFile, `squeezenet 1.1 at ${SIZE_PX}, layers ${POOLED_LAYERS.join()}`)
  return {
    pooled: (image) => pooled(network, image),
    async pooledPhoto(photoPath) {
      const stored = await cache.of(photoPath, '', async () => encode(await pooled(network, readImage(photoPath))))
      return decode(stored)
    },
    distance: (a, b) => distance(network, a, b),
    save: () => cache.save(),
  }
}

const encode = (values: Float32Array): string => Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64')

function decode(text: string): Float32Array {
  const bytes = new Uint8Array(Buffer.from(text, 'base64'))
  return new Float32Array(bytes.buffer)
}

/** Pictures → `[batch, 256, 256, 3]` in 0–255. */
function colours(images: readonly RgbaImage[]): tf.Tensor4D {
  const all = images.map((image) => {
    const { data } = resizeSquare(image, SIZE_PX)
    return tf.slice(tf.tensor3d(new Int32Array(data), [SIZE_PX, SIZE_PX, 4], 'int32'), [0, 0, 0], [SIZE_PX, SIZE_PX, 3])
  })
  return tf.cast(tf.stack(all), 'float32') as tf.Tensor4D
}

async function pooled(network: SqueezeNet, image: RgbaImage): Promise<Float32Array> {
  const means = tf.tidy(() => {
    const layers = network.activations(SqueezeNet.normalize(colours([image])))
    return tf.concat(
      POOLED_LAYERS.map((layer) => tf.mean(layers[layer] as tf.Tensor4D, [0, 1, 2])),
      0,
    )
  })
  const values = (await means.data()) as Float32Array
  means.dispose()
  return values.slice()
}

async function distance(network: SqueezeNet, a: RgbaImage, b: RgbaImage): Promise<number> {
  const result = tf.tidy(() => {
    const layers = network.activations(SqueezeNet.normalize(colours([a, b])))
    return tf.mean(tf.stack(COMPARED_LAYERS.map((layer) => layerDistance(layers[layer] as tf.Tensor4D))))
  })
  const [value = Number.NaN] = await result.data()
  result.dispose()
  return value
}

/** Activations of two pictures `[2, h, w, c]` → the mean over places of the squared distance of their unit-length vectors. */
function layerDistance(activation: tf.Tensor4D): tf.Scalar {
  const length = tf.sqrt(tf.sum(tf.square(activation), 3, true))
  const [a, b] = tf.unstack(tf.div(activation, tf.add(length, EPSILON))) as [tf.Tensor, tf.Tensor]
  return tf.mean(tf.sum(tf.square(tf.sub(a, b)), 2))
}
