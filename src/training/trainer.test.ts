/** One step of a method against its PyTorch twin, and what a trainer promises whatever it trains. */

import { readFileSync } from 'node:fs'
import type { Tensor } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { decodeAll, decodeGolden, type GoldenTensors } from '../models/golden'
import { maxDifference, selectBackend } from '../models/testSupport'
import type { Batch, Method, MethodNetwork } from './method'
import { methodOf } from './methods'
import type { PlainParams } from './networkState'
import { registerTraining } from './registerTraining'
import { rateFactor } from './schedule'
import { Trainer, type TrainerSettings, type TrainerState } from './trainer'

type ByRole = Record<string, GoldenTensors>

interface GoldenSteps {
  networks: Record<string, MethodNetwork>
  groups: Record<string, string[]>
  rates: Record<string, number>
  params: ByRole
  steps: { batch: ByRole; draws: number[]; losses: Record<string, number>; gradients?: ByRole }[]
  after: ByRole
}

const goldenOf = (method: string) =>
  JSON.parse(readFileSync(new URL(`../../tests/golden/step-${method}.json`, import.meta.url), 'utf8')) as GoldenSteps
const golden = goldenOf('cartoon')
const SETTINGS: TrainerSettings = { seed: 3, steps: 100, decayFrom: 1, trains: null, averageDecay: 0.999 }
const method = (changes: object = {}) =>
  methodOf('cartoon', { generator: golden.networks.generator?.config, ndf: 2, adversarialFromStep: 0, ...changes })

const open: { dispose(): void }[] = []
const kept = <T extends { dispose(): void }>(owner: T): T => {
  open.push(owner)
  return owner
}
afterEach(() => {
  for (const owner of open.splice(0)) owner.dispose()
})

/** The methods with the configurations of their twins. */
const TWINS: Record<string, (golden: GoldenSteps) => Method> = {
  cartoon: () => method(),
  cycleGan: ({ networks }) => methodOf('cycleGan', { generator: networks.generatorAB?.config, ndf: 2, pool: 1, adversarialFromStep: 0 }),
  portraitDrawing: ({ networks }) =>
    methodOf('portraitDrawing', { generator: networks.generator?.config, stage: 2, ndf: 2, adversarialFromStep: 0 }),
}

function start({ params } = golden): Record<string, PlainParams> {
  const plain = (params: GoldenTensors) =>
    Object.fromEntries(Object.entries(decodeAll(params)).map(([name, value]) => [name, value.dataSync().slice() as Float32Array]))
  return tf.tidy(() => Object.fromEntries(Object.entries(params).map(([role, params]) => [role, plain(params)])))
}

function batch(step: number, { steps } = golden): Batch {
  return Object.fromEntries(Object.entries(steps[step % 3]?.batch ?? {}).map(([source, item]) => [source, decodeAll(item)]))
}

async function step(trainer: Trainer, twin = golden, at = trainer.step): Promise<Record<string, number>> {
  const shown = batch(at, twin)
  try {
    return await trainer.train(shown)
  } finally {
    tf.dispose(Object.values(shown).flatMap((item) => Object.values(item)))
  }
}

const largestDifference = (a: PlainParams | undefined, b: PlainParams | undefined) =>
  Math.max(...Object.keys(a ?? {}).map((name) => Math.max(...(a?.[name] ?? []).map((value, i) => Math.abs(value - (b?.[name]?.[i] ?? 9))))))

registerTraining()

const onEach = Object.keys(TWINS).flatMap((id) => (['cpu', 'wasm'] as const).map((backend) => ({ id, backend })))

