/**
 * Faithful: do the generated face's landmarks lie where they were drawn? For each validation face its plain contour is drawn, a face is generated
 * with the face's own look, and the detector's landmarks on it are compared with the contour. Beside it: the detector's own error on the true
 * photos (the floor), and the error of a generator that ignores the drawing and always gives the mean face (the ceiling).
 */

import meanFace from '../../../src/faces/meanFace.json'
import { contourSketch } from '../contour'
import type { AnnotatedFace } from '../data/faceSet'
import { greyToRgba, type RgbaImage, readImage } from '../data/image'
import { type DetectedFace, NO_OFFSETS } from '../landmarks/calibration'
import { FIGURE_PART_IDS, type Landmark68, parseLandmark68 } from '../landmarks/landmark68'
import { type ErrorFigure, errorFigure, type FaceError, faceError } from '../landmarks/landmarkError'
import type { Measure, MeasureResult, SheetRow, Subject } from './measure'

/** What was seen of one face. `undefined`: there was no picture; `null`: no face was found on it. */
interface Sample {
  face: AnnotatedFace
  onGenerated: Landmark68 | null | undefined
  onPhoto: Landmark68 | null
  sheetRow: SheetRow
}

/** A detector's findings on one kind of picture. */
interface Finding {
  pictures: number
  found: number
  error: ErrorFigure | null
  /** The same without calibration. */
  uncalibrated: ErrorFigure | null
}

export const faithful: Measure = {
  id: 'faithful',
  title: 'Faithful: landmarks of the generated face against the drawn contour, in % of the distance of the outer eye corners',
  needsAnySketch: false,
  async run(subject) {
    const samples: Sample[] = []
    for (const face of subject.faces) {
      samples.push(await sampleFace(subject, face))
      subject.onProgress(samples.length, subject.faces.length)
    }
    return report(subject, samples)
  },
}

async function sampleFace(subject: Subject, face: AnnotatedFace): Promise<Sample> {
  const { source } = subject
  const sketch = contourSketch(face.landmark68, source.sizePx)
  const sketchPicture = greyToRgba(sketch, source.sizePx) // the source may take the sketch's buffer with it
  const generated = await source.generate({ name: face.name, sketch, look: subject.lookOf(face.name) })
  return {
    face,
    onGenerated: generated ? await subject.detect(generated) : undefined,
    onPhoto: await subject.detectPhoto(face.photoPath),
    sheetRow: generated ? [sketchPicture, generated, photoOf(face)] : [],
  }
}

const photoOf = (face: AnnotatedFace): RgbaImage => readImage(face.photoPath)

function report(subject: Subject, samples: readonly Sample[]): MeasureResult {
  const judged = samples.filter((sample) => sample.onGenerated !== undefined)
  if (judged.length === 0) throw new Error(`${subject.source.label} has no picture of any validation face.`)
  const generated = finding(subject, judged, (sample) => sample.onGenerated)
  const photos = finding(subject, judged, (sample) => sample.onPhoto)
  const template = parseLandmark68(meanFace, 'meanFace.json')
  const ignoring = errorFigure(judged.map(({ face }) => faceError({ annotated: face.landmark68, detected: template }, NO_OFFSETS)))
  const perFace = judged.map((sample) => {
    const detected = sample.onGenerated
    const error = detected ? faceError({ annotated: sample.face.landmark68, detected }, subject.offsets) : null
    return { name: sample.face.name, found: error !== null, average: error?.average ?? null, parts: error?.parts ?? null }
  })
  return {
    figures: { unit: '% of the distance of the outer eye corners', generated, truePhotos: photos, meanFaceInstead: ignoring, perFace },
    table: table(generated, photos, ignoring),
    remarks: [...missingRemark(samples, judged), ...worstRemark(perFace)],
    sheet: judged.map((sample) => sample.sheetRow),
  }
}

function finding(subject: Subject, samples: readonly Sample[], of: (sample: Sample) => Landmark68 | null | undefined): Finding {
  const detections: DetectedFace[] = samples.flatMap((sample) => {
    const detected = of(sample)
    return detected ? [{ annotated: sample.face.landmark68, detected }] : []
  })
  const figure = (offsets: typeof NO_OFFSETS) => errorFigure(detections.map((detection): FaceError => faceError(detection, offsets)))
  return { pictures: samples.length, found: detections.length, error: figure(subject.offsets), uncalibrated: figure(NO_OFFSETS) }
}

const percent = (value: number | undefined): string => (value === undefined ? '–' : value.toFixed(2))
const share = ({ found, pictures }: Finding): string => `${found} of ${pictures}`

function table(generated: Finding, photos: Finding, ignoring: ErrorFigure | null): string[][] {
  const figures = [generated.error, photos.error, ignoring]
  const row = (name: string, of: (figure: ErrorFigure) => number | undefined): string[] => [
    name,
    ...figures.map((figure) => percent(figure ? of(figure) : undefined)),
  ]
  return [
    ['', 'generated', 'true photos (floor)', 'mean face instead (ceiling)'],
    ['faces found', share(generated), share(photos), '–'],
    row('average', (figure) => figure.average),
    row('± standard error', (figure) => figure.standardError ?? undefined),
    ...FIGURE_PART_IDS.map((part) => row(`  ${part}`, (figure) => figure.parts[part])),
    row('median face', (figure) => figure.median),
    row('9 of 10 faces below', (figure) => figure.percentile90),
    row('largest', (figure) => figure.largest),
    ['average, uncalibrated', percent(generated.uncalibrated?.average), percent(photos.uncalibrated?.average), '–'],
  ]
}

function missingRemark(samples: readonly Sample[], judged: readonly Sample[]): string[] {
  const missing = samples.length - judged.length
  return missing > 0 ? [`${missing} of ${samples.length} validation faces have no picture and are left out.`] : []
}

function worstRemark(perFace: readonly { name: string; average: number | null }[]): string[] {
  const ranked = perFace.flatMap(({ name, average }) => (average === null ? [] : [{ name, average }])).sort((a, b) => b.average - a.average)
  const worst = ranked.slice(0, 5).map(({ name, average }) => `${name} ${average.toFixed(1)}`)
  const lost = perFace.filter(({ average }) => average === null).map(({ name }) => name)
  return [`Largest: ${worst.join(', ')}.`, ...(lost.length > 0 ? [`No face found on: ${lost.join(', ')}.`] : [])]
}
