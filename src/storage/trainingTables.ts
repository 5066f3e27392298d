/** Tables of data sets, runs of training, and models that were trained here. */

import * as v from 'valibot'
import { LANDMARK_COUNT } from '../faces/landmarks'
import { declareTable, type Table } from './table'
import type {
  DataSetEntryRow,
  DataSetItemRow,
  DataSetRow,
  ModelFileRow,
  OwnModelRow,
  TrainingRunRow,
  TrainingSampleRow,
} from './trainingRows'

const count = v.pipe(v.number(), v.integer(), v.minValue(0))
const number = v.pipe(v.number(), v.finite())
const bytes = v.instance(Uint8Array<ArrayBuffer>)
const picture = v.object({ mime: v.picklist(['image/png', 'image/webp', 'image/jpeg']), bytes })

export const DATA_SETS: Table<DataSetRow> = declareTable({
  name: 'dataSets',
  key: 'id',
  since: 5,
  row: v.looseObject({
    id: v.string(),
    name: v.string(),
    kind: v.picklist(['pairs', 'unpaired']),
    sideA: v.exactOptional(v.literal('sketch')),
    createdAt: number,
    updatedAt: number,
  }),
  mends: { name: '', createdAt: 0, updatedAt: 0 },
})

export const DATA_SET_ITEMS: Table<DataSetItemRow> = declareTable({
  name: 'dataSetItems',
  key: ['dataSetId', 'id'],
  since: 5,
  row: v.looseObject({
    dataSetId: v.string(),
    id: v.string(),
    name: v.string(),
    heldOut: v.boolean(),
    a: v.nullable(picture),
    b: v.nullable(picture),
    landmarks: v.nullable(v.pipe(v.array(number), v.length(2 * LANDMARK_COUNT))),
    found: v.exactOptional(v.nullable(v.pipe(v.array(number), v.length(2 * LANDMARK_COUNT)))),
    regions: v.nullable(bytes),
  }),
  mends: { name: '', heldOut: false, landmarks: null, found: null, regions: null },
})

export const DATA_SET_ENTRIES: Table<DataSetEntryRow> = declareTable({
  name: 'dataSetEntries',
  key: ['dataSetId', 'id'],
  since: 6,
  row: v.looseObject({
    dataSetId: v.string(),
    id: v.string(),
    name: v.string(),
    heldOut: v.boolean(),
    a: v.nullable(picture),
    b: v.nullable(picture),
    hasFace: v.boolean(),
    bytes: count,
  }),
  mends: { name: '', heldOut: false, a: null, b: null, hasFace: false, bytes: 0 },
})

export const TRAINING_RUNS: Table<TrainingRunRow> = declareTable({
  name: 'trainingRuns',
  key: 'runId',
  since: 5,
  row: v.looseObject({
    runId: v.string(),
    createdAt: number,
    updatedAt: number,
    options: v.unknown(),
    state: v.picklist(['ready', 'running', 'paused', 'stopped', 'finished', 'failed']),
    step: count,
    elapsedMs: number,
    error: v.nullable(v.object({ code: v.string(), message: v.string() })),
    history: v.object({ steps: v.array(v.number()), losses: v.record(v.string(), v.array(v.union([v.number(), v.nan()]))) }),
    figures: v.array(v.object({ step: count, l1: number })),
  }),
  mends: { createdAt: 0, updatedAt: 0, error: null, history: { steps: [], losses: {} }, figures: [] },
})

export const TRAINING_SAMPLES: Table<TrainingSampleRow> = declareTable({
  name: 'trainingSamples',
  key: ['runId', 'step'],
  since: 5,
  row: v.object({ runId: v.string(), step: count, rows: v.array(v.record(v.string(), picture)) }),
})

export const OWN_MODELS: Table<OwnModelRow> = declareTable({
  name: 'ownModels',
  key: 'id',
  since: 5,
  row: v.looseObject({
    id: v.string(),
    name: v.string(),
    createdAt: number,
    updatedAt: number,
    role: v.string(),
    style: v.nullable(v.string()),
    parent: v.nullable(v.string()),
    runId: v.nullable(v.string()),
    figures: v.nullable(v.object({ parent: number, own: number })),
    bytes: count,
  }),
  mends: { name: '', createdAt: 0, updatedAt: 0, parent: null, runId: null, figures: null, bytes: 0 },
})

export const MODEL_FILES: Table<ModelFileRow> = declareTable({
  name: 'modelFiles',
  key: ['modelId', 'file'],
  since: 5,
  row: v.object({ modelId: v.string(), file: v.string(), bytes }),
})

export const TRAINING_TABLES: readonly Table[] = [
  DATA_SETS,
  DATA_SET_ITEMS,
  DATA_SET_ENTRIES,
  TRAINING_RUNS,
  TRAINING_SAMPLES,
  OWN_MODELS,
  MODEL_FILES,
]
