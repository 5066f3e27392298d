/** The back ends of a browser; the GPU ones are downloaded only when they are tried. */

import nonSimdUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url'
import simdUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url'
import threadedUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url'
import type { BackendSetups } from '../backends'

export const browserBackends: BackendSetups = {
  webgpu: async (acceptSoftware) => (await import('./webgpu')).webgpuSetup(acceptSoftware),
  webgl: async (acceptSoftware) => (await import('./webgl')).webglSetup(acceptSoftware),
  wasm: async (acceptSoftware) => {
    const { wasmSetup } = await import('./wasm')
    return wasmSetup({
      'tfjs-backend-wasm.wasm': nonSimdUrl,
      'tfjs-backend-wasm-simd.wasm': simdUrl,
      'tfjs-backend-wasm-threaded-simd.wasm': threadedUrl,
    })(acceptSoftware)
  },
  cpu: async (acceptSoftware) => (await import('./cpu')).cpuSetup(acceptSoftware),
}
