/** The command's options. */

import { parseArgs } from 'node:util'
import { UsageError } from '../../src/cli/usageError'

export const USAGE = `Usage: npm run evaluate -- [options]

Judges generated faces on the validation faces and prints a readable table. Figures are kept as JSON, sample sheets as pictures.

What is judged
  --model ID         the exported model to judge (default: live)
  --models-list IDS  several models, separated by commas
  --all              all models that the index of --models names
  --models DIR       where exported models lie (default: public/models)
  --faces-dir DIR    judge the pictures NAME.png or NAME.jpg in this folder instead of a model's

By what
  --measure ID       only this measure (faithful, realContours, photoLike, truePairs, edits, local, aligned, halfDrawn, drawnHair, byHand,
                     doodles, forgiving, dials, fair, honest); may be repeated or separated by commas
  --faces N          only N validation faces, spread over the set
  --data DIR         the annotated faces (default: ../shared/data/faces); may be repeated or separated by commas
  --looks FILE       looks by face name, written by the pipeline (default: runs/data/looks.json); may be repeated or separated by commas;
                     without it, the model's default look
  --doodles FILE     hand-drawn faces (default: ../shared/data/eval-doodles/face.ndjson)
  --edits DIR        true before/after pairs (default: ../shared/data/edits)
  --real DIR         real portraits prepared by npm run photos (default: runs/data/eval-photos)
  --squeezenet DIR   weights of SqueezeNet 1.1 for photoLike and honest (default: ../shared/data/squeezenet1.1)

What comes out
  --out DIR          evaluation.json and the sheets; figures of other models and measures there are kept (default: runs/evaluate)
  --write-docs       then write docs/evaluation.md and docs/evaluation/*.jpg from all that is in --out
  --docs-only        only that: measure nothing
  --docs DIR         instead of docs
  --json             print the JSON instead of the tables

Other
  --calibrate        measure the detector on true photos of training faces and write src/faces/calibration.json
  --learn-variation  measure how the training faces' parts and landmarks vary and write src/faces/partVariation.json and shapeModel.json, by which drawings are placed,
                     and shapeDirections.json, by which whole faces are moved
  --help             this text

Exit codes: 0 done, 1 could not be done, 2 wrong usage.`

export interface Options {
  /** Ids of models, or `'all'`. */
  models: readonly string[] | 'all'
  modelsFolder: string
  facesDir: string | null
  data: readonly string[]
  looks: readonly string[]
  doodles: string
  edits: string
  real: string
  squeezenet: string
  faces: number | null
  measures: readonly string[]
  out: string
  docs: string
  writesDocs: boolean
  measuresNothing: boolean
  json: boolean
  calibrate: boolean
  learnsVariation: boolean
  help: boolean
}

/** @throws UsageError */
export function parseOptions(argv: readonly string[]): Options {
  const values = parse(argv)
  const faces = values.faces === undefined ? null : Number(values.faces)
  if (faces !== null && !(Number.isInteger(faces) && faces > 0)) throw new UsageError('--faces takes a number of faces, 1 or more.')
  const named = [values.model, values['models-list'], values.all, values['faces-dir']].filter((value) => value !== undefined)
  if (named.length > 1) throw new UsageError('--model, --models-list, --all and --faces-dir exclude each other.')
  const list = (given: readonly string[] | undefined, otherwise: readonly string[]) => (given ? listOf(given) : otherwise)
  return {
    models: values.all ? 'all' : listOf([values['models-list'] ?? values.model ?? 'live']),
    modelsFolder: values.models ?? 'public/models',
    facesDir: values['faces-dir'] ?? null,
    data: list(values.data, ['../shared/data/faces']),
    looks: list(values.looks, ['runs/data/looks.json']),
    edits: values.edits ?? '../shared/data/edits',
    real: values.real ?? 'runs/data/eval-photos',
    doodles: values.doodles ?? '../shared/data/eval-doodles/face.ndjson',
    squeezenet: values.squeezenet ?? '../shared/data/squeezenet1.1',
    faces,
    measures: list(values.measure, []),
    out: values.out ?? 'runs/evaluate',
    docs: values.docs ?? 'docs',
    writesDocs: values['write-docs'] === true || values['docs-only'] === true,
    measuresNothing: values['docs-only'] ?? false,
    json: values.json ?? false,
    calibrate: values.calibrate ?? false,
    learnsVariation: values['learn-variation'] ?? false,
    help: values.help ?? false,
  }
}

const listOf = (given: readonly string[]): string[] => given.flatMap((text) => text.split(',').filter((item) => item !== ''))

const TEXT = { type: 'string' } as const
const LIST = { type: 'string', multiple: true } as const
const FLAG = { type: 'boolean' } as const

export const OPTIONS = {
  model: TEXT,
  'models-list': TEXT,
  all: FLAG,
  models: TEXT,
  'faces-dir': TEXT,
  measure: LIST,
  faces: TEXT,
  data: LIST,
  looks: LIST,
  doodles: TEXT,
  edits: TEXT,
  real: TEXT,
  squeezenet: TEXT,
  out: TEXT,
  'write-docs': FLAG,
  'docs-only': FLAG,
  docs: TEXT,
  json: FLAG,
  calibrate: FLAG,
  'learn-variation': FLAG,
  help: { type: 'boolean', short: 'h' },
} as const

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], strict: true, options: OPTIONS }).values
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error })
  }
}
