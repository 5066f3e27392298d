/** Runs in a page: a golden file of the PyTorch twin through both forms of the layers on a GPU back end. Bundled by the test beside it. */

import { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl'
import * as tf from '@tensorflow/tfjs-core'
import { webglSetup } from '../../src/inference/setups/webgl'
import { webgpuSetup } from '../../src/inference/setups/webgpu'
import { decodeAll, decodeGolden, type GoldenNetwork } from '../../src/models/golden'
import { inferenceLayers, prepareForInference } from '../../src/models/inferenceLayers'
import { differentiableLayers } from '../../src/models/layers'
import { type NetworkFamily, networkOf } from '../../src/models/networks'

export interface ParityPage {
  /** What the set-up says; software adapters are accepted here. */
  setUp(backend: 'webgl' | 'webgpu'): Promise<{ outcome: string; detail: string }>
  /** Loses the WebGL context on purpose; the reason that is reported. */
  loseContext(): Promise<string>
  /** Largest difference to the twin's outputs. */
  compare(golden: GoldenNetwork, form: 'differentiable' | 'inference'): Promise<number>
}

declare global {
  interface Window {
    parityPage: ParityPage
  }
}

let onLost: (listener: (reason: string) => void) => void = () => {}

window.parityPage = {
  async setUp(backend) {
    const result = await (backend === 'webgl' ? webglSetup : webgpuSetup)(true)
    if (result.outcome === 'ready') onLost = result.onLost
    return { outcome: result.outcome, detail: result.detail }
  },

  loseContext() {
    const backend = tf.backend()
    if (!(backend instanceof MathBackendWebGL)) throw new Error('WebGL is not the back end in use.')
    return new Promise((resolve) => {
      onLost(resolve)
      backend.gpgpu.gl.getExtension('WEBGL_lose_context')?.loseContext()
    })
  },

  async compare(golden, form) {
    const network = networkOf(golden.family as NetworkFamily)
    const config = network.parseConfig(golden.config)
    const inference = form === 'inference'
    const params = inference ? prepareForInference(decodeAll(golden.params), network.parameters(config)) : decodeAll(golden.params)
    const layers = inference ? inferenceLayers : differentiableLayers
    const outputs = network.forward(config, params, decodeAll(golden.inputs), { layers })
    const differences = Object.entries(golden.inference.outputs).map(async ([name, expected]) => {
      const values = await outputs[name]?.data()
      const wanted = (await decodeGolden(expected).data()) as Float32Array
      return wanted.reduce((most, value, i) => Math.max(most, Math.abs(value - (values?.[i] ?? Number.NaN))), 0)
    })
    return Math.max(...(await Promise.all(differences)))
  },
}
