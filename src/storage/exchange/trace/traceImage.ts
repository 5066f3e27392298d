/** A picture of a drawing → strokes on the page: the sheet, its ink, skeleton, lines in one piece, without what lies beside the face, brought to its place. */

import type { Stroke } from '../../../editor/document'
import { StudioError } from '../../../shared/errors'
import { newId } from '../../../shared/ids'
import { SKETCH_SIZE_PX } from '../../../shared/units'
import { type AssignParts, NO_PARTS } from '../assign'
import type { Budget } from '../budget'
import { type Affine, scaleOf } from '../svg/affine'
import type { LeftOut, PictureReport, RgbaImage } from '../types'
import { type FaceFit, type FitToFace, moved } from './fit'
import { type FoundInk, findInk } from './ink'
import { joinGaps } from './join'
import { type TracedLine, traceLines } from './lines'
import { facesLines } from './outsiders'
import { type PreparedPicture, preparePicture, TRACE_SIDE_PX } from './prepare'
import { DEFAULT_SETTINGS, type TraceSettings } from './settings'

export { TRACE_SIDE_PX }

/** More lines than this are a photograph or a pattern. */
const MOST_LINES = 1500

export interface TraceOptions {
  readonly settings?: TraceSettings
  readonly assignParts?: AssignParts
  readonly fitToFace?: FitToFace | null
  readonly budget?: Budget
}

export interface TracedPicture {
  /** Where they lie on the picture. */
  readonly strokes: Stroke[]
  readonly leftOut: readonly (readonly [LeftOut, number])[]
  readonly report: PictureReport
}

/** @throws StudioError `bad-image` when there are no lines to trace, or far too many */
export function traceImage(image: RgbaImage, options: TraceOptions = {}): TracedPicture {
  const { settings = DEFAULT_SETTINGS, assignParts = NO_PARTS, fitToFace = null, budget } = options
  const { picture, found } = inkOf(image, settings, budget)
  const { width, height } = picture.image
  const side = Math.max(width, height)
  const traced = traceLines(found, budget)
  if (traced.length > MOST_LINES) throw tooManyLines()
  const { kept, left } = facesLines(joinGaps(traced, side), side)
  const page = pageMap(width, height)
  const lines = kept.map(({ points, widthPx }) => ({ points: moved(page, points), widthPx: widthPx * scaleOf(page) }))
  const fit = settings.fit && fitToFace ? fitToFace(lines.map(({ points }) => points)) : null
  const strokes = strokesOf(lines, assignParts)
  return {
    strokes,
    leftOut: [...[...picture.leftOut, ...found.leftOut].map((what) => [what, 1] as const), ...(left > 0 ? [['marks', left] as const] : [])],
    report: {
      overlay: kept.map(({ points }) => picture.toPicture(points)),
      placed: fit && !isInPlace(fit.map) ? { strokes: placed(strokes, fit, assignParts), fit } : null,
      likeness: fitToFace ? (fit?.likeness ?? 0) : null,
    },
  }
}

/** So little is not worth an entry in the history. */
const isInPlace = ([a, b, c, d, e, f]: Affine): boolean => {
  const corner = (x: number, y: number): number => Math.hypot(a * x + c * y + e - x, b * x + d * y + f - y)
  return Math.max(corner(0, 0), corner(SKETCH_SIZE_PX, 0), corner(0, SKETCH_SIZE_PX), corner(SKETCH_SIZE_PX, SKETCH_SIZE_PX)) < 3
}

/** The same strokes, moved, with their parts as they are there. */
function placed(strokes: readonly Stroke[], { map }: FaceFit, assignParts: AssignParts): Stroke[] {
  const scale = scaleOf(map)
  const lines = strokes.map(({ points }) => {
    const flat = moved(
      map,
      points.filter((_, i) => i % 3 < 2),
    )
    return points.map((value, i) => (i % 3 === 2 ? value : round(flat[2 * Math.floor(i / 3) + (i % 3)] ?? 0)))
  })
  const parts = assignParts(lines)
  return strokes.map((stroke, i) => ({
    ...stroke,
    part: parts[i] ?? 'other',
    widthPx: limitWidth(stroke.widthPx * scale),
    points: lines[i] ?? stroke.points,
  }))
}

function inkOf(image: RgbaImage, settings: TraceSettings, budget: Budget | undefined): { picture: PreparedPicture; found: FoundInk } {
  const picture = preparePicture(image, settings)
  try {
    const found = findInk(picture.image, { threshold: settings.threshold, inside: picture.inside, ...(budget ? { budget } : {}) })
    return { picture, found }
  } catch (error) {
    // A bright place without a line on it was no sheet.
    if (picture.leftOut.size === 0) throw error
    return inkOf(image, { ...settings, crop: { left: 0, top: 0, right: 1, bottom: 1 } }, budget)
  }
}

const tooManyLines = (): StudioError =>
  new StudioError(
    'bad-image',
    'This picture is not a line drawing: there are too many lines to trace. Choose a clean drawing with dark lines on light paper.',
  )

/** The whole picture on the page, centred. */
function pageMap(width: number, height: number): Affine {
  const scale = SKETCH_SIZE_PX / Math.max(width, height)
  return [scale, 0, 0, scale, (SKETCH_SIZE_PX - width * scale) / 2, (SKETCH_SIZE_PX - height * scale) / 2]
}

function strokesOf(lines: readonly TracedLine[], assignParts: AssignParts): Stroke[] {
  const withPressure = lines.map(({ points }) => {
    const out: number[] = []
    for (let i = 0; i + 1 < points.length; i += 2) out.push(round(points[i] ?? 0), round(points[i + 1] ?? 0), 0.5)
    return out
  })
  const parts = assignParts(withPressure)
  return withPressure.map((points, i) => ({
    id: newId(),
    part: parts[i] ?? 'other',
    partIsChosen: false,
    widthPx: limitWidth(lines[i]?.widthPx ?? 1),
    usesPressure: false,
    points,
  }))
}

/** Hundredths of a sketch pixel are more than a picture can say. */
const round = (value: number): number => Math.round(value * 100) / 100

/** To the half pixel, within what the pen can draw. */
const limitWidth = (widthPx: number): number => Math.min(8, Math.max(1, Math.round(2 * widthPx) / 2))
