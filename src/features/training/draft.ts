/** What a new run will be told, as a person changes it: every change gives options that the engine takes. */

import { STANDARD_AUGMENTATION } from '../../shared/augment'
import type { DataSetKind, DataSetRow } from '../../storage/trainingRows'
import { type ModelEntry, type ModelRef, refOf } from '../../workers/protocol'
import type { TrainingChanges, TrainingMethodDescription, TrainingOptions } from '../../workers/trainingProtocol'

/** Pieces are multiples of this. */
export const CROP_STEP_PX = 8
export const LEAST_CROP_PX = 32
export const PRESETS = ['quick', 'standard', 'thorough'] as const
export type Preset = (typeof PRESETS)[number]

type Method = TrainingMethodDescription

/** Methods that look at whole faces have no smaller pieces. */
export const isWhole = ({ defaults }: Method): boolean => defaults.cropPx === defaults.sizePx

export const methodsFor = (methods: readonly Method[], kind: DataSetKind): readonly Method[] => methods.filter(({ data }) => data === kind)

/** What a method can begin as; shipped models first. */
export function parentsFor({ role, styles }: Method, models: readonly ModelEntry[]): readonly ModelEntry[] {
  return models.filter((model) => model.role === role && (model.style === undefined || styles.includes(model.style)))
}

export interface Beginning {
  readonly parent: ModelRef | null
  /** Of the parent. */
  readonly sizePx: number | null
}

export const FROM_NOTHING: Beginning = { parent: null, sizePx: null }

export function newDraft(method: Method, set: DataSetRow, beginning: Beginning, name: string, seed: number): TrainingOptions {
  const options: TrainingOptions = {
    ...method.defaults,
    ...{ name, method: method.id, dataSetId: set.id, parent: null, seed, trainingMs: null, controls: {} },
    augmentation: STANDARD_AUGMENTATION,
  }
  return withParent(options, method, beginning)
}

/** The pictures have the parent's size, and pieces fit into it. */
export function withParent(draft: TrainingOptions, method: Method, { parent, sizePx }: Beginning): TrainingOptions {
  return withSize({ ...draft, parent }, method, sizePx ?? method.defaults.sizePx)
}

export function withSize(draft: TrainingOptions, method: Method, sizePx: number): TrainingOptions {
  return { ...draft, sizePx, cropPx: isWhole(method) ? sizePx : Math.min(draft.cropPx, multipleOf(sizePx, CROP_STEP_PX)) }
}

export const multipleOf = (value: number, step: number): number => Math.floor(value / step) * step

/** What the three ways differ in; everything else stays as it is. */
export function withPreset(draft: TrainingOptions, method: Method, preset: Preset): TrainingOptions {
  const { steps, sampleEverySteps, layers, cropPx } = method.defaults
  const start = method.controls.find(({ id }) => id === 'adversarialFromStep')
  const begins = (at: number): Record<string, number> => (start ? { ...draft.controls, adversarialFromStep: at } : draft.controls)
  switch (preset) {
    // Pairs, lines or colours alone: most of what is gained comes early, and discriminators cost most.
    case 'quick': {
      const fewer = Math.max(10, Math.round(steps / 60) * 10)
      return withSize(
        { ...draft, steps: fewer, sampleEverySteps: Math.max(5, Math.round(fewer / 10)), layers: 'late', cropPx, controls: begins(fewer) },
        method,
        draft.sizePx,
      )
    }
    case 'standard':
      return withSize({ ...draft, steps, sampleEverySteps, layers, cropPx, controls: begins(start?.default ?? 0) }, method, draft.sizePx)
    case 'thorough':
      return withSize(
        { ...draft, steps: 3 * steps, sampleEverySteps: 2 * sampleEverySteps, layers: 'all', cropPx, controls: begins(steps) },
        method,
        draft.sizePx,
      )
  }
}

/** Which preset a draft is, or `null` when something of it was changed. */
export function presetOf(draft: TrainingOptions, method: Method): Preset | null {
  const same = (preset: Preset): boolean => {
    const { steps, layers, cropPx, sampleEverySteps, controls } = withPreset(draft, method, preset)
    const startOf = (of: Readonly<Record<string, number>>) => of.adversarialFromStep
    return (
      steps === draft.steps &&
      layers === draft.layers &&
      cropPx === draft.cropPx &&
      sampleEverySteps === draft.sampleEverySteps &&
      startOf(controls) === (startOf(draft.controls) ?? method.controls.find(({ id }) => id === 'adversarialFromStep')?.default)
    )
  }
  return PRESETS.find(same) ?? null
}

/** After the memory ran out: smaller ways to go on, the gentlest first; none where nothing can be made smaller. */
export function smallerWays({ cropPx, sizePx, batch }: TrainingOptions, method: Method | null): readonly TrainingChanges[] {
  const smaller = multipleOf(0.75 * cropPx, CROP_STEP_PX)
  const mayCut = method !== null && !isWhole(method) && smaller >= LEAST_CROP_PX && cropPx <= sizePx
  return [...(batch > 1 ? [{ batch: Math.floor(batch / 2) }] : []), ...(mayCut ? [{ cropPx: smaller }] : [])]
}

const RATES = ['learningRate', 'discriminatorLearningRate'] as const

/** After a training came apart: the same with half the rates. */
export function gentler({ controls }: TrainingOptions, method: Method): Required<Pick<TrainingChanges, 'controls'>> {
  const halved = RATES.flatMap((id) => {
    const control = method.controls.find((each) => each.id === id)
    return control ? [[id, (controls[id] ?? control.default) / 2] as const] : []
  })
  return { controls: { ...controls, ...Object.fromEntries(halved) } }
}

/** With a number behind it where the name is taken. */
export function freeName(name: string, taken: readonly string[]): string {
  const base = name.replace(/ \d+$/, '')
  for (let n = 1; ; n++) {
    const next = n === 1 ? base : `${base} ${n}`
    if (!taken.includes(next)) return next
  }
}

/** Shipped ones and own ones apart, as the value of a list to choose from. */
export const keyOf = (ref: ModelRef | null): string =>
  ref === null ? '' : 'shipped' in ref ? `shipped ${ref.shipped}` : `own ${ref.checkpoint}`

export const entryOf = (ref: ModelRef | null, models: readonly ModelEntry[]): ModelEntry | null =>
  models.find((model) => ref !== null && keyOf(refOf(model)) === keyOf(ref)) ?? null
