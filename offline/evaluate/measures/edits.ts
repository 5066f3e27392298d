/**
 * Edits: does the face go along when one part is redrawn? A validation face is generated from its contour and again with one part moved or scaled,
 * and the detector's landmarks on the two are compared: how much of the drawn shift appears, and how far everything else moves.
 * The detector's own offsets cancel in the difference. Plain mode: neither "Hold the rest" nor "Lock outside".
 */

import { eyeDistance, type Landmarks68 } from '../../../src/faces/landmarks'
import type { RgbaImage } from '../../../src/shared/image'
import { contourLines } from '../../node/contour'
import type { Detection } from '../../node/detector'
import { type AnnotatedFace, spread } from '../../node/faceSet'
import { WARP_ID, warpedPhoto } from '../data/thinPlateWarp'
import { mean } from '../statistics/summary'
import { EXACT } from '../subject'
import { meanShift, type Shift, shareFollowed } from './landmarkShift'
import { type Measure, type SheetRow, type Subject, show } from './measure'

/** An edit costs a pass of the generator for each face. */
const MAX_FACES = 12

export interface Edit {
  id: string
  /** First and last landmark that it moves. */
  ranges: readonly (readonly [number, number])[]
  /** Factors about each range's own centre. */
  scale: readonly [number, number]
  /** Shift in eye distances. */
  shift: readonly [number, number]
}

const EYES = [
  [36, 41],
  [42, 47],
] as const
const BROWS = [
  [17, 21],
  [22, 26],
] as const

export const EDITS: readonly Edit[] = [
  { id: 'mouth lower', ranges: [[48, 67]], scale: [1, 1], shift: [0, 0.08] },
  { id: 'mouth wider', ranges: [[48, 67]], scale: [1.3, 1], shift: [0, 0] },
  { id: 'mouth fuller', ranges: [[48, 67]], scale: [1, 1.6], shift: [0, 0] },
  { id: 'nose wider', ranges: [[31, 35]], scale: [1.35, 1], shift: [0, 0] },
  { id: 'eyes wider open', ranges: EYES, scale: [1, 1.6], shift: [0, 0] },
  { id: 'brows higher', ranges: BROWS, scale: [1, 1], shift: [0, -0.08] },
  { id: 'jaw narrower', ranges: [[0, 16]], scale: [0.9, 1], shift: [0, 0] },
]

const isWithin = (index: number, ranges: Edit['ranges']): boolean => ranges.some(([first, last]) => index >= first && index <= last)

/** The landmarks after an edit. */
export function applyEdit(landmarks: Landmarks68, { ranges, scale, shift }: Edit): Landmarks68 {
  const unit = eyeDistance(landmarks)
  return landmarks.map((point, index) => {
    const range = ranges.find(([first, last]) => index >= first && index <= last)
    if (!range) return point
    const members = landmarks.slice(range[0], range[1] + 1)
    const along = (axis: 0 | 1) => {
      const centre = members.reduce((sum, member) => sum + member[axis], 0) / members.length
      return centre + (point[axis] - centre) * scale[axis] + shift[axis] * unit
    }
    return [along(0), along(1)] as const
  })
}

/** One edit on one face: what was drawn and what the detector saw before and after. */
export interface EditSample extends Shift {
  edit: Edit
}

export interface EditFigure {
  edit: string
  faces: number
  /** Slope of the seen over the drawn shift of the edited landmarks: 1 follows fully, 0 does not move. */
  followed: number
  /** Mean shift of all other landmarks, in % of the eye distance. */
  elsewhere: number
}

/** The figure of one edit over its samples, which must not be empty. */
export function editFigure(edit: Edit, samples: readonly EditSample[]): EditFigure {
  const elsewhere = samples.map(({ drawnBefore, seenBefore, seenAfter }) => {
    const others = (landmarks: Landmarks68) => landmarks.filter((_, i) => !isWithin(i, edit.ranges))
    return meanShift(others(seenBefore), others(seenAfter), drawnBefore)
  })
  return { edit: edit.id, faces: samples.length, followed: shareFollowed(samples), elsewhere: mean(elsewhere) }
}

