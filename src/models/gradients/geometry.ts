/** What the gradients of convolutions share: where a tap of a filter looks, from the attributes of the kernels of TensorFlow.js. NHWC, no dilation. */

import type { NamedAttrMap, NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs-core'

export type Kernel = (inputs: NamedTensorInfoMap, attrs: NamedAttrMap) => TensorInfo
export type Quad = [number, number, number, number]

export interface Geometry {
  readonly strides: readonly [down: number, across: number]
  /** Rows and columns of zeros on every side. */
  readonly px: number
}

/** Numeric pads, the same on every side, and none: what `layers.ts` uses. `null` for any other convolution. */
export function geometryOf({ strides, pad, dataFormat = 'NHWC', dilations = 1 }: NamedAttrMap): Geometry | null {
  const px = pad === 'valid' ? 0 : pad
  if (typeof px !== 'number' || dataFormat !== 'NHWC' || [dilations].flat().some((dilation) => dilation !== 1)) return null
  const [down = 1, across = down] = [strides].flat() as number[]
  return { strides: [down, across], px }
}

/** In the order in which a filter lies in memory. */
export function taps([height, width]: Quad): [row: number, column: number][] {
  return Array.from({ length: height * width }, (_, i) => [Math.floor(i / width), i % width])
}

export function unknownConvolution({ strides, pad, dataFormat, dilations }: NamedAttrMap): Error {
  return new Error(`There is no wasm gradient of a convolution with ${JSON.stringify({ strides, pad, dataFormat, dilations })}.`)
}
