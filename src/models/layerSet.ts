/** The layers that a network is written in; `layers.ts` has the plain definition, `inferenceLayers.ts` a faster one. */

import type { Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import type { NormMoments, Params } from './params'

/** How a convolution meets the border: reflected pixels or zeros, the same number on every side. */
export interface Padding {
  kind: 'reflect' | 'zero'
  px: number
}

export interface Layers {
  /** Convolution with `NAME.kernel` and, where there is one, `NAME.bias`. */
  conv(params: Params, name: string, x: Tensor4D, padding: Padding, stride: 1 | 2, relu: boolean): Tensor4D
  /** `NAME.depthwise` then `NAME.pointwise`, stride 1, nothing in between. */
  separableConv(params: Params, name: string, x: Tensor4D, padding: Padding): Tensor4D
  /**
   * Transposed convolution with `NAME.kernel` `[k, k, out, in]` and, where there is one, `NAME.bias`, that doubles the side: stride 2 and PyTorch's padding 1,
   * and output padding 1 where k is 3, none where it is 4.
   */
  transposedConv(params: Params, name: string, x: Tensor4D): Tensor4D
  /** The last layer: reflection pad 3, 7×7 convolution with `NAME.kernel` and `NAME.bias`, tanh. */
  outputConv(params: Params, name: string, x: Tensor4D): Tensor4D
  /** Mean and biased variance over height and width, per sample and channel. */
  moments(x: Tensor4D): NormMoments
  /** (x − mean) / √(variance + ε) · gamma + beta; gamma and beta are `[C]` or, when they differ by sample, `[B, C]`. */
  normalize(x: Tensor4D, moments: NormMoments, gamma: Tensor1D | Tensor2D, beta: Tensor1D | Tensor2D, relu: boolean): Tensor4D
  /** Mean over 2×2 blocks. */
  halve(x: Tensor4D): Tensor4D
  /** Every pixel four times. */
  doubleNearest(x: Tensor4D): Tensor4D
  /** Twice the size between pixels' centres, as PyTorch's `interpolate(…, mode='bilinear', align_corners=False)`. */
  doubleBilinear(x: Tensor4D): Tensor4D
  /** max(x, slope · x), for a slope from 0 to 1. */
  leakyRelu(x: Tensor4D, slope: number): Tensor4D
  tanh(x: Tensor4D): Tensor4D
}