export const edits: Measure = {
  id: 'edits',
  title: 'Edits: does the face go along when one part is redrawn?',
  about:
    'A validation face is drawn from its contour and again with one part moved or scaled, every line meant exactly, in plain mode. Followed: how much of the drawn shift the ' +
    "detector's landmarks show (1 all, 0 none). Elsewhere: mean shift of all other landmarks in % of the eye distance. The detector itself understates changes of " +
    'shape; the reference shows by how much: the true photo, warped smoothly by the same edit, seen by the same detector.',
  references: ['true photo, warped'],
  sheetColumns: ['face', ...EDITS.map(({ id }) => id)],
  needsAnySketch: true,
  async run(subject) {
    const faces = spread(subject.faces, MAX_FACES)
    const samples: EditSample[] = []
    const ceiling: EditSample[] = []
    const sheet: SheetRow[] = []
    for (const [i, face] of faces.entries()) {
      sheet.push(await sampleEdits(subject, face, samples))
      await sampleWarpedPhotos(subject, face, ceiling)
      subject.onProgress(i + 1, faces.length)
    }
    const figuresOf = (edit: Edit, all: readonly EditSample[]) => {
      const own = all.filter((sample) => sample.edit === edit)
      return own.length > 0 ? editFigure(edit, own) : null
    }
    const figures = EDITS.map((edit) => ({ edit: edit.id, generated: figuresOf(edit, samples), warpedPhotos: figuresOf(edit, ceiling) }))
    const showFigure = (figure: EditFigure | null) =>
      figure ? `${show(figure.followed)}, elsewhere ${show(figure.elsewhere, 1)}` : show(null)
    return {
      figures,
      rows: figures.map(({ edit, generated, warpedPhotos }) => ({
        label: `${edit}: followed`,
        value: showFigure(generated),
        references: [showFigure(warpedPhotos)],
      })),
      remarks: [],
      sheet,
    }
  },
}

/** Draws a face with each edit and adds what was seen to `samples`. @returns the sheet's row */
async function sampleEdits(subject: Subject, face: AnnotatedFace, samples: EditSample[]): Promise<RgbaImage[]> {
  const { name, landmark68: drawnBefore } = face
  const own = await subject.ownFace(face)
  const row = own ? [own.generated] : []
  for (const edit of EDITS) {
    const drawnAfter = applyEdit(drawnBefore, edit)
    const { generated } = await subject.draw({ name, lines: contourLines(drawnAfter), tolerance: EXACT })
    row.push(generated)
    addSample(samples, { edit, drawnBefore, drawnAfter }, own?.detected ?? null, await subject.detect(generated))
  }
  return row
}

/** The same edits, made by warping the true photo. */
async function sampleWarpedPhotos({ photos }: Subject, { photoPath, landmark68: drawnBefore }: AnnotatedFace, samples: EditSample[]) {
  const before = await photos.detectPhoto(photoPath)
  for (const edit of EDITS) {
    const drawnAfter = applyEdit(drawnBefore, edit)
    const change = `${WARP_ID}, edit ${JSON.stringify(edit)}`
    const after = await photos.detectChanged(photoPath, change, (photo) => warpedPhoto(photo, drawnBefore, drawnAfter))
    addSample(samples, { edit, drawnBefore, drawnAfter }, before, after)
  }
}

function addSample(
  samples: EditSample[],
  drawn: Pick<EditSample, 'edit' | 'drawnBefore' | 'drawnAfter'>,
  before: Detection | null,
  after: Detection | null,
): void {
  if (before && after) samples.push({ ...drawn, seenBefore: before.landmark68, seenAfter: after.landmark68 })
}
