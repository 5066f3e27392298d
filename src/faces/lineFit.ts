/** Which line of its part a stroke draws, by its shape: what is known of a stroke whose part is known. */

import { type LineShape, shapeDistance, shapeOf } from './lineShape'
import { MEAN_FACE_PARTS, type Part, type PartLine } from './parts'
import { type PartTemplate, partTemplates } from './partTemplates'

const STROKE_STRIDE = 3
/** A stroke fits a line of its own part if its shape is this near, in radii, and its size within this factor. */
const FIT = { shape: 0.25, size: 2.2 }
/** Strokes smaller than this have no shape that could say anything. */
export const LEAST_SHAPE_PX = 14

/** A stroke that draws a line of the mean face. */
export interface Fit {
  readonly template: PartTemplate
  readonly shape: LineShape
}

const fits = new WeakMap<PartLine, Fit | null>()

/** Which line of its part a stroke draws; `null` for details (a pupil, a nostril, hatching) and for parts without lines. */
export function fitOf(line: PartLine): Fit | null {
  let fit = fits.get(line)
  if (fit === undefined) {
    fit = findFit(line)
    fits.set(line, fit)
  }
  return fit
}

function findFit(line: PartLine): Fit | null {
  if (!(MEAN_FACE_PARTS as readonly Part[]).includes(line.part)) return null
  const shape = shapeOf(line.points, STROKE_STRIDE)
  if (shape.lengthPx < LEAST_SHAPE_PX || shape.radiusPx === 0) return null
  let best: { template: PartTemplate; cost: number } | null = null
  for (const template of partTemplates()) {
    if (template.part !== line.part) continue
    const size = Math.abs(Math.log(shape.radiusPx / template.shape.radiusPx))
    if (size > Math.log(FIT.size)) continue
    const distance = shapeDistance(shape, template.shape, FIT.shape)
    // Among lines of one part that look alike (the lips), place decides.
    const off = Math.hypot(shape.x - template.shape.x, shape.y - template.shape.y) / 100
    const cost = distance + 0.1 * size + off
    if (distance <= FIT.shape && (!best || cost < best.cost)) best = { template, cost }
  }
  return best && { template: best.template, shape }
}
