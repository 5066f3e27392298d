/**
 * Edits: does the face go along when one part is redrawn? A validation face is generated from its contour and again with one part moved or scaled,
 * and the detector's landmarks on the two are compared: how much of the drawn shift appears, and how far everything else moves.
 * The detector's own offsets cancel in the difference. Plain mode: neither "Hold the rest" nor "Lock outside".
 */

import { eyeDistance, type Landmarks68 } from '../../../src/faces/landmarks'
import { contourSketch } from '../contour'
import { spread } from '../data/faceSet'
import { greyToRgba, type RgbaImage } from '../data/image'
import { pointAt } from '../landmarks/landmark68'
import type { Measure, SheetRow, Subject } from './measure'

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
export interface EditSample {
  edit: Edit
  drawnBefore: Landmarks68
  drawnAfter: Landmarks68
  seenBefore: Landmarks68
  seenAfter: Landmarks68
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
  let along = 0
  let total = 0
  let elsewhere = 0
  for (const { drawnBefore, drawnAfter, seenBefore, seenAfter } of samples) {
    const unit = eyeDistance(drawnBefore)
    const others = drawnBefore.length - edit.ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0)
    drawnBefore.forEach((_, i) => {
      const shift = (after: Landmarks68, before: Landmarks68, axis: 0 | 1) => (pointAt(after, i)[axis] - pointAt(before, i)[axis]) / unit
      const drawn = [shift(drawnAfter, drawnBefore, 0), shift(drawnAfter, drawnBefore, 1)] as const
      const seen = [shift(seenAfter, seenBefore, 0), shift(seenAfter, seenBefore, 1)] as const
      along += drawn[0] * seen[0] + drawn[1] * seen[1]
      total += drawn[0] ** 2 + drawn[1] ** 2
      if (!isWithin(i, edit.ranges)) elsewhere += (100 * Math.hypot(...seen)) / others
    })
  }
  return { edit: edit.id, faces: samples.length, followed: along / total, elsewhere: elsewhere / samples.length }
}

export const edits: Measure = {
  id: 'edits',
  title: 'Edits: the share of a redrawn shift that the face follows, and how far other landmarks move in % of the eye distance',
  needsAnySketch: true,
  async run(subject) {
    const faces = spread(subject.faces, MAX_FACES)
    const samples: EditSample[] = []
    const sheet: SheetRow[] = []
    for (const [i, { name, landmark68 }] of faces.entries()) {
      const row = await sampleEdits(subject, name, landmark68, samples)
      sheet.push(row)
      subject.onProgress(i + 1, faces.length)
    }
    const figures = EDITS.flatMap((edit) => {
      const own = samples.filter((sample) => sample.edit === edit)
      return own.length > 0 ? [editFigure(edit, own)] : []
    })
    return {
      figures,
      table: [
        ['', 'faces', 'followed (0–1)', 'elsewhere'],
        ...figures.map(({ edit, faces, followed, elsewhere }) => [edit, String(faces), followed.toFixed(2), elsewhere.toFixed(2)]),
      ],
      remarks: [`On the sheet: the face, then ${EDITS.map(({ id }) => id).join(', ')}.`],
      sheet,
    }
  },
}

/** Generates a face with each edit and adds what was seen to `samples`. @returns the sheet's row */
async function sampleEdits(subject: Subject, name: string, drawnBefore: Landmarks68, samples: EditSample[]): Promise<RgbaImage[]> {
  const picture = async (drawn: Landmarks68): Promise<RgbaImage> => {
    const sketch = contourSketch(drawn, subject.source.sizePx)
    const generated = await subject.source.generate({ name, sketch, look: subject.lookOf(name) })
    return generated ?? greyToRgba(new Uint8Array(subject.source.sizePx ** 2), subject.source.sizePx)
  }
  const before = await picture(drawnBefore)
  const seenBefore = await subject.detect(before)
  const row = [before]
  for (const edit of EDITS) {
    const drawnAfter = applyEdit(drawnBefore, edit)
    const after = await picture(drawnAfter)
    row.push(after)
    const seenAfter = await subject.detect(after)
    if (seenBefore && seenAfter) samples.push({ edit, drawnBefore, drawnAfter, seenBefore, seenAfter })
  }
  return row
}
