/** The command line → what to do, or a `UsageError`. */

import { parseArgs } from 'node:util'
import type { ContourOptions } from '../faces/photoContour'
import { MOST_RADIUS_PX } from '../shared/guidedPixels'
import { type Backend, PICTURE_STYLES, type PictureStyle } from '../workers/protocol'
import { backendOf, type CaseCommand, caseCommandOf, parseCaseCommand } from './caseCommands'
import { PASS_PHRASE_VARIABLE } from './passPhrase'
import { CONTOUR_FORMATS, type ContourCommand, type ContourFormat, type PictureCommand } from './photoCommands'
import { UsageError } from './usageError'

export interface GenerateOptions {
  /** Pairs of files; `-` is standard input or output. */
  jobs: readonly { sketch: string; face: string }[]
  modelId: string | null
  look: string | null
  tolerance: string | null
  /** Whether drawings are brought to the mean face's place first. */
  places: boolean
  backend: Backend | null
  /** Folder of the models; null is the one that comes with the studio. */
  models: string | null
  json: boolean
}

export type Command =
  | { kind: 'help' }
  | { kind: 'version' }
  | { kind: 'models'; models: string | null; json: boolean }
  | ({ kind: 'contour' } & ContourCommand)
  | ({ kind: 'picture'; models: string | null } & PictureCommand)
  | ({ kind: 'generate'; outputFolder: string | null } & GenerateOptions)
  | CaseCommand

export const HELP = `Usage:
  face-studio generate SKETCH.png FACE.png [options]    one drawing, one face
  face-studio generate SKETCH.png... --out DIR          many drawings; faces keep the drawings' names
  face-studio contour PHOTO OUT                         a photo's contour as strokes, with hair outline, ears and pupils; OUT.svg, .json or .png
  face-studio drawing|cartoon|anime|photo|frontal PHOTO OUT.png
                                                        a picture of a photo's largest face, where a model of that style is installed; a drawing also as .svg
  face-studio verify FILE [--digest HEX]                whether an exported log, or an encrypted case (.facecase), is as it was written
  face-studio reproduce FILE [--version NAME|ID]        the faces of a case made again and compared with those that were kept
  face-studio models [--json]                           the models, with looks and tolerance of each

PHOTO is a JPEG or PNG with a face, or a folder of them; OUT is then a folder too. The face is found and aligned first; what is doubtful is told.

A sketch is a PNG or JPEG of any size: dark lines on light paper or the other way round, clean, scanned or photographed. It is fitted into the
model's square; transparent means paper; table, rules and notes beside the drawing are left out, and that is said. "-" reads the sketch from standard input or writes the face to standard output. Everything is computed on this machine.

An encrypted case is opened by its pass phrase: from the environment variable ${PASS_PHRASE_VARIABLE}, or asked for at the terminal and not shown. It is no
option, because options stay in the shell's history and in the list of processes.

Options:
  -o, --out DIR          folder for the faces of many drawings, or for those that reproduce makes; made if it is missing
  -m, --model ID         the model (default: the one that the studio starts with); for pictures also the folder of a model of your own (./mine)
  -l, --look NAME|JSON   what a sketch cannot say: the name of one of the model's looks, or fields as JSON, such as
                         '{"age":60,"hairColour":[200,200,200]}'; what is left out stays open (default: the model's first look)
  -t, --tolerance LIST   how far lines may be off, part by part, such as jaw=0.8,eyes=0: 0 follow the line exactly, 1 take it as a hint;
                         parts are jaw, brows, eyes, nose, mouth and rest (default: as the model says)
      --no-placement     take drawings where they lie; otherwise one that was drawn beside, turned, larger or smaller than the mean face is
                         brought to its place first, and what was done is told
      --format NAME      of contours in a folder: svg (default), json (a project with the photo's look) or png; of drawings: png (default) or svg, their
                         lines as strokes
      --without LIST     what a contour leaves out, such as hair,ears,pupils
      --strength N       of a picture over its photo, 0 to 1, for models that have one
      --radius N         of the filter that gives a cartoon the photo's edges, in whole pixels from 0 (default, none) to 8
      --digest HEX       what a printed sheet or another person says the log ended with: verify finds the entry, or tells that it is another log
      --version NAME|ID  of reproduce: only this version of the case (default: all)
      --backend NAME     wasm or cpu (default: wasm, cpu if that fails; for reproduce what each face was kept on, else wasm)
      --models DIR       folder of models (default: the shipped ones)
      --json             one JSON line for each picture on standard output
  -h, --help             this text
  -V, --version          the version

Exit status: 0 all faces were written; 1 something failed; 2 the command line is wrong; 66 a sketch could not be opened. Of several failures the
first one counts; the other drawings are still served. verify: 0 intact, 1 not intact or not to be read. reproduce: 0 every face is the same, or within what
two back ends may differ by; 1 one is not.
`

const OPTIONS = {
  out: { type: 'string', short: 'o' },
  model: { type: 'string', short: 'm' },
  look: { type: 'string', short: 'l' },
  tolerance: { type: 'string', short: 't' },
  format: { type: 'string' },
  without: { type: 'string' },
  strength: { type: 'string' },
  radius: { type: 'string' },
  'no-placement': { type: 'boolean', default: false },
  backend: { type: 'string' },
  models: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
  version: { type: 'boolean', short: 'V', default: false },
} as const

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

