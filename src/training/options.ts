/** What a run is told, read by its shape: it comes over the wire or from the disk. */

import * as v from 'valibot'
import { StudioError } from '../shared/errors'
import { finite, flag, numberWithin, object, oneOf, read, text, wholeNumber } from '../shared/schema'
import { TRAINING_METHODS, type TrainingControl, type TrainingOptions } from '../workers/trainingProtocol'
import { definitionOf } from './methods'

const AUGMENTATION = object({
  mirror: flag,
  shiftPx: numberWithin(0, 256),
  turnDegrees: numberWithin(0, 45),
  crop: numberWithin(0, 0.5),
  colour: numberWithin(0, 0.5),
  light: numberWithin(0, 0.5),
})

const OPTIONS = object({
  name: text,
  method: oneOf(TRAINING_METHODS),
  dataSetId: text,
  parent: v.nullable(v.union([object({ shipped: text }), object({ checkpoint: text })], 'a model or null')),
  seed: wholeNumber(0, 2 ** 31 - 1),
  sizePx: wholeNumber(16, 1024),
  cropPx: wholeNumber(16, 1024),
  batch: wholeNumber(1, 64),
  steps: wholeNumber(1, 10_000_000),
  decayFrom: numberWithin(0, 1),
  trainingMs: v.nullable(numberWithin(1, 1e12)),
  checkpointEveryMs: numberWithin(0, 1e12),
  sampleEverySteps: wholeNumber(1, 10_000_000),
  layers: oneOf(['late', 'all']),
  averageDecay: numberWithin(0, 0.99999),
  controls: v.record(text, finite, 'an object'),
  augmentation: AUGMENTATION,
})

/** Pieces are multiples of this, so that every network's steps down come out even. */
const CROP_STEP_PX = 8

/** @throws StudioError `bad-request` that names what is wrong */
export function readOptions(value: unknown): TrainingOptions {
  const options = read(OPTIONS, value, { whole: 'options' }, refuse)
  const { cropPx, sizePx, method, controls } = options
  if (cropPx > sizePx) refuse('cropPx', `at most ${sizePx}, the size of the pictures`)
  if (cropPx % CROP_STEP_PX !== 0) refuse('cropPx', `a multiple of ${CROP_STEP_PX}`)
  if (definitionOf(method).isWhole && cropPx !== sizePx) refuse('cropPx', `${sizePx}: this way of training looks at whole faces`)
  const known = new Map(definitionOf(method).description.controls.map((control) => [control.id, control]))
  for (const [id, number] of Object.entries(controls)) checkControl(id, number, known.get(id))
  return options
}

function checkControl(id: string, value: number, control: TrainingControl | undefined): void {
  if (!control) refuse(`controls.${id}`, 'left out: this way of training has no such number')
  const { min, max } = control
  if (value < min || value > max) refuse(`controls.${id}`, `a number from ${min} to ${max}`)
}

/** Those that a person has set, and the defaults of the others. */
export function controlsOf({ method, controls }: TrainingOptions): Record<string, number> {
  return Object.fromEntries(definitionOf(method).description.controls.map(({ id, default: standard }) => [id, controls[id] ?? standard]))
}

function refuse(field: string, wanted: string): never {
  throw new StudioError('bad-request', `The training cannot begin: "${field}" must be ${wanted}.`)
}
