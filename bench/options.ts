/** The benchmark's command line. */

import { parseArgs } from 'node:util'
import { BACKENDS, type Backend } from '../src/workers/protocol'

export const PARTS = ['node', 'training', 'locality', 'browser', 'crowded', 'cases', 'while-training', 'fine-tuning'] as const
/** Run only when they are named. */
const ON_DEMAND: readonly Part[] = ['crowded', 'cases', 'while-training', 'fine-tuning']
export type Part = (typeof PARTS)[number]

export interface BenchOptions {
  help: boolean
  parts: readonly Part[]
  /** Back ends to run in the browser; null is wasm and whatever hardware there is. */
  backends: readonly Backend[] | null
  modelId: string | null
  repeats: number
  /** `faces.jsonl` with landmarks of real faces for the locality figures; null uses variations of the mean face. */
  faces: string | null
  /** Folder of pictures for fine-tuning. */
  data: string | null
  /** Of fine-tuning; null is the studio's default. */
  steps: number | null
}

export const HELP = `Usage: npm run bench -- [options]

Prints one JSON object: how long a stroke takes to become a face, how long the first face takes, how local an edit stays, and how long the
fine model takes (part node), how long a step of training takes (part training), how a page of 5,000 strokes opens and is drawn on (part
crowded), how a case of 5,000 entries opens (part cases), whether faces follow the pen while a model is trained in the browser (part while-training, minutes), and what fine-tuning gains (part
fine-tuning, minutes).

  --parts LIST      of ${PARTS.join(', ')} (default: all but the last four)
  --part NAME       one of them
  --backends LIST   of ${BACKENDS.join(', ')}; software GPUs are slow, so by default wasm and hardware GPUs only
  --model ID        default: the studio's default model
  --repeats N       strokes for each back end (default 25); a fifth as many page loads
  --faces FILE      JSON lines with "landmarks68" ([68][x, y] in 0-1) for the locality figures, every 20th used;
                    default: variations of the mean face
  --data FOLDER     photo/ and toon/ of faces, or photo/, pen/, mask/ and faces.jsonl, for part fine-tuning
  --steps N         of fine-tuning (default: the studio's)
  --help

Times are milliseconds. "ratio" is the median over that of one plain 3x3 convolution of 256x256x16 in the same run: it travels between
machines, milliseconds do not. Changes are mean absolute differences in 1/255.
`

export function parseOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      parts: { type: 'string' },
      part: { type: 'string' },
      backends: { type: 'string' },
      model: { type: 'string' },
      repeats: { type: 'string', default: '25' },
      faces: { type: 'string' },
      data: { type: 'string' },
      steps: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  const named = values.parts ?? values.part
  const repeats = Number(values.repeats)
  if (!Number.isInteger(repeats) || repeats < 5) throw new Error('--repeats must be a whole number of at least 5')
  return {
    help: values.help,
    parts: named === undefined ? PARTS.filter((part) => !ON_DEMAND.includes(part)) : listOf(named, PARTS, '--parts'),
    backends: values.backends === undefined ? null : listOf(values.backends, BACKENDS, '--backends'),
    modelId: values.model ?? null,
    repeats,
    faces: values.faces ?? null,
    data: values.data ?? null,
    steps: values.steps === undefined ? null : Number(values.steps),
  }
}

function listOf<T extends string>(text: string, known: readonly T[], option: string): T[] {
  return text.split(',').map((name) => {
    const found = known.find((entry) => entry === name.trim())
    if (!found) throw new Error(`${option} takes ${known.join(', ')}, not "${name}"`)
    return found
  })
}
