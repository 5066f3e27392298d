/** The evaluation as it is stored: figures of several models, of which each run adds or renews some. */

import { existsSync, readFileSync } from 'node:fs'
import type { FaceSource } from '../../node/faceSource'
import type { Measure, MeasureResult, TableRow } from '../measures/measure'

export interface StoredMeasure {
  /** How many validation faces there were. */
  faces: number
  date: string
  references: readonly string[]
  rows: readonly TableRow[]
  remarks: readonly string[]
  figures: unknown
}

export interface StoredModel {
  id: string
  name: string
  role: string
  sizePx: number
  /** Of the weights that were judged. */
  fingerprint: string
  measures: Readonly<Record<string, StoredMeasure>>
}

export interface Evaluation {
  version: 2
  models: readonly StoredModel[]
}

const EMPTY: Evaluation = { version: 2, models: [] }

/** What is stored in a file; nothing when there is none or it is of another version. */
export function readEvaluation(file: string): Evaluation {
  if (!existsSync(file)) return EMPTY
  const stored = JSON.parse(readFileSync(file, 'utf8')) as Partial<Evaluation>
  return stored.version === 2 && Array.isArray(stored.models) ? { version: 2, models: stored.models } : EMPTY
}

/** @throws Error when two rows have one label, since tables find rows by it */
export function storedMeasure(
  { id, references }: Measure,
  { rows, remarks, figures }: MeasureResult,
  faces: number,
  date: string,
): StoredMeasure {
  if (new Set(rows.map(({ label }) => label)).size < rows.length) throw new Error(`${id}: two rows have the same label.`)
  return { faces, date, references, rows, remarks, figures }
}

/** The evaluation with one more measure of a model. Figures of a model's other weights are dropped: they are another model's. */
export function withMeasure(evaluation: Evaluation, source: FaceSource, id: string, measure: StoredMeasure): Evaluation {
  const { name, role, sizePx, fingerprint } = source
  const known = evaluation.models.find((model) => model.id === source.id)
  const kept = known?.fingerprint === fingerprint ? known.measures : {}
  const model: StoredModel = { id: source.id, name, role, sizePx, fingerprint, measures: { ...kept, [id]: measure } }
  const models = known ? evaluation.models.map((each) => (each === known ? model : each)) : [...evaluation.models, model]
  return { version: 2, models }
}
