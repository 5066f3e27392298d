/** The evaluation command: options → detector, faces and their sources → measures → figures and sheets → tables and the document. */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { UsageError } from '../../src/cli/usageError'
import { parseCalibration } from '../../src/faces/calibration'
import { type LandmarkDetector, loadDetector } from '../node/detector'
import { readFaceSets, readLooks, spread } from '../node/faceSet'
import type { FaceSource } from '../node/faceSource'
import { encodePng } from '../node/imageFiles'
import { modelIds, modelSource } from '../node/modelSource'
import { photoCache } from '../node/photoCache'
import { type PhotoDetector, photoDetector } from '../node/photoDetector'
import { calibrate } from './calibrate'
import { loadFeatures } from './features/features'
import { learnDirections } from './learnDirections'
import { learnShapes } from './learnShapes'
import { learnVariation } from './learnVariation'
import { MEASURES } from './measures'
import { READINGS_ID } from './measures/dialReadings'
import type { Measure, MeasureResult, Subject } from './measures/measure'
import { type Options, parseOptions, USAGE } from './options'
import { writeDocs } from './report/docs'
import { type Evaluation, readEvaluation, storedMeasure, withMeasure } from './report/evaluation'
import { contactSheet } from './report/sheets'
import { formatTable, tableOf } from './report/table'
import { folderSource } from './sources/folderSource'
import { createSubject, type Surroundings } from './subject'

/** Rows of a sheet. */
const SHEET_ROWS = 16

