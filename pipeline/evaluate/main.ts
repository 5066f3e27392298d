/** The evaluation command: options → detector, faces and their source → measures → tables, JSON and contact sheets. */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { calibrate } from './calibrate'
import { contactSheet } from './contactSheet'
import { isValidationName, readFaceSet, readLooks, spread } from './data/faceSet'
import { parseCalibration } from './landmarks/calibration'
import { cachedPhotoDetector, type PhotoDetector } from './landmarks/detectionCache'
import { type LandmarkDetector, loadDetector } from './landmarks/detector'
import { MEASURES } from './measures'
import type { Measure, MeasureResult, Subject } from './measures/measure'
import { type Options, parseOptions, USAGE, UsageError } from './options'
import { formatResult } from './report'
import { folderSource } from './sources/folderSource'
import { modelSource } from './sources/modelSource'

/** Faces on a contact sheet. */
const SHEET_FACES = 16

/** Runs the command. @returns the exit code */
export async function main(argv: readonly string[], root: string): Promise<number> {
  try {
    const options = parseOptions(argv)
    if (options.help) console.log(USAGE)
    else await run(options, root)
    return 0
  } catch (error) {
    console.error(`evaluate: ${error instanceof Error ? error.message : String(error)}`)
    if (error instanceof UsageError) console.error('Try --help.')
    return error instanceof UsageError ? 2 : 1
  }
}

async function run(options: Options, root: string): Promise<void> {
  const measures = chooseMeasures(options)
  const detector = await loadDetector()
  const photos = cachedPhotoDetector(detector, path.join(root, '.cache/evaluate/detections.json'))
  const calibrationFile = path.join(root, 'pipeline/evaluate/calibration.json')
  try {
    if (options.calibrate) {
      const calibration = await calibrate(options.data, detector.id, photos)
      writeFileSync(calibrationFile, formatCalibration(calibration))
      console.log(`${calibrationFile}: measured on ${calibration.names.length} training faces.`)
    } else {
      const subject = await prepare(options, detector, photos, calibrationFile)
      await measure(options, subject, measures)
    }
  } finally {
    photos.save()
  }
}

function chooseMeasures(options: Options): readonly Measure[] {
  const unknown = options.measures.find((id) => !MEASURES.some((measure) => measure.id === id))
  if (unknown) throw new UsageError(`There is no measure "${unknown}"; there are: ${MEASURES.map(({ id }) => id).join(', ')}.`)
  return MEASURES.filter(({ id }) => options.measures.length === 0 || options.measures.includes(id))
}

async function prepare(options: Options, detector: LandmarkDetector, photos: PhotoDetector, calibrationFile: string): Promise<Subject> {
  const calibration = parseCalibration(JSON.parse(readFileSync(calibrationFile, 'utf8')), detector.id)
  const validation = readFaceSet(options.data).filter(({ name }) => isValidationName(name))
  const looks = readLooks(options.looks)
  if (!existsSync(options.looks)) console.error(`${options.looks} does not exist; every face gets the model's default look.`)
  return {
    source: options.facesDir === null ? await modelSource(options.models, options.model) : folderSource(options.facesDir),
    faces: options.faces === null ? validation : spread(validation, options.faces),
    lookOf: (name) => looks.get(name) ?? {},
    detect: detector.detect,
    detectPhoto: photos.detectPhoto,
    offsets: calibration.offsets,
    doodlesFile: options.doodles,
    onProgress: process.stderr.isTTY
      ? (done, total) => process.stderr.write(`\r${done} of ${total}${done === total ? '\n' : ''}`)
      : () => {},
  }
}

async function measure(options: Options, subject: Subject, measures: readonly Measure[]): Promise<void> {
  const possible = measures.filter(({ needsAnySketch }) => subject.source.drawsAnySketch || !needsAnySketch)
  if (possible.length === 0) throw new UsageError(`A folder of pictures cannot be asked for ${options.measures.join(', ')}; name a model.`)
  mkdirSync(options.out, { recursive: true })
  const figures: Record<string, unknown> = { source: subject.source.label, date: new Date().toISOString().slice(0, 10) }
  const jsonFile = path.join(options.out, 'evaluation.json')
  for (const each of possible) {
    const result = await each.run(subject)
    figures[each.id] = result.figures
    writeFileSync(jsonFile, toJson(figures))
    writeSheet(options, each, result)
    if (!options.json) console.log(`${formatResult(each, subject.source.label, result)}\n`)
  }
  console.log(options.json ? toJson(figures).trimEnd() : `Figures and contact sheets: ${options.out}`)
}

const toJson = (figures: Record<string, unknown>): string => `${JSON.stringify(figures, null, 2)}\n`

function writeSheet(options: Options, { id }: Measure, { sheet }: MeasureResult): void {
  if (sheet.length > 0) writeFileSync(path.join(options.out, `${id}.png`), contactSheet(spread(sheet, SHEET_FACES)))
}

/** One line for each landmark, so that a new calibration can be read as a difference. */
function formatCalibration({ names, offsets, ...rest }: Awaited<ReturnType<typeof calibrate>>): string {
  const head = JSON.stringify(rest, null, 2).slice(0, -2)
  const rows = offsets.map((offset) => `    ${JSON.stringify(offset)}`).join(',\n')
  return `${head},\n  "names": ${JSON.stringify(names)},\n  "offsets": [\n${rows}\n  ]\n}\n`
}
