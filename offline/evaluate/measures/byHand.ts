/**
 * Drawn by hand: what becomes of faces as people really draw them, with hair in loose strokes, hatched beards, shaded lids, wrinkles, teeth, double and broken
 * outlines? Each drawing goes the studio's way, stroke by stroke: strokes get their parts, the drawing comes to its place, the mean face stands in for what is
 * missing, the look is one of those that the model offers, and what is drawn (hair, a beard) is left open in it.
 */

import type { Stroke } from '../../../src/editor/document'
import { knownParts } from '../../../src/editor/documentEdits'
import { modelInkLines } from '../../../src/editor/modelInk'
import { placedStrokes } from '../../../src/editor/placedPage'
import type { InkLine } from '../../../src/editor/rasterizer'
import { NO_OFFSETS } from '../../../src/faces/calibration'
import { type DrawnField, drawnFields, openedFor } from '../../../src/faces/drawnLook'
import type { Landmarks68 } from '../../../src/faces/landmarks'
import { MEAN_LANDMARKS } from '../../../src/faces/meanFace'
import { assignPart } from '../../../src/faces/partAssignment'
import { placementOf } from '../../../src/faces/placement'
import { applyTo, IDENTITY } from '../../../src/faces/similarity'
import { SKETCH_SIZE_PX } from '../../../src/shared/units'
import type { Detection } from '../../node/detector'
import { FIGURE_PART_IDS, FIGURE_PARTS, type FigurePart, landmarkErrors } from '../../node/landmarkError'
import { type HandDrawing, readHandDrawings } from '../data/handDrawings'
import { meanOrNull } from '../statistics/summary'
import { type Measure, type MeasureResult, type SheetRow, type Subject, show } from './measure'
import { foundFigure, foundOnPhotos, outcomeOf, showFound } from './sketchOutcome'

/** Mean errors in % of the eye distance, over the landmarks that the drawing says; `null` where it says none. */
export interface KnownError {
  readonly average: number | null
  readonly parts: Readonly<Record<FigurePart, number | null>>
}

/** A drawing as the generator gets it in the studio. */
export interface OnPage {
  readonly lines: readonly InkLine[]
  /** In 0–1 of the page, in its place; not a number where the drawing leaves them open. */
  readonly landmarks: Landmarks68
  /** What is drawn, so that the look leaves it open. */
  readonly drawn: readonly DrawnField[]
}

/** Draws it as in the studio: with each stroke the newest ones are looked at once more, and the placement in use stays while it explains the drawing. */
export function onPage({ strokes, landmarks }: HandDrawing): OnPage {
  let page: readonly Stroke[] = []
  let placement = IDENTITY
  for (const stroke of strokes) {
    page = knownParts([...page, { ...stroke, part: assignPart(stroke.points, page) }])
    placement = placementOf(page, placement)
  }
  const placed = placedStrokes(page, placement)
  return {
    lines: modelInkLines({ strokes: placed }, { standIns: true }),
    landmarks: landmarks.map((point) => {
      if (!point) return [Number.NaN, Number.NaN]
      const [x, y] = applyTo(placement, point)
      return [x / SKETCH_SIZE_PX, y / SKETCH_SIZE_PX]
    }),
    drawn: drawnFields(placed),
  }
}

export function knownError(drawn: Landmarks68, found: Landmarks68, offsets = NO_OFFSETS): KnownError {
  const errors = landmarkErrors({ annotated: drawn, detected: found }, offsets)
  const over = ([first, last]: readonly [number, number]) => meanOrNull(errors.slice(first, last + 1).filter(Number.isFinite))
  const parts = Object.fromEntries(FIGURE_PART_IDS.map((part) => [part, over(FIGURE_PARTS[part])])) as Record<FigurePart, number | null>
  return { average: over([0, errors.length - 1]), parts }
}

