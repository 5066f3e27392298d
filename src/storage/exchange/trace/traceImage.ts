/** A picture of a drawing → strokes on the page: the sheet, its ink, skeleton, lines in one piece, without what lies beside the face, brought to its place. */

import type { Stroke } from '../../../editor/document'
import { StudioError } from '../../../shared/errors'
import { newId } from '../../../shared/ids'
import { SKETCH_SIZE_PX } from '../../../shared/units'
import { type AssignParts, NO_PARTS } from '../assign'
import type { Budget } from '../budget'
import { type Affine, scaleOf } from '../svg/affine'
import type { RgbaImage } from '../types'
import { type FaceFit, type FitToFace, moved } from './fit'
import { findInk, type PictureLeftOut } from './ink'
import { joinGaps } from './join'
import { type TracedLine, traceLines } from './lines'
import { facesLines } from './outsiders'
import { preparePicture, TRACE_SIDE_PX } from './prepare'
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
  readonly strokes: Stroke[]
  /** The same lines over the turned picture, flat x, y in shares of its width and height. */
  readonly overlay: readonly (readonly number[])[]
  readonly leftOut: ReadonlySet<PictureLeftOut>
  /** Marks beside the drawing. */
  readonly marksLeftOut: number
  /** How the drawing was brought to its place; `null` when it was not, or nobody asked. */
  readonly fit: FaceFit | null
}

/** @throws StudioError `bad-image` when there are no lines to trace, or far too many */
export function traceImage(image: RgbaImage, options: TraceOptions = {}): TracedPicture {
  const { settings = DEFAULT_SETTINGS, assignParts = NO_PARTS, fitToFace = null, budget } = options
  const picture = preparePicture(image, settings)
  const { width, height } = picture.image
  const found = findInk(picture.image, { threshold: settings.threshold, inside: picture.inside, ...(budget ? { budget } : {}) })
  const side = Math.max(width, height)
  const traced = traceLines(found, budget)
  if (traced.length > MOST_LINES) throw tooManyLines()
  const { kept, left } = facesLines(joinGaps(traced, side), side)
  const page = pageMap(width, height)
  const lines = kept.map(({ points, widthPx }) => ({ points: moved(page, points), widthPx: widthPx * scaleOf(page) }))
  const fit = settings.fit && fitToFace ? fitToFace(lines.map(({ points }) => points)) : null
  return {
    strokes: strokesOf(lines, fit, assignParts),
    overlay: kept.map(({ points }) => picture.toPicture(points)),
    leftOut: new Set([...found.leftOut, ...picture.leftOut]),
    marksLeftOut: left,
    fit,
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

function strokesOf(lines: readonly TracedLine[], fit: FaceFit | null, assignParts: AssignParts): Stroke[] {
  const map: Affine = fit?.map ?? [1, 0, 0, 1, 0, 0]
  const scale = scaleOf(map)
  const placed = lines.map(({ points }) => {
    const line = moved(map, points)
    const withPressure: number[] = []
    for (let i = 0; i + 1 < line.length; i += 2) withPressure.push(round(line[i] ?? 0), round(line[i + 1] ?? 0), 0.5)
    return withPressure
  })
  const parts = assignParts(placed)
  return placed.map((points, i) => ({
    id: newId(),
    part: parts[i] ?? 'other',
    partIsChosen: false,
    widthPx: limitWidth((lines[i]?.widthPx ?? 1) * scale),
    usesPressure: false,
    points,
  }))
}

/** Hundredths of a sketch pixel are more than a picture can say. */
const round = (value: number): number => Math.round(value * 100) / 100

/** To the half pixel, within what the pen can draw. */
const limitWidth = (widthPx: number): number => Math.min(8, Math.max(1, Math.round(2 * widthPx) / 2))
