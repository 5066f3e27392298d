/**
 * Half-drawn: half a drawing is the normal case. Validation faces are drawn part by part, as people do, with the mean face standing in for what is
 * missing (and once without), and it is counted how often a face comes out, and how far it lies from what was drawn plus what stood in.
 */

import type { InkLine } from '../../../src/editor/rasterizer'
import type { Landmarks68 } from '../../../src/faces/landmarks'
import { MEAN_LANDMARKS } from '../../../src/faces/meanFace'
import { CONTOUR_LINES, type MeanFacePart } from '../../../src/faces/parts'
import { standIns } from '../../../src/faces/standIns'
import { contourLines } from '../contour'
import { spread } from '../data/faceSet'
import { pointAt } from '../landmarks/landmark68'
import { errorFigure, faceError } from '../landmarks/landmarkError'
import type { Measure, SheetRow, Subject } from './measure'
import { contourToInkLine, outcomeOf } from './sketchOutcome'

/** A stage costs a pass of the generator for each face. */
const MAX_FACES = 12

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
  title:
    'Half-drawn: faces found while parts are missing, and their landmarks against the drawn and standing-in lines, in % of the eye distance',
  needsAnySketch: true,
  async run(subject) {
    const faces = spread(subject.faces, MAX_FACES)
    const figures = []
    const sheet: SheetRow[] = []
    for (const [i, stage] of STAGES.entries()) {
      const { found, error, rows } = await runStage(subject, stage, faces)
      figures.push({ stage: stage.id, faces: faces.length, found, error })
      sheet.push(...rows.slice(0, 2))
      subject.onProgress(i + 1, STAGES.length)
    }
    return {
      figures,
      table: [
        ['drawn', 'faces found', 'average error'],
        ...figures.map(({ stage, found, error }) => [stage, `${found} of ${faces.length}`, error === null ? '–' : error.toFixed(2)]),
      ],
      remarks: [],
      sheet,
    }
  },
}

async function runStage(subject: Subject, stage: Stage, faces: Subject['faces']) {
  const rows: SheetRow[] = []
  const errors = []
  for (const { name, landmark68 } of faces) {
    const { detected, sheetRow } = await outcomeOf(subject, name, stageLines(landmark68, stage))
    rows.push(sheetRow)
    if (detected) errors.push(faceError({ annotated: stageLandmarks(landmark68, stage), detected }, subject.offsets))
  }
  return { found: errors.length, error: stage.hasStandIns ? (errorFigure(errors)?.average ?? null) : null, rows }
}
