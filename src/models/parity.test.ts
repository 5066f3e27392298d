/**
 * Networks against their PyTorch twins: every `tests/golden/FAMILY-*.json` that the pipeline has written for a family in the registry, outputs and every block
 * through both forms of the layers, gradients through the differentiable one. (Discriminators have files of another form, and a test of their own.)
 */

import { readdirSync, readFileSync } from 'node:fs'
import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-core/dist/register_all_gradients'
import { beforeAll, describe, expect, it } from 'vitest'
import { decodeAll, decodeGolden, type GoldenPass, type GoldenTensors, readGolden } from './golden'
import { registerWasmGradients } from './gradients'
import { inferenceLayers, prepareForInference } from './inferenceLayers'
import { differentiableLayers } from './layers'
import type { ForwardOptions, Params, Tensors } from './network'
import { FAMILIES, type NetworkFamily, networkOf } from './networks'
import { maxDifference, selectBackend, shapesOf } from './testSupport'

const TOLERANCE = 1e-4
const folder = new URL('../../tests/golden/', import.meta.url)
const generators = FAMILIES.filter((family) => family !== 'patchGan')
const files = readdirSync(folder).filter((file) => generators.some((family) => file.startsWith(`${family}-`)))

function load(file: string) {
  const golden = readGolden(readFileSync(new URL(file, folder), 'utf8'))
  const network = networkOf(golden.family as NetworkFamily)
  const config = network.parseConfig(golden.config)
  return { golden, network, config, specs: network.parameters(config) }
}

/** Largest differences by name: of the outputs and of every block that the twin has recorded. */
function differences(pass: GoldenPass, forward: (options: ForwardOptions) => Tensors): Record<string, number> {
  const found: Record<string, number> = {}
  const outputs = forward({
    onActivation: (block, activation) => {
      const expected = pass.activations[block]
      if (expected) found[block] = maxDifference(activation, decodeGolden(expected))
    },
  })
  for (const [name, expected] of Object.entries(pass.outputs))
    found[`output ${name}`] = maxDifference(outputs[name] as tf.Tensor, decodeGolden(expected))
  return found
}

function expectClose(found: Record<string, number>, pass: GoldenPass): void {
  const names = [...Object.keys(pass.activations), ...Object.keys(pass.outputs).map((name) => `output ${name}`)]
  expect(Object.keys(found).sort()).toEqual(names.sort())
  for (const [name, difference] of Object.entries(found)) expect(difference, name).toBeLessThan(TOLERANCE)
}

/** As in training, but that nothing is dropped. */
const UNDROPPED = { dropout: 0 }

describe('golden files', () => {
  it.each(generators)('there are some of %s', (family) => {
    expect(files.some((file) => file.startsWith(`${family}-`))).toBe(true)
  })
})

registerWasmGradients()

describe.each(['cpu', 'wasm'] as const)('parity with the PyTorch twin on %s', (backend) => {
  beforeAll(() => selectBackend(backend))

  it.each(files)('%s: parameters, in name and shape', (file) => {
    const { golden, specs } = load(file)
    const given = Object.fromEntries(shapesOf(decodeAll(golden.params)))
    expect(given).toEqual(Object.fromEntries(specs.map(({ name, shape }) => [name, shape])))
  })

  it.each(files)('%s: every block through differentiable layers', (file) => {
    const { golden, network, config } = load(file)
    tf.tidy(() => {
      const [params, inputs] = [decodeAll(golden.params), decodeAll(golden.inputs)]
      const found = differences(golden.inference, (options) =>
        network.forward(config, params, inputs, { ...options, layers: differentiableLayers }),
      )
      expectClose(found, golden.inference)
    })
  })

  it.each(files)('%s: every block through inference layers', (file) => {
    const { golden, network, config, specs } = load(file)
    tf.tidy(() => {
      const params = prepareForInference(decodeAll(golden.params), specs)
      const inputs = decodeAll(golden.inputs)
      const found = differences(golden.inference, (options) =>
        network.forward(config, params, inputs, { ...options, layers: inferenceLayers }),
      )
      expectClose(found, golden.inference)
    })
  })

  it.each(files.filter((file) => load(file).golden.training))('%s: every block in training', (file) => {
    const { golden, network, config } = load(file)
    const pass = golden.training as GoldenPass
    tf.tidy(() => {
      const [params, inputs] = [decodeAll(golden.params), decodeAll(golden.inputs)]
      const undropped = { ...(config as object), ...UNDROPPED }
      const found = differences(pass, (options) => network.forward(undropped, params, inputs, { ...options, training: { seed: 1 } }))
      expectClose(found, pass)
    })
  })

  const withGradients = files.flatMap((file) => (['inference', 'training'] as const).map((form) => ({ file, form })))
  it.each(withGradients.filter(({ file, form }) => load(file).golden[form]?.meanSquare))(
    '$file: the gradients to inputs and parameters, in $form',
    ({ file, form }) => {
      const { golden, network, config } = load(file)
      const wanted = golden[form]?.meanSquare
      if (!wanted) throw new Error('No gradients.')
      tf.tidy(() => {
        const params = decodeAll(golden.params)
        const options = form === 'training' ? { training: { seed: 1 } } : {}
        const inputs = decodeAll(golden.inputs)
        const loss = (changed: Tensors) =>
          meanSquare(network.forward({ ...(config as object), ...UNDROPPED }, params, { ...inputs, ...changed }, options))
        expect(Math.abs((loss(inputs).dataSync()[0] as number) - wanted.value)).toBeLessThan(5e-6 * Math.max(1, wanted.value))
        const movable = Object.fromEntries(Object.keys(wanted.inputs).map((name) => [name, inputs[name] as tf.Tensor])) // a place has no gradient
        expectGradients(gradients(loss, movable), wanted.inputs)
        const learnt = Object.fromEntries(Object.keys(wanted.params).map((name) => [name, params[name] as tf.Tensor]))
        const lossOf = (changed: Tensors) =>
          meanSquare(network.forward({ ...(config as object), ...UNDROPPED }, { ...params, ...changed }, inputs, options))
        expectGradients(gradients(lossOf, learnt), wanted.params)
      })
    },
  )
})

function meanSquare(outputs: Tensors): tf.Scalar {
  return tf.addN(Object.values(outputs).map((output) => tf.mean(tf.square(output)))) as tf.Scalar
}

function gradients(loss: (tensors: Tensors) => tf.Scalar, at: Params): Params {
  const names = Object.keys(at)
  const named = (tensors: tf.Tensor[]) => Object.fromEntries(names.map((name, i) => [name, tensors[i] as tf.Tensor]))
  return named(tf.grads((...tensors: tf.Tensor[]) => loss(named(tensors)))(Object.values(at)))
}

/** Relative to the largest number of each. */
function expectGradients(got: Params, wanted: GoldenTensors): void {
  for (const [name, golden] of Object.entries(wanted)) {
    const expected = decodeGolden(golden)
    const largest = tf.max(tf.abs(expected)).dataSync()[0] ?? 0
    expect(maxDifference(got[name] as tf.Tensor, expected), name).toBeLessThan(1e-3 * largest + 1e-7)
  }
}
