/**
 * Gradients that the wasm back end of TensorFlow.js 4.22 lacks or has slow. Training calls `registerWasmGradients` once; inference does not need it. Each is held to
 * finite differences and to the cpu back end by `gradients.test.ts`.
 */

import type { NamedAttrMap, Tensor } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { convFilter, convInput, isFast } from './convolution'
import { depthwiseFilter, depthwiseInput } from './depthwise'
import { geometryOf, type Kernel } from './geometry'

/** Kernels of ours, by name. One that the back end has as well is taken where ours does not know a convolution. */
const KERNELS: Readonly<Record<string, { readonly compute: Kernel; readonly knows: (attrs: NamedAttrMap) => boolean }>> = {
  [tf.Conv2DBackpropFilter]: { compute: convFilter, knows: () => true },
  [tf.Conv2DBackpropInput]: {
    compute: convInput,
    knows: (attrs) => {
      const geometry = geometryOf(attrs)
      return geometry !== null && isFast(geometry)
    },
  },
  [tf.DepthwiseConv2dNativeBackpropFilter]: { compute: depthwiseFilter, knows: () => true },
  [tf.DepthwiseConv2dNativeBackpropInput]: { compute: depthwiseInput, knows: () => true },
}

let isRegistered = false

export function registerWasmGradients(): void {
  if (isRegistered) return
  isRegistered = true
  for (const [kernelName, { compute, knows }] of Object.entries(KERNELS)) {
    const known = tf.getKernel(kernelName, 'wasm')
    if (known) tf.unregisterKernel(kernelName, 'wasm')
    tf.registerKernel({
      // Its set-up, too: it may come after this.
      ...known,
      kernelName,
      backendName: 'wasm',
      kernelFunc: (call) => {
        const attrs = call.attrs ?? {}
        if (known && !knows(attrs)) return known.kernelFunc(call)
        return tf.tidy(() => compute(call.inputs, attrs) as Tensor)
      },
    })
  }
}