/** Every drawing counts the same, and a part only where it is drawn. */
export function meanError(errors: readonly KnownError[]): KnownError {
  const over = (of: (error: KnownError) => number | null) => meanOrNull(errors.map(of).filter((value) => value !== null))
  const parts = Object.fromEntries(FIGURE_PART_IDS.map((part) => [part, over((error) => error.parts[part])])) as KnownError['parts']
  return { average: over(({ average }) => average), parts }
}

interface Sample {
  readonly name: string
  readonly preset: string | null
  readonly drawn: readonly DrawnField[]
  readonly detected: Detection | null
  /** `null` where no face was found. */
  readonly error: KnownError | null
  /** What the mean face would give, whatever is drawn. */
  readonly meanFace: KnownError
}

export const byHand: Measure = {
  id: 'byHand',
  title: 'Drawn by hand: what becomes of faces as people really draw them?',
  about:
    'Drawings with hair and fringes in loose strokes, hatched beards, shaded lids, double and broken outlines, wrinkles, teeth, in thin and thick pens, one shifted and turned; composed by hand for this project. They go the ' +
    "studio's way, stroke by stroke: parts are found, the drawing is placed, the mean face stands in for what is missing; looks are the model's presets in turn, hair style and beard left open where they are drawn. " +
    'Counted: pictures with exactly one face, in brackets its mean certainty. Errors: distance in % of the eye distance from the drawn landmarks, where the drawing says them; where no face is found there is none; a hand-drawn jaw has no marked points, so that those are spread evenly along it. Beside them: what the mean face would ' +
    'give whatever is drawn.',
  references: ['true photos', 'mean face'],
  sheetColumns: ['drawing', 'face'],
  needsAnySketch: true,
  run: (subject) => judgeDrawings(subject, readHandDrawings()),
}

export async function judgeDrawings(subject: Subject, drawings: readonly HandDrawing[]): Promise<MeasureResult> {
  const samples: Sample[] = []
  const sheet: SheetRow[] = []
  for (const [i, drawing] of drawings.entries()) {
    const { sample, row } = await sampleOf(subject, drawing, i)
    samples.push(sample)
    sheet.push(row)
    subject.onProgress(i + 1, drawings.length)
  }
  return report(samples, sheet, showFound(await foundOnPhotos(subject, subject.faces)))
}

async function sampleOf(subject: Subject, drawing: HandDrawing, i: number): Promise<{ sample: Sample; row: SheetRow }> {
  const { name } = drawing
  const { lines, landmarks, drawn } = onPage(drawing)
  const presets = subject.source.lookPresets
  const preset = presets[i % Math.max(1, presets.length)]
  const look = preset ? { look: openedFor(preset.look, drawn) } : {}
  const { detected, sheetRow } = await outcomeOf(subject, { name: '', lines, ...look })
  const error = detected ? knownError(landmarks, detected.landmark68, subject.offsets) : null
  const sample = { name, preset: preset?.id ?? null, drawn, detected, error, meanFace: knownError(landmarks, MEAN_LANDMARKS) }
  return { sample, row: sheetRow }
}

function report(samples: readonly Sample[], sheet: readonly SheetRow[], photos: string): MeasureResult {
  const found = foundFigure(samples.map(({ detected }) => detected))
  const error = meanError(samples.flatMap((sample) => sample.error ?? []))
  const meanFace = meanError(samples.map((sample) => sample.meanFace))
  const lost = samples.filter(({ detected }) => !detected).map(({ name }) => name)
  const perDrawing = samples.map(({ detected, ...sample }) => ({ ...sample, faces: detected?.faces ?? 0 }))
  return {
    figures: { ...found, error, meanFace, perDrawing },
    rows: [
      { label: 'one face (certainty)', value: showFound(found), references: [photos, ''] },
      { label: 'average error, %', value: show(error.average), references: ['', show(meanFace.average)] },
      ...FIGURE_PART_IDS.map((part) => ({
        label: `error, ${part}`,
        value: show(error.parts[part]),
        references: ['', show(meanFace.parts[part])],
      })),
    ],
    remarks: lost.length > 0 ? [`No face found on: ${lost.join('; ')}.`] : [],
    sheet,
  }
}
