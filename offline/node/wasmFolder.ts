/** Where TensorFlow.js's wasm binaries lie in Node. */

import { createRequire } from 'node:module'
import path from 'node:path'

/** The folder, ending in a separator. */
export function wasmFolder(): string {
  const require = createRequire(import.meta.url)
  return `${path.dirname(require.resolve('@tensorflow/tfjs-backend-wasm'))}${path.sep}`
}
