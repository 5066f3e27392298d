/** Building blocks of the lists in which networks declare their parameters, each with how often a pass multiplies with its numbers. */

import type { Init, ParameterSpec, Shape } from './network'

/** One parameter, and how often a pass uses each of its numbers at a given picture size. */
export interface PlannedParameter extends ParameterSpec {
  readonly uses: (sizePx: number) => number
}

/** Weights as in the reference code of pix2pix: N(0, 0.02). */
const DEVIATION: Init = { deviation: 0.02 }

/** Used at every pixel of a picture `divisor` times smaller than the whole. */
const everyPixel = (divisor: number) => (sizePx: number) => (sizePx / divisor) ** 2
const once = () => 1
/** Biases and affine parameters: not counted, as usual. */
const uncounted = () => 0

/** `[kh, kw, in, out]`; `divisor` is that of the convolution's output. */
export function conv(name: string, shape: Shape, divisor: number): PlannedParameter {
  return { name, shape, kind: 'conv', init: DEVIATION, uses: everyPixel(divisor) }
}

/** `[kh, kw, out, in]`; each number is used once for every pixel of the input, whose divisor this is. */
export function transposedConv(name: string, shape: Shape, inputDivisor: number): PlannedParameter {
  return { name, shape, kind: 'transposedConv', init: DEVIATION, uses: everyPixel(inputDivisor) }
}

/** `[kh, kw, channels, 1]` */
export function depthwise(name: string, shape: Shape, divisor: number): PlannedParameter {
  return { name, shape, kind: 'depthwise', init: { deviation: 0.2 }, uses: everyPixel(divisor) }
}

/** `[in, out]` */
export function dense(name: string, shape: Shape, init: Init = DEVIATION): PlannedParameter {
  return { name, shape, kind: 'dense', init, uses: once }
}

export function vector(name: string, length: number, init: Init = 'zeros'): PlannedParameter {
  return { name, shape: [length], kind: 'vector', init, uses: uncounted }
}

/** A vector that passes of training write themselves. */
export function buffer(name: string, length: number, init: Init = 'zeros'): PlannedParameter {
  return { ...vector(name, length, init), isBuffer: true }
}

/** gamma and beta of an instance norm. */
export function affine(name: string, channels: number): PlannedParameter[] {
  return [vector(`${name}.gamma`, channels, 'ones'), vector(`${name}.beta`, channels)]
}

/** A batch norm: gamma, beta, and the stored statistics that inference uses. */
export function batchNorm(name: string, channels: number): PlannedParameter[] {
  return [...affine(name, channels), buffer(`${name}.mean`, channels), buffer(`${name}.variance`, channels, 'ones')]
}

/** Multiply-accumulate operations of one pass at `sizePx`². */
export function macsOf(plan: readonly PlannedParameter[], sizePx: number): number {
  return plan.reduce((sum, { shape, uses }) => sum + uses(sizePx) * shape.reduce((product, n) => product * n, 1), 0)
}

export function specsOf(plan: readonly PlannedParameter[]): ParameterSpec[] {
  return plan.map(({ uses: _, ...spec }) => spec)
}