export function parseCommand(args: readonly string[]): Command {
  const ofCase = caseCommandOf(args)
  if (ofCase) return parseCaseCommand(ofCase, args)
  const { values, positionals } = parse(args)
  if (values.help) return { kind: 'help' }
  if (values.version) return { kind: 'version' }
  const [command, ...files] = positionals
  const models = values.models ?? null
  switch (command) {
    case undefined:
      throw new UsageError('a command is missing')
    case 'help':
      return { kind: 'help' }
    case 'models':
      if (files.length > 0) throw new UsageError(`unexpected argument "${files[0]}"`)
      return { kind: 'models', models, json: values.json }
    case 'contour': {
      const [input, output] = twoFiles(command, files, values.out, values.json)
      return { kind: 'contour', input, output, format: formatOf(values.format), options: optionsWithout(values.without), json: values.json }
    }
    case 'generate': {
      const jobs = pairFiles(files, values.out ?? null)
      if (values.json && jobs.some(({ face }) => face === '-'))
        throw new UsageError('--json and a face on standard output exclude each other')
      const options = {
        modelId: values.model ?? null,
        look: values.look ?? null,
        tolerance: values.tolerance ?? null,
        places: !values['no-placement'],
        backend: backendOf(values.backend),
        models,
        json: values.json,
      }
      return { kind: 'generate', jobs, outputFolder: values.out ?? null, ...options }
    }
    default: {
      const style = PICTURE_STYLES.find((known) => known === command)
      if (style) return pictureCommand(style, twoFiles(command, files, values.out, values.json), values)
      throw new UsageError(`unknown command "${command}"`)
    }
  }
}

type Values = ReturnType<typeof parse>['values']

function pictureCommand(style: PictureStyle, [input, output]: readonly [string, string], values: Values): Command {
  const strength = values.strength === undefined ? null : Number(values.strength)
  if (strength !== null && !(strength >= 0 && strength <= 1)) throw new UsageError('--strength must be a number from 0 to 1')
  const radius = Number(values.radius ?? 0)
  if (!Number.isInteger(radius) || radius < 0 || radius > MOST_RADIUS_PX)
    throw new UsageError(`--radius must be a whole number from 0 to ${MOST_RADIUS_PX}`)
  if (radius > 0 && style !== 'cartoon')
    throw new UsageError(`only a cartoon takes over the photo's edges; leave --radius out for "${style}"`)
  const { model: modelId = null, models = null, json } = values
  return {
    kind: 'picture',
    style,
    input,
    output,
    modelId,
    strength,
    radius,
    backend: backendOf(values.backend),
    format: formatOf(values.format),
    models,
    json,
  }
}

/** `OUT` is the second name, or that of `--out`. */
function twoFiles(command: string, files: readonly string[], out: string | undefined, json: boolean): readonly [string, string] {
  const [input, output = out, ...more] = files
  if (input === undefined || output === undefined) throw new UsageError(`${command} needs a photo or a folder, and where to write to`)
  if (more.length > 0 || (out !== undefined && output !== out)) throw new UsageError(`${command} takes one photo or one folder`)
  if (json && output === '-') throw new UsageError('--json and a result on standard output exclude each other')
  return [input, output]
}

function formatOf(name: string | undefined): ContourFormat | null {
  if (name === undefined) return null
  const format = CONTOUR_FORMATS.find((known) => known === name)
  if (!format) throw new UsageError(`--format must be one of ${CONTOUR_FORMATS.join(', ')}, not "${name}"`)
  return format
}

function optionsWithout(list: string | undefined): ContourOptions {
  const without = list?.split(',').map((name) => name.trim()) ?? []
  const known = ['hair', 'ears', 'pupils'] as const
  const odd = without.find((name) => !known.some((option) => option === name))
  if (odd !== undefined) throw new UsageError(`--without takes ${known.join(', ')}, not "${odd}"`)
  return { hair: !without.includes('hair'), ears: !without.includes('ears'), pupils: !without.includes('pupils') }
}

function pairFiles(files: readonly string[], outputFolder: string | null): GenerateOptions['jobs'] {
  if (outputFolder === null) {
    const [sketch, face, ...more] = files
    if (sketch === undefined || face === undefined) throw new UsageError('generate needs a sketch and a file for the face, or --out DIR')
    if (more.length > 0) throw new UsageError('more than two files need --out DIR')
    return [{ sketch, face }]
  }
  if (files.length === 0) throw new UsageError('generate needs a sketch')
  const jobs = files.map((sketch) => {
    if (sketch === '-') throw new UsageError('standard input has no name for --out DIR')
    return { sketch, face: `${outputFolder.replace(/\/+$/, '')}/${faceName(sketch)}` }
  })
  const twice = jobs.find(({ face }, i) => jobs.findIndex((other) => other.face === face) !== i)
  if (twice) throw new UsageError(`two sketches would be written to ${twice.face}`)
  return jobs
}

/** The sketch's own name, always with the ending `.png`. */
function faceName(sketch: string): string {
  const base = sketch.split(/[\\/]/).at(-1) ?? ''
  return `${base.replace(/\.(?:png|jpe?g)$/i, '')}.png`
}
