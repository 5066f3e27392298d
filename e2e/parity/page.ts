/** Runs in a page: a golden file of the PyTorch twin through both forms of the layers on a GPU back end. Bundled by the test beside it. */

import { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl'
import * as tf from '@tensorflow/tfjs-core'
import { webglSetup } from '../../src/inference/setups/webgl'
import { webgpuSetup } from '../../src/inference/setups/webgpu'
import { pix2pixHd } from '../../src/models/generators/pix2pixHd'
import { inferenceLayers, prepareForInference } from '../../src/models/inferenceLayers'
import { differentiableLayers } from '../../src/models/layers'
import type { Params } from '../../src/models/model'

interface GoldenTensor {
  shape: number[]
  data: string
}

export interface Golden {
  config: unknown
  params: Record<string, GoldenTensor>
  input: GoldenTensor
  look: GoldenTensor | null
  output: GoldenTensor
}

export interface ParityPage {
  /** What the set-up says; software adapters are accepted here. */
  setUp(backend: 'webgl' | 'webgpu'): Promise<{ outcome: string; detail: string }>
  /** Loses the WebGL context on purpose; the reason that is reported. */
  loseContext(): Promise<string>
  /** Largest difference to the twin's output. */
  compare(golden: Golden, form: 'differentiable' | 'inference'): Promise<number>
}

declare global {
  interface Window {
    parityPage: ParityPage
  }
}

function decode({ shape, data }: GoldenTensor): tf.Tensor {
  const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0))
  return tf.tensor(new Float32Array(bytes.buffer), shape)
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
    const config = pix2pixHd.parseConfig(golden.config)
    const params: Params = Object.fromEntries(Object.entries(golden.params).map(([name, tensor]) => [name, decode(tensor)]))
    const inference = form === 'inference'
    const face = pix2pixHd.forward(
      config,
      inference ? prepareForInference(params) : params,
      decode(golden.input) as tf.Tensor4D,
      golden.look && (decode(golden.look) as tf.Tensor2D),
      { layers: inference ? inferenceLayers : differentiableLayers },
    )
    const values = (await face.data()) as Float32Array
    const expected = await decode(golden.output).data()
    return values.reduce((most, value, i) => Math.max(most, Math.abs(value - (expected[i] ?? Number.NaN))), 0)
  },
}
