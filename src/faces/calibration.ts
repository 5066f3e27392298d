/**
 * What the detector means by a landmark is not what the annotation means (its jaw points sit higher, its brows lower). The calibration is the
 * mean offset of each landmark on true photos of training faces; with it removed, what remains is error.
 */

import { eyeDistance, LANDMARK_COUNT, type Landmarks68, type Point, parseLandmark68, pointAt } from './landmarks'

/** Mean of (detected − annotated) for each landmark, in eye distances, picture axes. */
export type Offsets = readonly Point[]

/** A calibration as stored in `calibration.json`. */
export interface Calibration {
  version: 1
  /** Which detector with which settings; a calibration only fits the detector that it was made with. */
  detector: string
  /** How it was made, for people. */
  made: string
  /** The training faces that it was measured on. */
  names: readonly string[]
  offsets: Offsets
}

/** A face with its annotated landmarks and those that the detector found. */
export interface DetectedFace {
  annotated: Landmarks68
  detected: Landmarks68
}

/** Mean offsets over faces. @throws Error when there is no face to measure */
export function measureOffsets(faces: readonly DetectedFace[]): Offsets {
  if (faces.length === 0) throw new Error('The calibration needs at least one detected face.')
  const sums = Array.from({ length: LANDMARK_COUNT }, () => [0, 0] as [number, number])
  for (const { annotated, detected } of faces) {
    const unit = eyeDistance(annotated)
    sums.forEach((sum, i) => {
      const [ax, ay] = pointAt(annotated, i)
      const [dx, dy] = pointAt(detected, i)
      sum[0] += (dx - ax) / unit
      sum[1] += (dy - ay) / unit
    })
  }
  return sums.map(([x, y]) => [x / faces.length, y / faces.length] as const)
}

/** Offsets of an uncalibrated figure. */
export const NO_OFFSETS: Offsets = Array.from({ length: LANDMARK_COUNT }, () => [0, 0] as const)

/** A calibration from parsed JSON. @throws Error that says what to do when it is broken or was made with another detector */
export function parseCalibration(value: unknown, detector: string): Calibration {
  const calibration = value as Partial<Calibration> | null
  if (calibration?.version !== 1) throw new Error('calibration.json is not a calibration; make it again with --calibrate.')
  if (calibration.detector !== detector) {
    throw new Error(`calibration.json was made with "${calibration.detector}", not "${detector}"; make it again with --calibrate.`)
  }
  const { made = '', names = [] } = calibration
  return { version: 1, detector, made, names, offsets: parseLandmark68(calibration.offsets, 'calibration.json') }
}
