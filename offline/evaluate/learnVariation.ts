/** How people's parts vary about the mean face's, for the placement of drawings: aligned training faces → `src/faces/partVariation.json`. */

import { ANCHOR_PARTS, anchorsOf } from '../../src/faces/anchors'
import { meanFaceContours } from '../../src/faces/meanFace'
import { CONTOUR_LINES } from '../../src/faces/parts'
import type { PartLine } from '../../src/faces/standIns'
import { SKETCH_SIZE_PX } from '../../src/shared/units'
import { contourLines } from '../node/contour'
import type { AnnotatedFace } from '../node/faceSet'

const ABOUT =
  "Covariance, in squared sketch pixels, of where people's part centres (x, y of each part in the order of `parts`) lie about the mean face's, over the aligned training faces and their mirror images."

/** Columns of the mirror image: left and right parts change places, and x its sign. */
const MIRRORED = [1, 0, 3, 2, 4, 5, 6]

/** @param faces training faces */
export function learnVariation(faces: readonly AnnotatedFace[]): string {
  const mean = centresOf(
    meanFaceContours().map(({ part, points }) => ({
      part,
      points: points.flatMap((_, i) => (i % 2 ? [] : [points[i] ?? 0, points[i + 1] ?? 0, 0])),
    })),
  )
  const deviations = faces.flatMap(({ landmark68 }) => {
    const lines = contourLines(landmark68).map((points, i): PartLine => ({ part: CONTOUR_LINES[i]?.part ?? 'other', points }))
    const deviation = centresOf(lines).map((value, i) => value - (mean[i] ?? 0))
    return [deviation, deviation.map((_, i) => (i % 2 ? 1 : -1) * (deviation[2 * (MIRRORED[i >> 1] ?? 0) + (i % 2)] ?? 0))]
  })
  const rows = mean.map((_, i) =>
    mean.map((_, j) => {
      const sum = deviations.reduce((total, deviation) => total + (deviation[i] ?? 0) * (deviation[j] ?? 0), 0)
      return Math.round((100 * sum) / deviations.length) / 100
    }),
  )
  const written = rows.map((row) => `    ${JSON.stringify(row).replaceAll(',', ', ')}`).join(',\n')
  const parts = JSON.stringify(ANCHOR_PARTS).replaceAll(',', ', ')
  return `{\n  "about": ${JSON.stringify(ABOUT)},\n  "faces": ${faces.length},\n  "parts": ${parts},\n  "covariancePx2": [\n${written}\n  ]\n}\n`
}

/** x, y of each part's centre. @throws Error when a part is missing */
function centresOf(lines: readonly PartLine[]): number[] {
  const anchors = anchorsOf(lines)
  if (anchors.length < ANCHOR_PARTS.length) throw new Error(`A face of ${SKETCH_SIZE_PX} px without all of its parts.`)
  return anchors.flatMap(({ at }) => at)
}
