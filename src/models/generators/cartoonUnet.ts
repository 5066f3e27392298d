/**
 * The generator of white-box cartoonisation (Wang and Yu 2020, section 3.2): photo `[B, H, W, 3]` → picture of the same shape, both in [-1, 1]; H and W are
 * multiples of 4. Twin: `pipeline/networks/cartoon_unet.py`.
 *
 * 7×7 convolution; two steps down (3×3 with stride 2, then 3×3 that doubles the width); residual blocks without norm; two steps up (3×3 that halves the width,
 * twice the size between pixels' centres, plus the encoder's layer of that size, 3×3); 7×7 to colours, tanh. LeakyReLU 0.2 throughout. At last a guided filter
 * whose guide is the photo; it has no parameters, so its radius and ε may be changed in use.
 */

import type { Tensor4D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import * as v from 'valibot'
import { StudioError } from '../../shared/errors'
import { numberWithin, object, wholeNumber } from '../../shared/schema'
import { readConfig } from '../config'
import { guidedFilter } from '../guidedFilter'
import { differentiableLayers, type Layers } from '../layers'
import type { Network, Params } from '../network'
import { conv, macsOf, type PlannedParameter, specsOf, vector } from '../parameterPlan'
import type { Picture } from './unet'

export interface CartoonUnetConfig {
  ngf: number
  residualBlocks: number
  /** Of the guided filter, in pixels; 0: none. */
  filterRadius: number
  /** Of the guided filter, for values in [-1, 1]. */
  filterEpsilon: number
}

const LEAK = 0.2
const STEPS = 2
const ZERO_1 = { kind: 'zero', px: 1 } as const
const REFLECT_3 = { kind: 'reflect', px: 3 } as const

function plan({ ngf, residualBlocks }: CartoonUnetConfig): PlannedParameter[] {
  const layer = (name: string, size: number, from: number, to: number, divisor: number) => [
    conv(`${name}.kernel`, [size, size, from, to], divisor),
    vector(`${name}.bias`, to),
  ]
  const down = (i: number) => {
    const width = ngf * 2 ** i
    return [...layer(`down.${i}.conv1`, 3, width, width, 2 ** (i + 1)), ...layer(`down.${i}.conv2`, 3, width, 2 * width, 2 ** (i + 1))]
  }
  const residual = (i: number) => ['conv1', 'conv2'].flatMap((name) => layer(`residual.${i}.${name}`, 3, 4 * ngf, 4 * ngf, 4))
  const up = (i: number) => {
    const width = ngf * 2 ** (1 - i)
    return [...layer(`up.${i}.conv1`, 3, 2 * width, width, 2 ** (2 - i)), ...layer(`up.${i}.conv2`, 3, width, width, 2 ** (1 - i))]
  }
  const each = (count: number, of: (i: number) => PlannedParameter[]) => Array.from({ length: count }, (_, i) => of(i)).flat()
  return [
    ...layer('front', 7, 3, ngf, 1),
    ...each(STEPS, down),
    ...each(residualBlocks, residual),
    ...each(STEPS, up),
    ...layer('output', 7, ngf, 3, 1),
  ]
}

const SCHEMA = object({
  ngf: wholeNumber(1, 256),
  residualBlocks: wholeNumber(0, 32),
  filterRadius: v.optional(wholeNumber(0, 32), 1),
  filterEpsilon: v.optional(numberWithin(1e-6, 10), 0.01),
})

const PICTURE = { picture: { shape: [null, null, null, 3], range: [-1, 1] } } as const

function checkSides([, height, width]: Tensor4D['shape']): void {
  if (height % 4 === 0 && width % 4 === 0) return
  throw new StudioError('bad-request', `The cartoon generator takes pictures with sides that are multiples of 4, not ${width}×${height}.`)
}

/** A 3×3 convolution that keeps the size or halves it, and LeakyReLU. */
function active(layers: Layers, params: Params, name: string, x: Tensor4D, stride: 1 | 2 = 1): Tensor4D {
  return layers.leakyRelu(layers.conv(params, name, x, ZERO_1, stride, false), LEAK)
}

export const cartoonUnet: Network<CartoonUnetConfig, Picture, Picture> = {
  family: 'cartoonUnet',
  parseConfig: (value, place) => readConfig(SCHEMA, value, place),
  parameters: (config) => specsOf(plan(config)),
  inputs: () => PICTURE,
  outputs: () => PICTURE,
  macs: (config, sizePx) => macsOf(plan(config), sizePx),
  forward({ residualBlocks, filterRadius, filterEpsilon }, params, { picture: photo }, options = {}) {
    checkSides(photo.shape)
    const { layers = differentiableLayers, onActivation } = options
    return tf.tidy(() => {
      let h = layers.leakyRelu(layers.conv(params, 'front', photo, REFLECT_3, 1, false), LEAK) // [B, H, W, n]
      const skips = [h]
      const seen = (name: string) => onActivation?.(name, h)
      for (let i = 0; i < STEPS; i++) {
        h = active(layers, params, `down.${i}.conv2`, active(layers, params, `down.${i}.conv1`, h, 2)) // [B, H/2^(i+1), W/2^(i+1), n·2^(i+1)]
        skips.push(h)
        seen(`down.${i}`)
      }
      for (let i = 0; i < residualBlocks; i++) {
        const inner = active(layers, params, `residual.${i}.conv1`, h)
        h = tf.add<Tensor4D>(h, layers.conv(params, `residual.${i}.conv2`, inner, ZERO_1, 1, false))
        seen(`residual.${i}`)
      }
      for (let i = 0; i < STEPS; i++) {
        const doubled = layers.doubleBilinear(active(layers, params, `up.${i}.conv1`, h)) // [B, H/2^(1-i), W/2^(1-i), n·2^(1-i)]
        h = active(layers, params, `up.${i}.conv2`, tf.add<Tensor4D>(doubled, skips[1 - i] as Tensor4D))
        seen(`up.${i}`)
      }
      const picture = layers.outputConv(params, 'output', h)
      return { picture: filterRadius > 0 ? guidedFilter(photo, picture, filterRadius, filterEpsilon) : picture }
    })
  },
}
