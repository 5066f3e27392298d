/** What the generator sees of a document: the ink of its strokes, and the mean face's lines in place of what is not drawn. */

import { type Contour, meanFaceContours } from '../faces/meanFace'
import type { MeanFacePart, PartLine } from '../faces/parts'
import { standIns } from '../faces/standIns'
import type { SketchDocument } from './document'
import { pageInk } from './pageInk'
import { addInk, greyOf, type InkLine, inkLineOf } from './rasterizer'

/** Full width of stand-in lines in sketch pixels, as in the training sketches. */
const STAND_IN_WIDTH_PX = 2

export interface ModelInkOptions {
  /** Whether the mean face stands in for missing parts. */
  readonly standIns: boolean
}

/** A document, or as much of one as makes ink. */
export type InkPage = Pick<SketchDocument, 'strokes' | 'leftOut'>

export function modelInkLines(page: InkPage, options: ModelInkOptions): InkLine[] {
  const drawn = page.strokes.map(inkLineOf)
  return options.standIns ? [...drawn, ...standInLines(page.strokes, page.leftOut)] : drawn
}

/** The stand-ins alone, as the interface shows them under the drawing. */
export function standInLines(strokes: Iterable<PartLine>, leftOut: readonly MeanFacePart[] = []): InkLine[] {
  return standIns(strokes, leftOut).map(contourToInkLine)
}

/** The whole mean face, for the underlay. */
export function meanFaceLines(): InkLine[] {
  return meanFaceContours().map(contourToInkLine)
}

/**
 * The generator's bitmap of a document.
 * @returns `[sizePx · sizePx]` grey, 255 paper, 0 ink
 */
export function modelBitmap(page: InkPage, sizePx: number, options: ModelInkOptions): Uint8ClampedArray<ArrayBuffer> {
  const ink = pageInk(page.strokes, sizePx)
  if (options.standIns) addInk(ink, sizePx, standInLines(page.strokes, page.leftOut))
  return greyOf(ink)
}

const contourLines = new WeakMap<Contour, InkLine>()

function contourToInkLine(contour: Contour): InkLine {
  const known = contourLines.get(contour)
  if (known) return known
  const line: number[] = []
  for (let i = 0; i + 1 < contour.points.length; i += 2) line.push(contour.points[i] ?? 0, contour.points[i + 1] ?? 0, STAND_IN_WIDTH_PX)
  contourLines.set(contour, line)
  return line
}
