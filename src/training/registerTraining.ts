/** What training needs of TensorFlow.js beyond what inference loads: all gradients, and those kernels that the wasm back end lacks. */

import '@tensorflow/tfjs-core/dist/register_all_gradients'
import { registerWasmGradients } from '../models/gradients'

export function registerTraining(): void {
  registerWasmGradients()
}
