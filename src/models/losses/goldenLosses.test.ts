/**
 * Losses against their twins: every `tests/golden/loss-NAME.json`, written by the pipeline, holds inputs, the output, and the gradients of the mean of its square (of
 * a scalar: its own). Gradients are held to finite differences as well, since two twins could be wrong alike.
 */

import { readdirSync, readFileSync } from 'node:fs'
import type { Scalar, Tensor, Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-core/dist/register_all_gradients'
import { beforeAll, describe, expect, it } from 'vitest'
import { decodeAll, decodeGolden, type GoldenTensor, type GoldenTensors } from '../golden'
import { registerWasmGradients } from '../gradients'
import { guidedFilter } from '../guidedFilter'
import { maxDifference, selectBackend } from '../testSupport'
import { absoluteVariation } from './absoluteVariation'
import { leastSquares, wasserstein } from './adversarial'
import { chamfer } from './chamfer'
import { cycleConsistency, identityMapping } from './cycle'
import { type Augmentation, augmented } from './diffAugment'
import { distanceTransform, whiteLines } from './distanceTransform'
import { featureL1 } from './featureL1'
import { identityCrossEntropy, identityPreserving } from './identity'
import { landmarkL1 } from './landmarks'
import { pixelL1 } from './pixelL1'
import { squaredVariation } from './squaredVariation'
import { coloured, superpixels } from './superpixels'
import { surface } from './surface'
import { laplacian, laplacianSymmetry, symmetry } from './symmetry'
import { texture } from './texture'

type Inputs = Readonly<Record<string, Tensor>>

interface GoldenLoss {
  inputs: GoldenTensors
  output: GoldenTensor
  gradients: GoldenTensors
}

const picture = (inputs: Inputs, name: string) => inputs[name] as Tensor4D
const unitRange = (x: Tensor4D) => tf.mul<Tensor4D>(tf.add(x, 1), 0.5)

const AUGMENTATION: Augmentation = { brightness: 0.3, saturation: 1.4, contrast: 0.7, shift: [0.11, -0.09], cut: [0.3, -0.1] }

function inSuperpixels(x: Tensor4D): Tensor4D {
  const [, height, width] = x.shape
  const pixels = { values: x.dataSync(), height, width }
  return tf.tensor4d(coloured(pixels, superpixels(pixels, 30)), x.shape)
}

/** As in `pipeline/golden_losses.py`. */
const LOSSES: Readonly<Record<string, (inputs: Inputs) => Tensor>> = {
  guidedFilter: (inputs) => guidedFilter(picture(inputs, 'guide'), picture(inputs, 'x'), 2, 0.05),
  surface: (inputs) => surface(picture(inputs, 'x')),
  texture: (inputs) => texture(picture(inputs, 'x'), [0.3, 0.6, 0.1]),
  squaredVariation: (inputs) => squaredVariation(picture(inputs, 'x')),
  featureL1: (inputs) => featureL1(picture(inputs, 'fake'), picture(inputs, 'real')),
  judgedReal: (inputs) => leastSquares([picture(inputs, 'x')], true),
  landmarkL1: (inputs) => landmarkL1(tf.mul<Tensor4D>(picture(inputs, 'heatMaps'), 4), inputs.landmarks as Tensor3D),
  distanceTransform: (inputs) => distanceTransform(unitRange(picture(inputs, 'x')), 6),
  whiteLines: (inputs) => whiteLines(unitRange(picture(inputs, 'x'))),
  chamfer: (inputs) => chamfer(picture(inputs, 'real'), picture(inputs, 'fake')),
  pixelL1: ({ fake, small, real, smallReal }) => pixelL1([fake, small] as Tensor[], [real, smallReal] as Tensor[], [1, 1.5]),
  symmetry: (inputs) => symmetry(picture(inputs, 'picture')),
  laplacian: (inputs) => laplacian(picture(inputs, 'x')),
  laplacianSymmetry: (inputs) => laplacianSymmetry(picture(inputs, 'picture')),
  absoluteVariation: (inputs) => absoluteVariation(picture(inputs, 'picture')),
  identityPreserving: ({ a, b, realA, realB }) => identityPreserving([a, b] as Tensor[], [realA, realB] as Tensor[]),
  identityCrossEntropy: (inputs) => identityCrossEntropy(tf.mul(inputs.logits as Tensor2D, 4), [1, 3, 0]),
  wassersteinReal: (inputs) => wasserstein([picture(inputs, 'x')], true),
  cycleConsistency: (inputs) => cycleConsistency(picture(inputs, 'real'), picture(inputs, 'recovered')),
  identityMapping: (inputs) => identityMapping(picture(inputs, 'real'), picture(inputs, 'same')),
  augmented: (inputs) => augmented(picture(inputs, 'x'), AUGMENTATION),
  superpixels: (inputs) => inSuperpixels(picture(inputs, 'x')),
}

const folder = new URL('../../../tests/golden/', import.meta.url)
const names = Object.keys(LOSSES)
const load = (name: string) => JSON.parse(readFileSync(new URL(`loss-${name}.json`, folder), 'utf8')) as GoldenLoss

function score(output: Tensor): Scalar {
  return output.rank === 0 ? (output as Scalar) : tf.mean(tf.square(output))
}

function gradientTo(name: string, inputs: Inputs, of: string): Tensor {
  return tf.grad((x) => score((LOSSES[name] as (typeof LOSSES)[string])({ ...inputs, [of]: x })))(inputs[of] as Tensor)
}

registerWasmGradients()

describe.each(['cpu', 'wasm'] as const)('losses as their twins have them, on %s', (backend) => {
  beforeAll(() => selectBackend(backend))

  it.each(names)('%s', (name) => {
    const golden = load(name)
    tf.tidy(() => {
      const output = (LOSSES[name] as (typeof LOSSES)[string])(decodeAll(golden.inputs))
      // A number is written as a list of one.
      expect(maxDifference(tf.reshape(output, golden.output.shape), decodeGolden(golden.output))).toBeLessThan(1e-4)
    })
  })

  it.each(names.filter((name) => Object.keys(load(name).gradients).length > 0))('the gradients of %s', (name) => {
    const golden = load(name)
    tf.tidy(() => {
      const inputs = decodeAll(golden.inputs)
      for (const [of, wanted] of Object.entries(golden.gradients)) {
        const expected = decodeGolden(wanted)
        const largest = tf.max(tf.abs(expected)).dataSync()[0] ?? 0
        expect(largest).toBeGreaterThan(0)
        expect(maxDifference(gradientTo(name, inputs, of), expected), of).toBeLessThan(1e-3 * largest + 1e-7)
      }
    })
  })

  it('leave nothing behind but their values', () => {
    for (const name of names.filter((one) => one !== 'superpixels')) {
      const inputs = decodeAll(load(name).inputs)
      const before = tf.memory().numTensors
      const output = tf.tidy(() => (LOSSES[name] as (typeof LOSSES)[string])(inputs))
      expect(tf.memory().numTensors - before, name).toBe(1)
      tf.dispose([output, ...Object.values(inputs)])
    }
  })
})

describe('gradients by finite differences', () => {
  beforeAll(() => selectBackend('cpu'))

  it('along a random direction', () => {
    for (const name of names) {
      const golden = load(name)
      for (const of of Object.keys(golden.gradients)) {
        tf.tidy(() => {
          const inputs = decodeAll(golden.inputs)
          const at = inputs[of] as Tensor
          const direction = tf.randomUniform(at.shape, -1, 1, 'float32', 9)
          const moved = (step: number) =>
            score((LOSSES[name] as (typeof LOSSES)[string])({ ...inputs, [of]: tf.add(at, tf.mul(direction, step)) })).dataSync()[0] ??
            Number.NaN
          const step = 5e-4
          const slope = tf.sum(tf.mul(gradientTo(name, inputs, of), direction)).dataSync()[0] ?? Number.NaN
          const measured = (moved(step) - moved(-step)) / (2 * step)
          // Of a difference of two values in 32 bits.
          const rounding = 1e-3 * (1 + Math.abs(moved(0)))
          // Kinks (a largest neighbour, an absolute value) lie between the two steps now and then.
          expect(Math.abs(measured - slope), `${name} to ${of}`).toBeLessThan(0.05 * Math.abs(slope) + rounding)
        })
      }
    }
  })
})

describe('golden files', () => {
  it('are all looked at', () => {
    const written = readdirSync(folder).flatMap((file) => file.match(/^loss-(.*)\.json$/)?.[1] ?? [])
    expect(written.filter((name) => !names.includes(name))).toEqual([])
  })
})