/** Runs the command. @returns the exit code */
export async function main(argv: readonly string[], root: string): Promise<number> {
  try {
    const options = parseOptions(argv)
    if (options.help) console.log(USAGE)
    else if (options.learnsVariation) writeVariation(options, root)
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
  if (!options.measuresNothing) await withDetector(options, root, measures)
  if (options.writesDocs) {
    writeDocs(readEvaluation(jsonFile(options)), options.out, options.docs, await modelIds(options.modelsFolder))
    console.error(`Written: ${path.join(options.docs, 'evaluation.md')}`)
  }
}

async function withDetector(options: Options, root: string, measures: readonly Measure[]): Promise<void> {
  const detector = await loadDetector()
  const cache = path.join(root, '.cache/evaluate')
  const photos = photoDetector(detector, cache)
  const calibrationFile = path.join(root, 'src/faces/calibration.json')
  try {
    if (options.calibrate) {
      const calibration = await calibrate(options.data, detector.id, photos)
      writeFileSync(calibrationFile, formatCalibration(calibration))
      console.log(`${calibrationFile}: measured on ${calibration.names.length} training faces.`)
    } else {
      await evaluate(options, prepare(options, detector, photos, calibrationFile, cache), measures)
    }
  } finally {
    photos.save()
  }
}

function writeVariation({ data }: Options, root: string): void {
  const all = readFaceSets(data)
  const training = all.filter(({ isValidation }) => !isValidation)
  const file = path.join(root, 'src/faces/partVariation.json')
  writeFileSync(file, learnVariation(training))
  const shapes = path.join(root, 'src/faces/shapeModel.json')
  writeFileSync(shapes, learnShapes(training))
  const directions = path.join(root, 'src/faces/shapeDirections.json')
  writeFileSync(
    directions,
    learnDirections(
      training,
      all.filter(({ isValidation }) => isValidation),
    ),
  )
  console.log(`${file}, ${shapes} and ${directions}: measured on ${training.length} training faces.`)
}

function chooseMeasures(options: Options): readonly Measure[] {
  const unknown = options.measures.find((id) => !MEASURES.some((measure) => measure.id === id))
  if (unknown) throw new UsageError(`There is no measure "${unknown}"; there are: ${MEASURES.map(({ id }) => id).join(', ')}.`)
  return MEASURES.filter(({ id }) => options.measures.length === 0 || options.measures.includes(id))
}

function prepare(
  options: Options,
  detector: LandmarkDetector,
  photos: PhotoDetector,
  calibrationFile: string,
  cacheFolder: string,
): Surroundings {
  const calibration = parseCalibration(JSON.parse(readFileSync(calibrationFile, 'utf8')), detector.id)
  const all = readFaceSets(options.data)
  const validation = all.filter(({ isValidation }) => isValidation)
  for (const file of options.looks) if (!existsSync(file)) console.error(`${file} does not exist; its faces get the model's default look.`)
  return {
    detector,
    photos,
    photoReadings: photoCache(path.join(cacheFolder, 'photo-readings.json'), READINGS_ID),
    looks: readLooks(options.looks),
    faces: options.faces === null ? validation : spread(validation, options.faces),
    training: all.filter(({ isValidation }) => !isValidation),
    features: loadFeatures(options.squeezenet, path.join(cacheFolder, 'photo-features.json')),
    offsets: calibration.offsets,
    doodlesFile: options.doodles,
    editsFolder: options.edits,
    realFolder: options.real,
    limit: options.faces,
    onProgress: process.stderr.isTTY
      ? (done, total) => process.stderr.write(`\r${done} of ${total}${done === total ? '\n' : ''}`)
      : () => {},
  }
}

async function evaluate(options: Options, surroundings: Surroundings, measures: readonly Measure[]): Promise<void> {
  let evaluation = readEvaluation(jsonFile(options))
  const judged: string[] = []
  try {
    for (const open of await sourcesOf(options)) {
      const source = await open()
      judged.push(source.id)
      evaluation = await evaluateSource(options, createSubject(source, surroundings), measures, evaluation)
      source.dispose()
    }
  } finally {
    surroundings.features?.save()
    surroundings.photoReadings.save()
  }
  const models = evaluation.models.filter(({ id }) => judged.includes(id))
  if (options.json) console.log(toJson({ version: 2, models }))
  else printTables(models, measures)
}

/** Models are opened one after the other, so that only one is in memory. */
async function sourcesOf({ facesDir, models, modelsFolder }: Options): Promise<(() => Promise<FaceSource>)[]> {
  if (facesDir !== null) return [async () => folderSource(facesDir)]
  const ids = models === 'all' ? await modelIds(modelsFolder) : models
  return ids.map((id) => () => modelSource(modelsFolder, id))
}

async function evaluateSource(options: Options, subject: Subject, measures: readonly Measure[], stored: Evaluation): Promise<Evaluation> {
  const { source } = subject
  const possible = measures.filter(({ needsAnySketch }) => source.drawsAnySketch || !needsAnySketch)
  if (possible.length === 0) throw new UsageError(`A folder of pictures cannot be asked for ${options.measures.join(', ')}; name a model.`)
  mkdirSync(path.join(options.out, source.id), { recursive: true })
  let evaluation = stored
  for (const measure of possible) {
    const started = performance.now()
    const result = await measure.run(subject)
    const date = new Date().toISOString().slice(0, 10)
    evaluation = withMeasure(evaluation, source, measure.id, storedMeasure(measure, result, subject.faces.length, date))
    writeFileSync(jsonFile(options), toJson(evaluation))
    writeSheet(options, source, measure, result)
    console.error(`${source.id}: ${measure.id} (${((performance.now() - started) / 1000).toFixed(1)} s)`)
  }
  return evaluation
}

const jsonFile = ({ out }: Options): string => path.join(out, 'evaluation.json')
const toJson = (evaluation: Evaluation): string => `${JSON.stringify(evaluation, null, 1)}\n`

function writeSheet(options: Options, { id }: FaceSource, measure: Measure, { sheet }: MeasureResult): void {
  if (sheet.length === 0) return
  writeFileSync(path.join(options.out, id, `${measure.id}.png`), encodePng(contactSheet(spread(sheet, SHEET_ROWS))))
}

function printTables(models: Evaluation['models'], measures: readonly Measure[]): void {
  for (const { id, title } of measures) {
    const remarks = models.flatMap((model) => (model.measures[id]?.remarks ?? []).map((remark) => `${model.id}: ${remark}`))
    if (!models.some((model) => model.measures[id])) continue
    console.log([title, '', formatTable(tableOf(id, models)), '', ...remarks, ''].join('\n'))
  }
}

/** One line for each landmark, so that a new calibration can be read as a difference. */
function formatCalibration({ names, offsets, ...rest }: Awaited<ReturnType<typeof calibrate>>): string {
  const head = JSON.stringify(rest, null, 2).slice(0, -2)
  const rows = offsets.map((offset) => `    ${JSON.stringify(offset)}`).join(',\n')
  return `${head},\n  "names": ${JSON.stringify(names)},\n  "offsets": [\n${rows}\n  ]\n}\n`
}
