/** Shared by the measures that draw unusual sketches and ask whether a face comes out. */

import type { InkLine } from '../../../src/editor/rasterizer'
import type { Contour } from '../../../src/faces/meanFace'
import type { Detection } from '../../node/detector'
import type { AnnotatedFace } from '../../node/faceSet'
import { mean } from '../statistics/summary'
import type { Drawing, SheetRow, Subject } from './measure'

/** Width at which stand-ins and plain contours are drawn, in sketch pixels. */
const LINE_WIDTH_PX = 2

/** A contour of the mean face as ink. */
export function contourToInkLine({ points }: Pick<Contour, 'points'>): InkLine {
  const line: number[] = []
  for (let i = 0; i + 1 < points.length; i += 2) line.push(points[i] ?? 0, points[i + 1] ?? 0, LINE_WIDTH_PX)
  return line
}

/** What came of one sketch. */
export interface SketchOutcome {
  detected: Detection | null
  sheetRow: SheetRow
}

/** Draws, generates and looks for a face. */
export async function outcomeOf(subject: Subject, drawing: Drawing): Promise<SketchOutcome> {
  const { sketch, generated } = await subject.draw(drawing)
  return { detected: await subject.detect(generated), sheetRow: [sketch, generated] }
}

/** In how many pictures exactly one face was found, and how certain the detector was of it. */
export interface FoundFigure {
  pictures: number
  oneFace: number
  /** Mean over all pictures, 0 where no face was found. */
  score: number
}

export function foundFigure(detections: readonly (Detection | null)[]): FoundFigure {
  return {
    pictures: detections.length,
    oneFace: detections.filter((detection) => detection?.faces === 1).length,
    score: mean(detections.map((detection) => detection?.score ?? 0)),
  }
}

export const showFound = ({ pictures, oneFace, score }: FoundFigure): string => `${oneFace} of ${pictures} (${score.toFixed(2)})`

/** The same figure of the true photos of these faces. */
export async function foundOnPhotos({ photos }: Subject, faces: readonly AnnotatedFace[]): Promise<FoundFigure> {
  const detections: (Detection | null)[] = []
  for (const { photoPath } of faces) detections.push(await photos.detectPhoto(photoPath))
  return foundFigure(detections)
}
