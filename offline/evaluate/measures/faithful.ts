/**
 * Faithful: do the generated face's landmarks lie where they were drawn? For each validation face its plain contour is drawn, a face is generated
 * with the face's own look, and the detector's landmarks on it are compared with the contour.
 *
 * Two columns give the figure its scale: the true photo of the same face (the detector's own error, the floor) and the true photo of another face
 * (what a generator would get that paints real people but never looks at the drawing). People are alike, so the two lie close together;
 * the share of the drawn deviation from the mean face that is followed tells them apart.
 */

import { type DetectedFace, NO_OFFSETS, type Offsets } from '../../../src/faces/calibration'
import { LANDMARK_COUNT, type Landmarks68 } from '../../../src/faces/landmarks'
import { MEAN_LANDMARKS } from '../../../src/faces/meanFace'
import type { AnnotatedFace } from '../../node/faceSet'
import { readImage } from '../../node/imageFiles'
import {
  type ErrorFigure,
  errorFigure,
  FIGURE_PART_IDS,
  FIGURE_PARTS,
  type FigurePart,
  faceError,
  followedShare,
} from '../../node/landmarkError'
import { type Measure, type MeasureResult, type SheetRow, type Subject, show, showShare, type TableRow } from './measure'

/** What was seen of one face; `null` where no face was found. */
export interface LandmarkSample {
  face: AnnotatedFace
  onGenerated: Landmarks68 | null
  onPhoto: Landmarks68 | null
  sheetRow: SheetRow
}

/** What was found on one kind of picture. */
export interface Finding {
  pictures: number
  found: number
  error: ErrorFigure | null
  /** Average error without calibration. */
  uncalibrated: number | null
  /** Share of the drawn deviation from the mean face that is followed. */
  followed: { all: number; parts: Record<FigurePart, number> } | null
}

export const faithful: Measure = {
  id: 'faithful',
  title: 'Faithful: do the landmarks of the face lie on the drawn contour?',
  about:
    'Each validation face is drawn from its own 68 landmarks, with its own look, every line meant exactly. Landmarks are found by a detector whose mean offsets ' +
    'on true photos are taken off first. Errors are mean distances in % of the distance of the outer eye corners. The true photo is the floor, the ' +
    "detector's own error; another person's photo is what a generator would get that paints real people and never looks at the drawing. Followed: " +
    "the share of the contour's deviation from the mean face that is found again in the picture (1 all of it, 0 none).",
  references: ['true photo', "another's photo"],
  sheetColumns: ['sketch', 'face', 'true photo'],
  needsAnySketch: false,
  async run(subject) {
    const samples: LandmarkSample[] = []
    for (const [i, face] of subject.faces.entries()) {
      const sample = await sampleFace(subject, face)
      if (sample) samples.push(sample)
      subject.onProgress(i + 1, subject.faces.length)
    }
    if (samples.length === 0) throw new Error(`${subject.source.label} has no picture of any validation face.`)
    return landmarkReport(subject.offsets, subject.faces.length, samples)
  },
}

/** @returns `null` when the source has no picture of this face */
async function sampleFace(subject: Subject, face: AnnotatedFace): Promise<LandmarkSample | null> {
  const own = await subject.ownFace(face)
  if (!own) return null
  const onPhoto = await subject.photos.detectPhoto(face.photoPath)
  return {
    face,
    onGenerated: own.detected?.landmark68 ?? null,
    onPhoto: onPhoto?.landmark68 ?? null,
    sheetRow: [own.sketch, own.generated, readImage(face.photoPath)],
  }
}

/** @param faceCount how many faces were to be judged */
export function landmarkReport(offsets: Offsets, faceCount: number, samples: readonly LandmarkSample[]): MeasureResult {
  const contours = samples.map(({ face }) => face.landmark68)
  const generated = samples.map(({ onGenerated }) => onGenerated)
  const photos = samples.map(({ onPhoto }) => onPhoto)
  const columns = {
    generated: judge(contours, generated, offsets),
    truePhotos: judge(contours, photos, offsets),
    otherPhotos: judge(contours, [...photos.slice(1), ...photos.slice(0, 1)], offsets),
  }
  const perFace = samples.map(({ face, onGenerated }) => {
    const error = onGenerated ? faceError({ annotated: face.landmark68, detected: onGenerated }, offsets) : null
    return { name: face.name, found: error !== null, average: error?.average ?? null, parts: error?.parts ?? null }
  })
  return {
    figures: { unit: '% of the distance of the outer eye corners', ...columns, perFace },
    rows: rowsOf(columns.generated, [columns.truePhotos, columns.otherPhotos]),
    remarks: [
      ...(samples.length < faceCount ? [`${faceCount - samples.length} of ${faceCount} faces have no picture and are left out.`] : []),
      ...faceRemarks(perFace),
    ],
    sheet: samples.map((sample) => sample.sheetRow),
  }
}

/** The figures of one column: what the detector found on pictures that should show these contours. */
export function judge(contours: readonly Landmarks68[], detections: readonly (Landmarks68 | null)[], offsets: Offsets): Finding {
  const faces: DetectedFace[] = contours.flatMap((annotated, i) => {
    const detected = detections[i]
    return detected ? [{ annotated, detected }] : []
  })
  const share = (part: readonly [number, number]): number => followedShare(faces, MEAN_LANDMARKS, offsets, part)
  const parts = Object.fromEntries(FIGURE_PART_IDS.map((part) => [part, share(FIGURE_PARTS[part])])) as Record<FigurePart, number>
  return {
    pictures: contours.length,
    found: faces.length,
    error: errorFigure(faces.map((face) => faceError(face, offsets))),
    uncalibrated: errorFigure(faces.map((face) => faceError(face, NO_OFFSETS)))?.average ?? null,
    followed: faces.length > 0 ? { all: share([0, LANDMARK_COUNT - 1]), parts } : null,
  }
}

function rowsOf(generated: Finding, references: readonly Finding[]): TableRow[] {
  const row = (label: string, of: (finding: Finding) => string): TableRow => ({
    label,
    value: of(generated),
    references: references.map(of),
  })
  return [
    row('faces found', ({ found, pictures }) => showShare(found, pictures)),
    row('average error, %', ({ error }) => (error ? `${show(error.average)} ± ${show(error.standardError)}` : show(null))),
    ...FIGURE_PART_IDS.map((part) => row(`error, ${part}`, ({ error }) => show(error?.parts[part]))),
    row('nine of ten faces below', ({ error }) => show(error?.percentile90)),
    row('followed, 0–1', ({ followed }) => show(followed?.all)),
    ...FIGURE_PART_IDS.map((part) => row(`followed, ${part}`, ({ followed }) => show(followed?.parts[part]))),
  ]
}

function faceRemarks(perFace: readonly { name: string; average: number | null }[]): string[] {
  const ranked = perFace.flatMap(({ name, average }) => (average === null ? [] : [{ name, average }])).sort((a, b) => b.average - a.average)
  const worst = ranked.slice(0, 5).map(({ name, average }) => `${name} ${average.toFixed(1)}`)
  const lost = perFace.filter(({ average }) => average === null).map(({ name }) => name)
  return [
    ...(worst.length > 0 ? [`Largest errors: ${worst.join(', ')}.`] : []),
    ...(lost.length > 0 ? [`No face found on: ${lost.join(', ')}.`] : []),
  ]
}
