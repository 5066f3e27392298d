/** Models and back ends in Node: the same inference code as in the browser's worker. */

import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import type { BackendSetups } from '../inference/backends'
import type { ReadFile } from '../inference/loadModel'
import { cpuSetup } from '../inference/setups/cpu'
import { wasmSetup } from '../inference/setups/wasm'
import { StudioError } from '../shared/errors'

export function nodeBackends(): BackendSetups {
  const wasmPackage = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json')
  return { wasm: wasmSetup(`${path.join(path.dirname(wasmPackage), 'dist')}${path.sep}`), cpu: cpuSetup }
}

export function readFrom(modelsFolder: string): ReadFile {
  return async (file) => {
    try {
      const data = await readFile(path.join(modelsFolder, file))
      return data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength) as ArrayBuffer
    } catch (cause) {
      throw new StudioError('model-not-found', `there is no model file ${path.join(modelsFolder, file)}`, { cause })
    }
  }
}
