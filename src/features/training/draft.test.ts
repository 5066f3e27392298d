import { describe, expect, it } from 'vitest'
import type { ModelEntry } from '../../workers/protocol'
import type { TrainingMethodDescription } from '../../workers/trainingProtocol'
import {
  FROM_NOTHING,
  freeName,
  gentler,
  isWhole,
  methodsFor,
  newDraft,
  parentsFor,
  presetOf,
  smallerWays,
  withParent,
  withPreset,
} from './draft'
import { within } from './NumberField'

const defaults: TrainingMethodDescription['defaults'] = {
  ...{ sizePx: 256, cropPx: 80, batch: 1, steps: 600, decayFrom: 0.5, layers: 'late', averageDecay: 0.99 },
  ...{ checkpointEveryMs: 120_000, sampleEverySteps: 50 },
}
const cartoon: TrainingMethodDescription = {
  ...{ id: 'cartoon', data: 'pairs', role: 'picture', styles: ['cartoon'], defaults },
  controls: [
    { id: 'learningRate', group: 'rates', min: 0, max: 0.01, step: 0.00005, default: 5e-4 },
    { id: 'adversarialFromStep', group: 'schedule', min: 0, max: 100_000, step: 10, default: 300 },
  ],
}
const drawing: TrainingMethodDescription = {
  ...cartoon,
  id: 'portraitDrawing',
  styles: ['drawing'],
  defaults: { ...defaults, cropPx: 256 },
}
const unpaired: TrainingMethodDescription = { ...cartoon, id: 'cycleGan', data: 'unpaired' }
const set = { id: 'set', name: 'Faces', kind: 'pairs', createdAt: 0, updatedAt: 0 } as const
const draft = newDraft(cartoon, set, { parent: { shipped: 'cartoon' }, sizePx: 256 }, 'Mine', 7)

describe('a new run', () => {
  it('is what the method advises, from its first parent, on a set of its kind', () => {
    expect(draft).toMatchObject({
      method: 'cartoon',
      dataSetId: 'set',
      parent: { shipped: 'cartoon' },
      steps: 600,
      controls: {},
      trainingMs: null,
    })
    expect(methodsFor([cartoon, unpaired, drawing], 'pairs')).toEqual([cartoon, drawing])
    const models: ModelEntry[] = [
      { id: 'live', name: { en: 'Live' }, role: 'live' },
      { id: 'cartoon', name: { en: 'Cartoon' }, role: 'picture', style: 'cartoon' },
      { id: 'drawing', name: { en: 'Drawing' }, role: 'picture', style: 'drawing' },
      { id: 'mine', name: { en: 'Mine' }, role: 'picture', style: 'cartoon', own: true },
    ]
    expect(parentsFor(cartoon, models).map(({ id }) => id)).toEqual(['cartoon', 'mine'])
  })

  it('has the size of its parent, and pieces that fit: whole faces where the method wants them', () => {
    const small = withParent(draft, cartoon, { parent: { checkpoint: 'x' }, sizePx: 68 })
    expect([small.sizePx, small.cropPx]).toEqual([68, 64])
    expect(isWhole(drawing)).toBe(true)
    const whole = newDraft(drawing, set, { parent: { checkpoint: 'x' }, sizePx: 128 }, 'Mine', 7)
    expect([whole.sizePx, whole.cropPx]).toEqual([128, 128])
    expect(newDraft(drawing, set, FROM_NOTHING, 'Mine', 7)).toMatchObject({ parent: null, sizePx: 256, cropPx: 256 })
  })

  it('knows its presets by what they change, whatever else was set', () => {
    expect(presetOf(draft, cartoon)).toBe('standard')
    for (const preset of ['quick', 'standard', 'thorough'] as const) {
      const chosen = withPreset({ ...draft, controls: { learningRate: 1e-4 } }, cartoon, preset)
      expect(presetOf(chosen, cartoon)).toBe(preset)
      expect(chosen.controls.learningRate).toBe(1e-4)
    }
    const quick = withPreset(draft, cartoon, 'quick')
    // Judges never begin.
    expect(quick.controls.adversarialFromStep).toBeGreaterThanOrEqual(quick.steps)
    expect(presetOf({ ...quick, steps: quick.steps + 1 }, cartoon)).toBeNull()
  })
})

describe('a way on', () => {
  it('after the memory ran out is a smaller one, or none', () => {
    expect(smallerWays({ ...draft, batch: 4 }, cartoon)).toEqual([{ batch: 2 }, { cropPx: 56 }])
    expect(smallerWays({ ...draft, cropPx: 32 }, cartoon)).toEqual([])
    expect(smallerWays({ ...draft, cropPx: 256 }, drawing)).toEqual([])
  })

  it('after a training came apart has half the rates, and everything else as it was', () => {
    expect(gentler({ ...draft, controls: { adversarialFromStep: 9 } }, cartoon)).toEqual({
      controls: { adversarialFromStep: 9, learningRate: 2.5e-4 },
    })
    expect(gentler({ ...draft, controls: { learningRate: 1e-3 } }, cartoon).controls.learningRate).toBe(5e-4)
  })
})

it('a name that is taken gets a number', () => {
  expect(freeName('Toons', [])).toBe('Toons')
  expect(freeName('Toons', ['Toons', 'Toons 2'])).toBe('Toons 3')
  expect(freeName('Toons 2', ['Toons', 'Toons 2'])).toBe('Toons 3')
})

describe('a typed number', () => {
  it('is kept within its range and on its steps', () => {
    expect(within(83, 32, 256, 8)).toBe(80)
    expect(within(9999, 32, 256, 8)).toBe(256)
    expect(within(0.1 + 0.2, 0, 1, null)).toBe(0.3)
    expect(within(Number.NaN, 0, 1, null)).toBeNull()
  })
})
