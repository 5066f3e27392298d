/** Shared by the measures that draw unusual sketches: draw, generate, look for a face, and keep the pictures for the contact sheet. */

import type { InkLine } from '../../../src/editor/rasterizer'
import { rasterize } from '../../../src/editor/rasterizer'
import type { Landmarks68 } from '../../../src/faces/landmarks'
import type { Contour } from '../../../src/faces/meanFace'
import { greyToRgba } from '../data/image'
import type { SheetRow, Subject } from './measure'

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
  detected: Landmarks68 | null
  sheetRow: SheetRow
}

/** Draws `lines`, generates with the look of `name` (the model's default when there is none by that name) and looks for a face. */
export async function outcomeOf(subject: Subject, name: string, lines: Iterable<InkLine>): Promise<SketchOutcome> {
  const { source } = subject
  const sketch = rasterize(lines, source.sizePx)
  const sketchPicture = greyToRgba(sketch, source.sizePx)
  const generated = await source.generate({ name, sketch, look: subject.lookOf(name) })
  if (!generated) throw new Error(`${source.label} gave no face for a sketch.`)
  return { detected: await subject.detect(generated), sheetRow: [sketchPicture, generated] }
}
