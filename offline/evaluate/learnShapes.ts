/** How faces' landmarks vary together about the mean face's: aligned training faces → `src/faces/shapeModel.json`. */

import { Matrix } from 'ml-matrix'
import { MEAN_LANDMARKS } from '../../src/faces/meanFace'
import { SKETCH_SIZE_PX } from '../../src/shared/units'
import type { AnnotatedFace } from '../node/faceSet'
import { symmetricEigen } from './statistics/linearAlgebra'

const ABOUT =
  'A point distribution model (Cootes et al. 1995) of the 68 landmarks: how aligned training faces and their mirror images vary about the mean face, in sketch pixels. A mode is a vector of x0, y0, x1, y1, … of length 1; `deviationsPx` says how far people lie along it; `restPx` how far a landmark lies off all modes on each axis.'
/** So many modes: more say where a face lies no more surely. */
const MODES = 24
/** Landmarks of the mirror image, in iBUG order. */
const MIRROR = [
  ...Array.from({ length: 17 }, (_, i) => 16 - i),
  ...Array.from({ length: 10 }, (_, i) => 26 - i),
  27,
  28,
  29,
  30,
  35,
  34,
  33,
  32,
  31,
  45,
  44,
  43,
  42,
  47,
  46,
  39,
  38,
  37,
  36,
  41,
  40,
  54,
  53,
  52,
  51,
  50,
  49,
  48,
  59,
  58,
  57,
  56,
  55,
  64,
  63,
  62,
  61,
  60,
  67,
  66,
  65,
]

/** @param faces training faces */
export function learnShapes(faces: readonly AnnotatedFace[]): string {
  const deviations = faces.flatMap(({ landmark68 }) => {
    const mirrored = MIRROR.map((index) => [1 - (landmark68[index]?.[0] ?? 0), landmark68[index]?.[1] ?? 0] as const)
    return [landmark68, mirrored].map((shape) =>
      shape.flatMap(([x, y], i) => [
        (x - (MEAN_LANDMARKS[i]?.[0] ?? 0)) * SKETCH_SIZE_PX,
        (y - (MEAN_LANDMARKS[i]?.[1] ?? 0)) * SKETCH_SIZE_PX,
      ]),
    )
  })
  const samples = new Matrix(deviations)
  const covariance = samples.transpose().mmul(samples).div(deviations.length)
  const { vectors, values } = symmetricEigen(covariance)
  const modes = Array.from({ length: MODES }, (_, k) => vectors.getColumn(k).map((value) => Math.round(1e4 * value) / 1e4))
  const rest = values.slice(MODES).reduce((sum, value) => sum + Math.max(0, value), 0) / covariance.rows
  const rounded = (value: number): number => Math.round(100 * value) / 100
  const written = modes.map((mode) => `    ${JSON.stringify(mode)}`).join(',\n')
  const deviationsPx = JSON.stringify(values.slice(0, MODES).map((value) => rounded(Math.sqrt(value)))).replaceAll(',', ', ')
  return `{\n  "about": ${JSON.stringify(ABOUT)},\n  "faces": ${faces.length},\n  "restPx": ${rounded(Math.sqrt(rest))},\n  "deviationsPx": ${deviationsPx},\n  "modes": [\n${written}\n  ]\n}\n`
}
