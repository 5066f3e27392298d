/** An aligned face → the lines that people draw of it: the contour of the 68 landmarks, and as options pupils, ears and the outline of the hair. */

import { SKETCH_SIZE_PX } from '../shared/units'
import { type Landmarks68, pointAt } from './landmarks'
import { REGION } from './masks/regionMask'
import { contoursOf } from './meanFace'
import type { Part, PartLine } from './parts'
import { regionOutlines } from './regionOutlines'

export interface ContourOptions {
  readonly pupils: boolean
  readonly ears: boolean
  readonly hair: boolean
}

export const CONTOUR_DEFAULTS: ContourOptions = { pupils: true, ears: true, hair: true }

const NEUTRAL_PRESSURE = 0.5
/** Of the eye's width: the irises of training sketches are 0.17–0.24, their pupils 0.03–0.07. */
const IRIS_RADIUS = 0.2
const PUPIL_RADIUS = 0.07
const CIRCLE_POINTS = 24

/**
 * @param landmarks in 0–1 of the aligned photo
 * @param regions of the same photo (see `masks/regionMask.ts`), `[size²]`; `null` where they are not known: then there are neither ears nor hair
 * @returns lines in sketch pixels, each knowing its part
 */
export function photoContour(landmarks: Landmarks68, regions: Uint8Array | null, options: ContourOptions = CONTOUR_DEFAULTS): PartLine[] {
  const outlines = regions && (options.hair || options.ears) ? regionOutlines(regions, landmarks) : { hair: [], ears: [] }
  return [
    ...contoursOf(landmarks).map(({ part, points }) => line(part, points)),
    ...(options.pupils ? [...pupil('leftEye', landmarks, 36), ...pupil('rightEye', landmarks, 42)] : []),
    ...(options.ears ? outlines.ears.map((points) => line('ears', points)) : []),
    ...(options.hair ? outlines.hair.map((points) => line('hair', points)) : []),
  ]
}

/** Whether a mask holds enough hair for an outline. */
export const hasHair = (regions: Uint8Array): boolean => regions.includes(REGION.hair)

const line = (part: Part, flat: readonly number[]): PartLine => ({
  part,
  points: Array.from({ length: flat.length / 2 }, (_, i) => [flat[2 * i] ?? 0, flat[2 * i + 1] ?? 0, NEUTRAL_PRESSURE]).flat(),
})

/** The iris as a circle between the lids, and the pupil in it. */
function pupil(part: Part, landmarks: Landmarks68, first: number): PartLine[] {
  const [outer, upperA, upperB, inner, lowerA, lowerB] = Array.from({ length: 6 }, (_, i) => {
    const [x, y] = pointAt(landmarks, first + i)
    return [x * SKETCH_SIZE_PX, y * SKETCH_SIZE_PX] as const
  }) as [Pt, Pt, Pt, Pt, Pt, Pt]
  const width = Math.hypot(inner[0] - outer[0], inner[1] - outer[1])
  const mean = (axis: 0 | 1): number =>
    (outer[axis] + inner[axis] + (upperA[axis] + upperB[axis]) / 2 + (lowerA[axis] + lowerB[axis]) / 2) / 4
  const [x, y] = [mean(0), mean(1)]
  const [top, bottom] = [(upperA[1] + upperB[1]) / 2, (lowerA[1] + lowerB[1]) / 2]
  // A closed eye has none.
  if (bottom - top < 2 * PUPIL_RADIUS * width) return []
  const circle = (radius: number): number[] =>
    Array.from({ length: CIRCLE_POINTS + 1 }, (_, i) => {
      const angle = (2 * Math.PI * i) / CIRCLE_POINTS
      return [x + radius * Math.cos(angle), Math.min(bottom, Math.max(top, y + radius * Math.sin(angle)))]
    }).flat()
  return [line(part, circle(IRIS_RADIUS * width)), line(part, circle(PUPIL_RADIUS * width))]
}

type Pt = readonly [number, number]
