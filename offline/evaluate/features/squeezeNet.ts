/**
 * SqueezeNet 1.1 (Iandola et al. 2016), trained on ImageNet: what the evaluation compares pictures by. Weights come from a folder of `.npy` files
 * (`squeezenet0_conv{0–25}_{weight,bias}.npy`, OIHW) and are never shipped. Twin of `pipeline/perceptual.py`.
 */

import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import { parseNpy } from '../data/npy'

const FIRES = 8
/** Fire modules that a 3×3 max pool of stride 2 comes before. */
const POOL_BEFORE = [0, 2, 4]
/** ImageNet's mean and deviation for colours in 0–1. */
const MEAN = [0.485, 0.456, 0.406]
const DEVIATION = [0.229, 0.224, 0.225]

interface Convolution {
  kernel: tf.Tensor4D // [height, width, in, out]
  bias: tf.Tensor1D
}

export class SqueezeNet {
  private readonly convolutions: readonly Convolution[]

  /** @throws Error that names the file which is missing or broken */
  constructor(folder: string) {
    this.convolutions = Array.from({ length: 2 + 3 * FIRES }, (_, i) => readConvolution(folder, i))
  }

  /** Colours `[batch, height, width, 3]` in 0–255, as the network was trained to see them. */
  static normalize(colours: tf.Tensor4D): tf.Tensor4D {
    return tf.div(tf.sub(tf.div(colours, 255), tf.tensor1d(MEAN)), tf.tensor1d(DEVIATION))
  }

  /**
   * @param x normalised picture `[batch, height, width, 3]`
   * @returns activations after the first convolution and after each fire module: 64, 128, 128, 256, 256, 384, 384, 512, 512 channels
   */
  activations(x: tf.Tensor4D): tf.Tensor4D[] {
    let last = this.convolve(x, 0, 2)
    const outputs = [last]
    for (let fire = 0; fire < FIRES; fire++) {
      const input = POOL_BEFORE.includes(fire) ? maxPoolCeil(last) : last
      const squeezed = this.convolve(input, 1 + 3 * fire)
      last = tf.concat([this.convolve(squeezed, 2 + 3 * fire), this.convolve(squeezed, 3 + 3 * fire, 1, 1)], 3)
      outputs.push(last)
    }
    return outputs
  }

  /** The classifier's 1000 outputs `[batch, 1000]`; the evaluation does not use them, but the weights' own test fixture does. */
  classify(x: tf.Tensor4D): tf.Tensor2D {
    const last = this.activations(x).at(-1) as tf.Tensor4D
    return tf.mean(this.convolve(last, 1 + 3 * FIRES), [1, 2])
  }

  dispose(): void {
    tf.dispose(this.convolutions.map(({ kernel, bias }) => [kernel, bias]))
  }

  private convolve(x: tf.Tensor4D, index: number, strides = 1, pad: 'valid' | number = 'valid'): tf.Tensor4D {
    const { kernel, bias } = this.convolutions[index] as Convolution
    return tf.fused.conv2d({ x, filter: kernel, strides, pad, bias, activation: 'relu' })
  }
}

/** Max pool 3×3 of stride 2 that keeps a last half window (`ceil_mode`); after a ReLU, zeros are as good as nothing. */
function maxPoolCeil(x: tf.Tensor4D): tf.Tensor4D {
  const [, height, width] = x.shape
  const padded =
    height % 2 === 0 || width % 2 === 0
      ? tf.pad(x, [
          [0, 0],
          [0, 1 - (height % 2)],
          [0, 1 - (width % 2)],
          [0, 0],
        ])
      : x
  return tf.maxPool(padded, 3, 2, 'valid')
}

function readConvolution(folder: string, index: number): Convolution {
  const read = (kind: string) => {
    const file = path.join(folder, `squeezenet0_conv${index}_${kind}.npy`)
    if (!existsSync(file)) throw new Error(`${file} does not exist; name the folder of SqueezeNet's weights with --squeezenet.`)
    try {
      return parseNpy(readFileSync(file))
    } catch (error) {
      throw new Error(`${file}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
    }
  }
  const weight = read('weight')
  const kernel = tf.tidy(() => tf.transpose(tf.tensor4d(weight.values, weight.shape as [number, number, number, number]), [2, 3, 1, 0]))
  return { kernel, bias: tf.tensor1d(read('bias').values) }
}
