/** The error figure: how far detected landmarks lie from where they should be, in % of the distance of the outer eye corners. */

import type { DetectedFace, Offsets } from '../../src/faces/calibration'
import { eyeDistance, type Landmarks68, pointAt } from '../../src/faces/landmarks'

/** The parts that figures are broken down to: first and last landmark index. */
export const FIGURE_PARTS = {
  jaw: [0, 16],
  brows: [17, 26],
  nose: [27, 35],
  eyes: [36, 47],
  mouth: [48, 67],
} as const
export type FigurePart = keyof typeof FIGURE_PARTS
export const FIGURE_PART_IDS = Object.keys(FIGURE_PARTS) as FigurePart[]

/** Error of each landmark in % of the eye distance of `annotated`, after the calibration's offsets are taken from `detected`. */
export function landmarkErrors({ annotated, detected }: DetectedFace, offsets: Offsets): number[] {
  const unit = eyeDistance(annotated)
  return annotated.map(([ax, ay], i) => {
    const [dx, dy] = pointAt(detected, i)
    const [ox, oy] = pointAt(offsets, i)
    return 100 * Math.hypot((dx - ax) / unit - ox, (dy - ay) / unit - oy)
  })
}

/**
 * How far the detected landmarks go along with what is particular about a face: the slope, through the origin, of the detected deviation from
 * `template` (the mean face) over the annotated deviation. 1: every deviation is followed; 0: as if the mean face came out every time.
 */
export function followedShare(
  faces: readonly DetectedFace[],
  template: Landmarks68,
  offsets: Offsets,
  [first, last]: readonly [number, number],
): number {
  let along = 0
  let total = 0
  for (const { annotated, detected } of faces) {
    const unit = eyeDistance(annotated)
    for (let i = first; i <= last; i++) {
      for (const axis of [0, 1] as const) {
        const origin = pointAt(template, i)[axis]
        const drawn = (pointAt(annotated, i)[axis] - origin) / unit
        const found = (pointAt(detected, i)[axis] - origin) / unit - pointAt(offsets, i)[axis]
        along += found * drawn
        total += drawn * drawn
      }
    }
  }
  return along / total
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

/** One face's error, over all landmarks and per part. */
export interface FaceError {
  average: number
  parts: Record<FigurePart, number>
}

export function faceError(face: DetectedFace, offsets: Offsets): FaceError {
  const errors = landmarkErrors(face, offsets)
  const parts = {} as Record<FigurePart, number>
  for (const part of FIGURE_PART_IDS) parts[part] = mean(errors.slice(FIGURE_PARTS[part][0], FIGURE_PARTS[part][1] + 1))
  return { average: mean(errors), parts }
}

/** Errors over faces: averages in % of the eye distance. */
export interface ErrorFigure extends FaceError {
  faces: number
  /** Standard error of the average over faces; `null` for fewer than two. */
  standardError: number | null
  median: number
  /** Nine of ten faces lie below. */
  percentile90: number
  largest: number
}

/** The figure over faces, or `null` when there is none. */
export function errorFigure(errors: readonly FaceError[]): ErrorFigure | null {
  if (errors.length === 0) return null
  const averages = errors.map((error) => error.average).sort((a, b) => a - b)
  const average = mean(averages)
  const variance = averages.reduce((sum, value) => sum + (value - average) ** 2, 0) / (averages.length - 1)
  const parts = {} as Record<FigurePart, number>
  for (const part of FIGURE_PART_IDS) parts[part] = mean(errors.map((error) => error.parts[part]))
  return {
    faces: errors.length,
    average,
    parts,
    standardError: errors.length > 1 ? Math.sqrt(variance / errors.length) : null,
    median: quantile(averages, 0.5),
    percentile90: quantile(averages, 0.9),
    largest: quantile(averages, 1),
  }
}

/** Linear interpolation between the sorted values. */
export function quantile(sorted: readonly number[], fraction: number): number {
  const position = fraction * (sorted.length - 1)
  const below = sorted[Math.floor(position)] ?? Number.NaN
  const above = sorted[Math.ceil(position)] ?? Number.NaN
  return below + (above - below) * (position - Math.floor(position))
}
