/**
 * Half-drawn: half a drawing is the normal case. Validation faces are drawn part by part, as people do, with the mean face standing in for what is
 * missing (and once without), and it is counted how often a face comes out, and how far it lies from what was drawn plus what stood in.
 */

import type { InkLine } from '../../../src/editor/rasterizer'
import type { Landmarks68 } from '../../../src/faces/landmarks'
import { pointAt } from '../../../src/faces/landmarks'
import { MEAN_LANDMARKS } from '../../../src/faces/meanFace'
import { CONTOUR_LINES, type MeanFacePart } from '../../../src/faces/parts'
import { standIns } from '../../../src/faces/standIns'
import { contourLines } from '../../node/contour'
import type { Detection } from '../../node/detector'
import { spread } from '../../node/faceSet'
import { errorFigure, faceError } from '../../node/landmarkError'
import { type Measure, type SheetRow, type Subject, show } from './measure'
import { contourToInkLine, foundFigure, foundOnPhotos, outcomeOf, showFound } from './sketchOutcome'

/** A stage costs a pass of the generator for each face. */
const MAX_FACES = 12
/** Faces of each stage on the sheet. */
const SHEET_FACES = 2

interface Stage {
  id: string
  drawn: readonly MeanFacePart[]
  hasStandIns: boolean
}

const EYES: readonly MeanFacePart[] = ['leftEye', 'rightEye']
const JAW_AND_EYES: readonly MeanFacePart[] = ['jaw', ...EYES]
export const STAGES: readonly Stage[] = [
  { id: 'empty page', drawn: [], hasStandIns: true },
  { id: 'left eye', drawn: ['leftEye'], hasStandIns: true },
  { id: 'jaw', drawn: ['jaw'], hasStandIns: true },
  { id: 'jaw, eyes', drawn: JAW_AND_EYES, hasStandIns: true },
  { id: 'jaw, eyes, mouth', drawn: [...JAW_AND_EYES, 'mouth'], hasStandIns: true },
  { id: 'no stand-ins: jaw', drawn: ['jaw'], hasStandIns: false },
  { id: 'no stand-ins: jaw, eyes', drawn: JAW_AND_EYES, hasStandIns: false },
  { id: 'no stand-ins: jaw, eyes, mouth', drawn: [...JAW_AND_EYES, 'mouth'], hasStandIns: false },
]

/** The ink of a stage: the person's drawn parts, and the mean face's where they are missing. */
export function stageLines(landmark68: Landmarks68, stage: Stage): InkLine[] {
  const own = contourLines(landmark68)
    .map((line, i) => ({ line, part: CONTOUR_LINES[i]?.part ?? 'jaw' }))
    .filter(({ part }) => stage.drawn.includes(part))
  if (!stage.hasStandIns) return own.map(({ line }) => line)
  const drawn = own.map(({ line, part }) => ({ part, points: line.map((value, i) => (i % 3 === 2 ? 0.5 : value)) }))
  return [...own.map(({ line }) => line), ...standIns(drawn).map(contourToInkLine)]
}

/** Where the landmarks of a stage's face should lie: the person's for drawn parts, the mean face's for the others. */
export function stageLandmarks(landmark68: Landmarks68, stage: Stage): Landmarks68 {
  const drawn = new Set(CONTOUR_LINES.filter(({ part }) => stage.drawn.includes(part)).flatMap(({ indices }) => indices))
  return landmark68.map((point, i) => (drawn.has(i) ? point : pointAt(MEAN_LANDMARKS, i)))
}

export const halfDrawn: Measure = {
  id: 'halfDrawn',
  title: 'Half-drawn: does a face come out while parts are missing?',
  about:
    'Validation faces are drawn part by part, as people do, with the mean face standing in for what is missing (and without stand-ins). Counted: pictures ' +
    "in which the detector finds exactly one face; in brackets its mean certainty, which is 0 where it finds none. The error is the landmarks' distance from " +
    'what was drawn plus what stood in, in % of the eye distance.',
  references: ['true photos'],
  sheetColumns: ['sketch', 'face'],
  needsAnySketch: true,
  async run(subject) {
    const faces = spread(subject.faces, MAX_FACES)
    const stages = []
    const detections: (Detection | null)[] = []
    const sheet: SheetRow[] = []
    for (const [i, stage] of STAGES.entries()) {
      const outcome = await runStage(subject, stage, faces)
      stages.push({ stage: stage.id, found: foundFigure(outcome.detections), error: outcome.error })
      detections.push(...outcome.detections)
      sheet.push(...outcome.rows.slice(0, SHEET_FACES))
      subject.onProgress(i + 1, STAGES.length)
    }
    const all = foundFigure(detections)
    const photos = showFound(await foundOnPhotos(subject, faces))
    return {
      figures: { all, stages },
      rows: [
        { label: 'all stages: one face (certainty)', value: showFound(all), references: [photos] },
        ...stages.map(({ stage, found, error }) => ({
          label: stage,
          value: error === null ? showFound(found) : `${showFound(found)}, error ${show(error, 1)}`,
          references: [''],
        })),
      ],
      remarks: [],
      sheet,
    }
  },
}

async function runStage(subject: Subject, stage: Stage, faces: Subject['faces']) {
  const rows: SheetRow[] = []
  const detections: (Detection | null)[] = []
  const errors = []
  for (const { name, landmark68 } of faces) {
    const { detected, sheetRow } = await outcomeOf(subject, { name, lines: stageLines(landmark68, stage) })
    rows.push(sheetRow)
    detections.push(detected)
    if (!detected) continue
    errors.push(faceError({ annotated: stageLandmarks(landmark68, stage), detected: detected.landmark68 }, subject.offsets))
  }
  return { detections, error: stage.hasStandIns ? (errorFigure(errors)?.average ?? null) : null, rows }
}