describe.each(onEach)('the method $id on $backend', ({ id, backend }) => {
  const twin = goldenOf(id)
  const made = () => (TWINS[id] as (golden: GoldenSteps) => Method)(twin)
  beforeAll(() => selectBackend(backend))

  it('takes three steps as its twin does: losses, first gradients, parameters after', async () => {
    const compared = new Set<string>()
    const onGradients = (_: string, gradients: ReadonlyMap<string, Tensor>) => {
      if (trainer.step > 0) return
      for (const [name, found] of gradients) {
        const dot = name.indexOf('.')
        const wanted = twin.steps[0]?.gradients?.[name.slice(0, dot)]?.[name.slice(dot + 1)]
        if (!wanted) throw new Error(`The twin has no gradient to ${name}.`)
        compared.add(name)
        tf.tidy(() => {
          const expected = decodeGolden(wanted)
          const largest = tf.max(tf.abs(expected)).dataSync()[0] ?? 0
          expect(largest, name).toBeGreaterThan(0)
          expect(maxDifference(found, expected), name).toBeLessThan(1e-3 * largest + 1e-7)
        })
      }
    }
    const trainer = kept(new Trainer(made(), SETTINGS, start(twin), { onGradients }))
    for (const [i, wanted] of twin.steps.entries()) {
      const shown = batch(i, twin)
      const losses = await trainer.train(shown, () => {
        const draws = [...wanted.draws]
        return () => draws.shift() ?? Number.NaN
      })
      tf.dispose(Object.values(shown).flatMap((item) => Object.values(item)))
      expect(Object.keys(losses).sort()).toEqual(Object.keys(wanted.losses).sort())
      for (const [name, value] of Object.entries(wanted.losses))
        expect(Math.abs((losses[name] ?? 9) - value), `${name} of step ${i}`).toBeLessThan(1e-4)
    }
    const learnt = Object.values(twin.steps[0]?.gradients ?? {}).reduce((sum, of) => sum + Object.keys(of).length, 0)
    expect(compared.size).toBe(learnt)
    // Adam's first steps are as long as the rate wherever a gradient points: a hundredth of a step is what rounding may move.
    const { networks } = await trainer.state()
    for (const [role, wanted] of Object.entries(twin.after)) {
      const group = Object.keys(twin.groups).find((name) => twin.groups[name]?.includes(role)) ?? ''
      const rate = twin.rates[group] as number
      for (const [name, packed] of Object.entries(wanted)) {
        const expected = tf.tidy(() => decodeGolden(packed).dataSync().slice() as Float32Array)
        expect(largestDifference({ x: expected }, { x: networks[role]?.[name] ?? expected.fill(9) }), `${role}.${name}`).toBeLessThan(
          0.01 * rate + 1e-6,
        )
      }
    }
  })
})

describe.each(Object.keys(TWINS))('a trainer of %s', (id) => {
  const twin = goldenOf(id)
  const made = () => (TWINS[id] as (golden: GoldenSteps) => Method)(twin)
  beforeAll(() => selectBackend('wasm'))

  it('moves the networks of a group and leaves those of the others untouched', async () => {
    for (const [group, roles] of Object.entries(twin.groups)) {
      const others = Object.keys(twin.groups).filter((name) => name !== group)
      const still = { ...made(), rates: { ...twin.rates, ...Object.fromEntries(others.map((name) => [name, 0])) } }
      const trainer = kept(new Trainer(still, SETTINGS, start(twin)))
      const before = await trainer.state()
      await step(trainer, twin)
      const after = await trainer.state()
      const isBuffer = (name: string) => /\.(mean|variance|u)$/.test(name)
      const moved = (role: string) =>
        Object.keys(before.networks[role] ?? {}).filter(
          (name) =>
            !isBuffer(name) &&
            largestDifference({ x: before.networks[role]?.[name] as Float32Array }, { x: after.networks[role]?.[name] as Float32Array }) >
              0,
        )
      for (const role of Object.keys(twin.networks)) {
        // The background's discriminator has no turn in a first step.
        const moves = roles.includes(role) && role !== 'backgroundDiscriminator'
        expect(moved(role).length > 0, `${role} in the turn of ${group}`).toBe(moves)
      }
    }
  })

  it('leaves no tensor behind', async () => {
    const trainer = new Trainer(made(), SETTINGS, start(twin))
    // Two: some networks take turns.
    for (let i = 0; i < 2; i++) await step(trainer, twin)
    const before = tf.memory().numTensors
    for (let i = 0; i < 3; i++) await step(trainer, twin)
    expect(tf.memory().numTensors).toBe(before)
    trainer.dispose()
    const { numTensors } = tf.memory()
    const again = new Trainer(made(), SETTINGS, start(twin))
    for (let i = 0; i < 2; i++) await step(again, twin)
    again.dispose()
    expect(tf.memory().numTensors).toBe(numTensors)
  })

  it('goes on from a checkpoint as if it had never stopped, to the last bit', async () => {
    const whole = kept(new Trainer(made(), SETTINGS, start(twin)))
    for (let i = 0; i < 2; i++) await step(whole, twin)
    const stored = structuredClone(await whole.state())
    const resumed = kept(Trainer.resume(made(), SETTINGS, stored))
    expect(resumed.step).toBe(2)
    for (let i = 0; i < 2; i++) expect(await step(resumed, twin)).toEqual(await step(whole, twin))
    expect(await resumed.state()).toEqual(await whole.state())
  })
})

