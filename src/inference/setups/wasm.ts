/** The WebAssembly back end; the platform says where its binaries lie. */

import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import * as tf from '@tensorflow/tfjs-core'
import type { SetUp } from '../backends'

export function wasmSetup(paths: Parameters<typeof setWasmPaths>[0]): SetUp {
  return async () => {
    // Threads do not work in TensorFlow.js 4.22: the count stays 1, and the threaded factory hangs in a minified, cross-origin isolated page.
    tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false)
    if (!tf.findBackendFactory('wasm')) return { outcome: 'unavailable', detail: 'WebAssembly is missing' }
    if (!tf.engine().registry.wasm) setWasmPaths(paths)
    if (!(await tf.setBackend('wasm'))) return { outcome: 'unavailable', detail: 'WebAssembly could not be started' }
    const simd = await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT')
    return { outcome: 'ready', detail: simd ? 'WebAssembly with SIMD' : 'WebAssembly without SIMD', onLost: () => {} }
  }
}
