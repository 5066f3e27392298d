/**
 * The generator against its PyTorch twin: every `tests/golden/pix2pixHd-*.json`, written by the pipeline, holds a configuration, parameters, an input and
 * the twin's output and block activations.
 */

import { readdirSync, readFileSync } from 'node:fs'
import type { Tensor } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inferenceLayers, prepareForInference } from '../inferenceLayers'
import { differentiableLayers, type Layers } from '../layers'
import type { Params } from '../model'
import { maxDifference, selectBackend } from '../testSupport'
import { pix2pixHd } from './pix2pixHd'

interface GoldenTensor {
  shape: number[]
  /** float32, little endian, base64. */
  data: string
}

interface Golden {
  config: unknown
  size: number
  params: Record<string, GoldenTensor>
  input: GoldenTensor
  look: GoldenTensor | null
  output: GoldenTensor
  activations: Record<string, GoldenTensor>
}

const TOLERANCE = 1e-4
const folder = new URL('../../../tests/golden/', import.meta.url)
const files = readdirSync(folder).filter((file) => /^pix2pixHd-.*\.json$/.test(file))

function decode({ shape, data }: GoldenTensor): Tensor {
  const bytes = Buffer.from(data, 'base64')
  return tf.tensor(new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)), shape)
}

const layersByName: Record<string, { layers: Layers; prepare: (params: Params) => Params }> = {
  differentiable: { layers: differentiableLayers, prepare: (params) => params },
  inference: { layers: inferenceLayers, prepare: prepareForInference },
}

describe.each(['cpu', 'wasm'] as const)('parity with the PyTorch twin on %s', (backend) => {
  beforeAll(() => selectBackend(backend))
  afterAll(() => tf.disposeVariables())

  it('has golden files to compare with', () => {
    expect(files.length).toBeGreaterThan(0)
  })

  for (const file of files) {
    const golden = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Golden
    for (const [name, { layers, prepare }] of Object.entries(layersByName)) {
      it(`${file} through ${name} layers`, () => {
        tf.engine().startScope()
        const config = pix2pixHd.parseConfig(golden.config)
        const params = Object.fromEntries(Object.entries(golden.params).map(([key, tensor]) => [key, decode(tensor)]))
        const shapes = Object.fromEntries(Object.entries(params).map(([key, tensor]) => [key, tensor.shape]))
        expect(shapes).toEqual(pix2pixHd.parameterShapes(config))

        const differences: Record<string, number> = {}
        const output = pix2pixHd.forward(
          config,
          prepare(params),
          decode(golden.input) as tf.Tensor4D,
          golden.look && (decode(golden.look) as tf.Tensor2D),
          {
            layers,
            onActivation: (block, activation) => {
              const expected = golden.activations[block]
              if (expected) differences[block] = maxDifference(activation, decode(expected))
            },
          },
        )
        differences.output = maxDifference(output, decode(golden.output))
        expect(Object.keys(differences).sort()).toEqual([...Object.keys(golden.activations), 'output'].sort())
        for (const [block, difference] of Object.entries(differences)) expect(difference, block).toBeLessThan(TOLERANCE)
        tf.engine().endScope()
      })
    }
  }
})
