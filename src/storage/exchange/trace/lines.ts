/** A mask of ink → lines in its pixels: skeleton, chains, smooth polylines with few points, each as wide as its ink. */

import type { Budget } from '../budget'
import type { InkMask } from './components'
import { simplify, smooth } from './polyline'
import { followLines } from './skeletonGraph'
import { distanceToPaper, thin } from './thin'

/** In pixels of the mask. */
const SIMPLIFY_TOLERANCE = 0.5

export interface TracedLine {
  /** Flat x, y; a closed line ends with its first point, a dot has one point. */
  readonly points: number[]
  readonly widthPx: number
}

export function traceLines(mask: InkMask, budget?: Budget): TracedLine[] {
  const { width } = mask
  budget?.spend(20 * mask.ink.length)
  const distance = distanceToPaper(mask)
  // A spur shorter than half the width of its line is the line's own corner.
  const chains = followLines(thin(mask), width, (pixel) => 2 + 1.5 * (distance[pixel] ?? 0))
  return chains.map((pixels) => {
    const chain = pixels.flatMap((pixel) => middleOf(pixel, distance, width))
    budget?.spend(50 * pixels.length)
    return { points: pixels.length < 3 ? chain : simplify(smooth(chain), SIMPLIFY_TOLERANCE), widthPx: lineWidth(pixels, distance) }
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

/** The median distance to paper along the skeleton, from the middle of a pixel, makes half the width. */
function lineWidth(pixels: readonly number[], distance: Float32Array): number {
  const radii = pixels.map((pixel) => distance[pixel] ?? 1).sort((a, b) => a - b)
  return 2 * (radii[radii.length >> 1] ?? 1) - 1
}
