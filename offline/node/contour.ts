/** The evaluation's sketches: the plain contour of an annotated face, drawn by the studio's own rasteriser. */

import { type InkLine, rasterize } from '../../src/editor/rasterizer'
import type { Landmarks68 } from '../../src/faces/landmarks'
import { pointAt } from '../../src/faces/landmarks'
import { CONTOUR_LINES } from '../../src/faces/parts'
import { SKETCH_SIZE_PX } from '../../src/shared/units'

/** Line width of the training contours, in sketch pixels (thesis, section 2.4). */
const CONTOUR_WIDTH_PX = 2

/** The 68 landmarks joined along the contour lines, in sketch pixels. */
export function contourLines(landmark68: Landmarks68): InkLine[] {
  return CONTOUR_LINES.map(({ indices }) =>
    indices.flatMap((index) => {
      const [x, y] = pointAt(landmark68, index)
      return [x * SKETCH_SIZE_PX, y * SKETCH_SIZE_PX, CONTOUR_WIDTH_PX]
    }),
  )
}

/** The contour as the generator's input: grey `[sizePx · sizePx]`, 255 paper, 0 ink. */
export function contourSketch(landmark68: Landmarks68, sizePx: number): Uint8ClampedArray<ArrayBuffer> {
  return rasterize(contourLines(landmark68), sizePx)
}
