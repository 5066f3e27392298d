/** The command's options. */

import { parseArgs } from 'node:util'

export const USAGE = `Usage: npm run evaluate -- [options]

Judges generated faces on the validation faces and prints a readable table; --out keeps the figures as JSON and the contact sheets.

  --model ID        the exported model to judge (default: live)
  --models DIR      where exported models lie (default: public/models)
  --faces-dir DIR   judge the pictures NAME.png or NAME.jpg in this folder instead of a model's
  --data DIR        the annotated faces (default: ../shared/data/faces)
  --looks FILE      looks by face name, written by the pipeline (default: runs/data/looks.json); without it, the model's default look
  --doodles FILE    hand-drawn faces (default: ../shared/data/eval-doodles/face.ndjson)
  --faces N         judge only N validation faces, spread over the set
  --measure ID      only this measure (faithful, edits, halfDrawn, doodles); may be repeated
  --out DIR         where evaluation.json and the contact sheets go (default: runs/evaluate)
  --json            print the JSON instead of the tables
  --calibrate       measure the detector on true photos of training faces and write pipeline/evaluate/calibration.json
  --help            this text

Exit codes: 0 done, 1 could not be done, 2 wrong usage.`

export interface Options {
  model: string
  models: string
  facesDir: string | null
  data: string
  looks: string
  doodles: string
  faces: number | null
  measures: readonly string[]
  out: string
  json: boolean
  calibrate: boolean
  help: boolean
}

/** A wrong command line; the message says what is wrong with it. */
export class UsageError extends Error {}

/** @throws UsageError */
export function parseOptions(argv: readonly string[]): Options {
  const values = parse(argv)
  const faces = values.faces === undefined ? null : Number(values.faces)
  if (faces !== null && !(Number.isInteger(faces) && faces > 0)) throw new UsageError('--faces takes a number of faces, 1 or more.')
  return {
    model: values.model ?? 'live',
    models: values.models ?? 'public/models',
    facesDir: values['faces-dir'] ?? null,
    data: values.data ?? '../shared/data/faces',
    looks: values.looks ?? 'runs/data/looks.json',
    doodles: values.doodles ?? '../shared/data/eval-doodles/face.ndjson',
    faces,
    measures: values.measure ?? [],
    out: values.out ?? 'runs/evaluate',
    json: values.json ?? false,
    calibrate: values.calibrate ?? false,
    help: values.help ?? false,
  }
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      strict: true,
      options: {
        model: { type: 'string' },
        models: { type: 'string' },
        'faces-dir': { type: 'string' },
        data: { type: 'string' },
        looks: { type: 'string' },
        doodles: { type: 'string' },
        faces: { type: 'string' },
        measure: { type: 'string', multiple: true },
        out: { type: 'string' },
        json: { type: 'boolean' },
        calibrate: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error })
  }
}
