/** What the tests of models and inference share: back ends in Node, random parameters, comparisons. */

import '@tensorflow/tfjs-backend-cpu'
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import type { ParameterSpec, Params } from './network'

/** Makes a back end current. */
export async function selectBackend(backend: 'cpu' | 'wasm'): Promise<void> {
  if (backend === 'wasm' && !tf.engine().registry[backend]) {
    tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false)
    setWasmPaths(decodeURIComponent(new URL('../../node_modules/@tensorflow/tfjs-backend-wasm/dist/', import.meta.url).pathname))
  }
  if (!(await tf.setBackend(backend))) throw new Error(`The ${backend} back end is not available.`)
  await tf.ready()
}

/** Parameters drawn at random, scaled so that activations keep their size; the same seed gives the same numbers. */
export function randomParams(specs: readonly ParameterSpec[], seed: number): Params {
  return Object.fromEntries(
    specs.map(({ name, shape, kind, init }, index) => {
      const fanIn = shape.slice(0, -1).reduce((product, n) => product * n, 1)
      const deviation = kind === 'vector' || kind === 'dense' ? 0.1 : Math.min(0.5, 1 / Math.sqrt(fanIn))
      return [name, tf.randomNormal([...shape], init === 'ones' ? 1 : 0, deviation, 'float32', seed + index)]
    }),
  )
}

export function randomPicture(shape: [number, number, number, number], seed: number): Tensor4D {
  return tf.randomUniform(shape, -1, 1, 'float32', seed)
}

export function maxDifference(a: Tensor, b: Tensor): number {
  if (a.shape.join() !== b.shape.join()) throw new Error(`Shapes differ: [${a.shape}] and [${b.shape}]`)
  return tf.tidy(() => tf.max(tf.abs(tf.sub(a, b))).dataSync()[0] ?? Number.NaN)
}

export function shapesOf(params: Params): [name: string, shape: number[]][] {
  return Object.entries(params).map(([name, tensor]) => [name, tensor.shape])
}
