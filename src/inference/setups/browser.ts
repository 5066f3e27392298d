/** The back ends of a browser; the GPU ones are downloaded only when they are tried. */

import type { BackendSetups } from '../backends'
import { WASM_FILES } from './wasmFiles'

export const browserBackends: BackendSetups = {
  webgpu: async (acceptSoftware) => (await import('./webgpu')).webgpuSetup(acceptSoftware),
  webgl: async (acceptSoftware) => (await import('./webgl')).webglSetup(acceptSoftware),
  wasm: async (acceptSoftware) => (await import('./wasm')).wasmSetup(WASM_FILES)(acceptSoftware),
  cpu: async (acceptSoftware) => (await import('./cpu')).cpuSetup(acceptSoftware),
}
