/** A picture of a drawing → strokes on the page: ink, skeleton, lines, smooth polylines with the width they have, fitted to 512 × 512. */

import type { Stroke } from '../../../editor/document'
import type { Part } from '../../../faces/parts'
import { StudioError } from '../../../shared/errors'
import { newId } from '../../../shared/ids'
import { SKETCH_SIZE_PX } from '../../../shared/units'
import { resize } from '../picture'
import type { RgbaImage } from '../types'
import { findInk } from './ink'
import { simplify, smooth } from './polyline'
import { followLines } from './skeletonGraph'
import { distanceToPaper, thin } from './thin'

/** Larger pictures are traced at this size: finer than the page, and quick. */
export const TRACE_SIDE_PX = 1024
/** In pixels of the traced picture. */
const SIMPLIFY_TOLERANCE = 0.5
/** More lines than this are a photograph or a pattern. */
const MOST_LINES = 1500

/** @throws StudioError `bad-image` when there are no lines to trace, or far too many */
export function traceImage(image: RgbaImage, assignPart: (points: readonly number[]) => Part = () => 'other'): Stroke[] {
  const larger = Math.max(image.width, image.height)
  const shrink = Math.min(1, TRACE_SIDE_PX / larger)
  const picture = resize(image, Math.max(1, Math.round(image.width * shrink)), Math.max(1, Math.round(image.height * shrink)))
  const { width, height } = picture
  const mask = findInk(picture)
  const distance = distanceToPaper(mask)
  // A spur shorter than half the width of its line is the line's own corner.
  const lines = followLines(thin(mask), width, (pixel) => 2 + 1.5 * (distance[pixel] ?? 0))
  if (lines.length > MOST_LINES) {
    throw new StudioError(
      'bad-image',
      'This picture is not a line drawing: there are too many lines to trace. Choose a clean drawing with dark lines on light paper.',
    )
  }
  const scale = SKETCH_SIZE_PX / Math.max(width, height)
  const left = (SKETCH_SIZE_PX - width * scale) / 2
  const top = (SKETCH_SIZE_PX - height * scale) / 2
  return lines.map((pixels) => {
    const chain = pixels.flatMap((pixel) => middleOf(pixel, distance, width))
    const line = pixels.length < 3 ? chain : simplify(smooth(chain), SIMPLIFY_TOLERANCE)
    const points: number[] = []
    for (let i = 0; i + 1 < line.length; i += 2)
      points.push(round(left + (line[i] ?? 0) * scale), round(top + (line[i + 1] ?? 0) * scale), 0.5)
    const widthPx = lineWidth(pixels, distance) * scale
    return { id: newId(), part: assignPart(points), partIsChosen: false, widthPx: limitWidth(widthPx), usesPressure: false, points }
  })
}

/** A skeleton lies on pixels, the middle of a line may lie between them: the centroid of the innermost ink around a pixel, flat x, y. */
function middleOf(pixel: number, distance: Float32Array, width: number): [number, number] {
  let [sum, x, y] = [0, 0, 0]
  for (let dy = -1; dy <= 1; dy++) {
    for (let dx = -1; dx <= 1; dx++) {
      const weight = (distance[pixel + dy * width + dx] ?? 0) ** 4
      sum += weight
      x += weight * dx
      y += weight * dy
    }
  }
  return [(pixel % width) + 0.5 + x / sum, Math.floor(pixel / width) + 0.5 + y / sum]
}

/** Hundredths of a sketch pixel are more than a picture can say. */
const round = (value: number): number => Math.round(value * 100) / 100

/** To the half pixel, within what the pen can draw. */
const limitWidth = (widthPx: number): number => Math.min(8, Math.max(1, Math.round(2 * widthPx) / 2))

/** The median distance to paper along the skeleton, from the middle of a pixel, makes half the width. */
function lineWidth(pixels: readonly number[], distance: Float32Array): number {
  const radii = pixels.map((pixel) => distance[pixel] ?? 1).sort((a, b) => a - b)
  return 2 * (radii[radii.length >> 1] ?? 1) - 1
}
