/** The parts of a face that a stroke can belong to. Left and right are the picture's, as in iBUG's 68 landmarks. */

export const MEAN_FACE_PARTS = ['jaw', 'leftBrow', 'rightBrow', 'nose', 'leftEye', 'rightEye', 'mouth'] as const
export const PARTS = [...MEAN_FACE_PARTS, 'hair', 'ears', 'other'] as const

/** A part that the 68 landmarks draw, so that the mean face can stand in for it. */
export type MeanFacePart = (typeof MEAN_FACE_PARTS)[number]
export type Part = (typeof PARTS)[number]

/** A drawn line that knows its part: flat x, y, pressure in sketch pixels. Every stroke is one. */
export interface PartLine {
  readonly part: Part
  readonly points: readonly number[]
}

/** One contour line of the 68 landmarks: which part it draws and its landmark indices in order (closed ones repeat the first). */
export interface ContourLine {
  part: MeanFacePart
  id: string
  indices: readonly number[]
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i)

/** The contour of the 68 landmarks as open lines, in the split that people draw: upper lid, lower lid, nose bridge, … (iBUG order). */
export const CONTOUR_LINES: readonly ContourLine[] = [
  { part: 'jaw', id: 'jaw', indices: range(0, 16) },
  { part: 'leftBrow', id: 'leftBrow', indices: range(17, 21) },
  { part: 'rightBrow', id: 'rightBrow', indices: range(22, 26) },
  { part: 'nose', id: 'noseBridge', indices: range(27, 30) },
  { part: 'nose', id: 'noseBase', indices: range(31, 35) },
  { part: 'leftEye', id: 'leftUpperLid', indices: range(36, 39) },
  { part: 'leftEye', id: 'leftLowerLid', indices: [39, 40, 41, 36] },
  { part: 'rightEye', id: 'rightUpperLid', indices: range(42, 45) },
  { part: 'rightEye', id: 'rightLowerLid', indices: [45, 46, 47, 42] },
  { part: 'mouth', id: 'upperLipOuter', indices: range(48, 54) },
  { part: 'mouth', id: 'lowerLipOuter', indices: [...range(54, 59), 48] },
  { part: 'mouth', id: 'upperLipInner', indices: range(60, 64) },
  { part: 'mouth', id: 'lowerLipInner', indices: [64, 65, 66, 67, 60] },
]