describe('a trainer', () => {
  beforeAll(() => selectBackend('wasm'))

  it('moves discriminators and generator apart, and only what is to train', async () => {
    const before = start()
    const moved = async (trains: readonly string[]) => {
      const trainer = kept(new Trainer(method(), { ...SETTINGS, trains }, start()))
      await step(trainer)
      const { networks } = await trainer.state()
      const isMoved = (role: string, name: string) => before[role]?.[name]?.some((value, i) => value !== networks[role]?.[name]?.[i])
      return Object.keys(before).flatMap((role) =>
        Object.keys(before[role] ?? {})
          .filter((name) => !name.endsWith('.u') && isMoved(role, name))
          .map((name) => `${role}.${name}`),
      )
    }
    const judges = await moved(['textureDiscriminator', 'surfaceDiscriminator'])
    expect(judges.length).toBe(28)
    expect(judges.every((name) => !name.startsWith('generator.'))).toBe(true)
    expect((await moved(['generator'])).every((name) => name.startsWith('generator.'))).toBe(true)
    expect(await moved(['generator.output', 'generator.up.1'])).toEqual([
      'generator.up.1.conv1.kernel',
      'generator.up.1.conv1.bias',
      'generator.up.1.conv2.kernel',
      'generator.up.1.conv2.bias',
      'generator.output.kernel',
      'generator.output.bias',
    ])
  })

  it('draws other numbers in every step and for every seed', async () => {
    const textures = async (seed: number) => {
      const trainer = kept(new Trainer(method({ learningRate: 0, discriminatorLearningRate: 0 }), { ...SETTINGS, seed }, start()))
      return [(await step(trainer, golden, 0)).texture, (await step(trainer, golden, 0)).texture]
    }
    const [[a, b], [c]] = [await textures(1), await textures(2)]
    expect(new Set([a, b, c]).size).toBe(3)
  })

  it('stops where a loss is no number, before anything has moved', async () => {
    const trainer = kept(new Trainer(method({ adversarialFromStep: 99 }), SETTINGS, start()))
    const before = await trainer.state()
    const shown = batch(0)
    const pairs = { ...shown.pairs, picture: tf.fill([1, 16, 16, 3], Number.NaN) }
    await expect(trainer.train({ ...shown, pairs })).rejects.toMatchObject({
      code: 'training-diverged',
      message: expect.stringContaining('"pair"'),
    })
    expect(await trainer.state()).toEqual(before)
  })

  it('begins without discriminators, and with a start that is incomplete not at all', async () => {
    const { generator } = start()
    const trainer = kept(new Trainer(method({ adversarialFromStep: 1 }), SETTINGS, { generator: generator as PlainParams }))
    expect(Object.keys(await step(trainer))).toEqual(['pair'])
    expect(Object.keys(await step(trainer)).sort()).toEqual(['pair', 'surface', 'surfaceJudge', 'texture', 'textureJudge', 'variation'])
    const { 'front.bias': _, ...rest } = generator as PlainParams
    expect(() => new Trainer(method(), SETTINGS, { generator: rest })).toThrow('front.bias')
    const state = (await trainer.state()) as TrainerState
    expect(() => Trainer.resume(method(), SETTINGS, { ...state, averages: {} })).toThrow('damaged')
  })

  it('keeps a moving average that is warm at first', async () => {
    const trainer = kept(new Trainer(method(), SETTINGS, start()))
    await step(trainer)
    const { networks, averages } = await trainer.state()
    const [before, now] = [start().generator?.['output.bias'], networks.generator?.['output.bias']]
    const wanted = before?.map((value, i) => 0.1 * value + 0.9 * (now?.[i] ?? 9)) as Float32Array
    expect(largestDifference({ x: wanted }, { x: averages.generator?.['output.bias'] as Float32Array })).toBeLessThan(1e-6)
  })
})

describe('learning rates', () => {
  it('are full, then fall to nearly nothing', () => {
    const at = (step: number) => rateFactor({ steps: 100, decayFrom: 0.5 }, step)
    for (const [step, factor] of [
      [0, 1],
      [49, 1],
      [50, 1],
      [75, 0.5],
      [99, 0.02],
      [100, 0.02],
      [200, 0.02],
    ] as const)
      expect(at(step), `step ${step}`).toBeCloseTo(factor, 9)
    expect(rateFactor({ steps: 10, decayFrom: 1 }, 10)).toBe(1)
  })
})

describe('methods', () => {
  it('say what is wrong with a configuration', () => {
    expect(() => methodOf('dreaming', {})).toThrow('dreaming')
    expect(() => method({ lambdaPair: -1 })).toThrow('lambdaPair')
  })
})
