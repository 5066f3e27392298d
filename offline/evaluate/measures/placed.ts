/**
 * Placed: a drawing that lies somewhere else on the page, turned and smaller, should give the face of the drawing in place. The contour is moved, placed as the studio places
 * strokes (which know their part) and as the command line places a bare picture, and drawn; its face is compared with that of the contour in place.
 */

import type { InkLine } from '../../../src/editor/rasterizer'
import { rasterize } from '../../../src/editor/rasterizer'
import { CONTOUR_LINES } from '../../../src/faces/parts'
import { placementOf } from '../../../src/faces/placement'
import { registerPicture } from '../../../src/faces/registration'
import { about, applyTo, applyToFlat, compose, type Similarity } from '../../../src/faces/similarity'
import type { PartLine } from '../../../src/faces/standIns'
import { SKETCH_SIZE_PX } from '../../../src/shared/units'
import { contourLines } from '../../node/contour'
import { type AnnotatedFace, spread } from '../../node/faceSet'
import { mean, meanOrNull } from '../statistics/summary'
import { EXACT } from '../subject'
import { meanShift } from './landmarkShift'
import { type Measure, type SheetRow, type Subject, show } from './measure'

const MAX_FACES = 12
const MIDDLE = [256, 290] as const
/** Shifted by 40 px, turned by 10° and scaled by 0.8 in a different direction each, and one enlarged. */
export const PLACES: readonly { id: string; by: Similarity }[] = [
  { id: '40 px right and down, 10°, 0.8×', by: about(MIDDLE, 0.8, 10, [28, 28]) },
  { id: '40 px left, −10°, 0.8×', by: about(MIDDLE, 0.8, -10, [-40, 0]) },
  { id: '40 px up, 10°, 1.1×', by: about(MIDDLE, 1.1, 10, [0, -40]) },
]

/** How a drawing is placed: drawing → where the model expects it. */
export const WAYS = {
  strokes: (lines: readonly InkLine[]): Similarity => placementOf(partLines(lines)),
  picture: (lines: readonly InkLine[]): Similarity => registerPicture(rasterize(lines, SKETCH_SIZE_PX), SKETCH_SIZE_PX).placement,
} as const
type Way = keyof typeof WAYS

function partLines(lines: readonly InkLine[]): PartLine[] {
  return lines.map((points, i) => ({ part: CONTOUR_LINES[i]?.part ?? 'other', points }))
}

interface Sample {
  way: Way
  /** How far landmarks lie from where they were before the drawing was moved: of the drawing, and of the face (`null`: lost), in % of the eye distance. */
  drawn: number
  seen: number | null
}

export const placed: Measure = {
  id: 'placed',
  title: 'Placed: does a drawing somewhere else on the page give the face of the drawing in place?',
  about:
    'Contours of validation faces are shifted by 40 px, turned by 10° and scaled by 0.8 (one in three enlarged to 1.1), then placed as the studio places strokes, whose parts it knows, and as the command line places a ' +
    'bare picture. Mean distance of landmarks from where they lie without the move, in % of the eye distance: of the placed drawing, and of its face, as the detector sees it in both. The lines themselves are placed, without the ' +
    "resampling that a picture file goes through. A person's own proportions and a slightly wrong placement look alike, which bounds what can be reached.",
  references: [],
  sheetColumns: ['face in place', ...PLACES.flatMap(({ id }) => [`${id}, strokes`, 'picture'])],
  needsAnySketch: true,
  async run(subject) {
    const faces = spread(subject.faces, MAX_FACES)
    const samples: Sample[] = []
    const sheet: SheetRow[] = []
    for (const [i, face] of faces.entries()) {
      sheet.push(await movedAndPlaced(subject, face, samples))
      subject.onProgress(i + 1, faces.length)
    }
    const figures = { strokes: figureOf(samples, 'strokes'), picture: figureOf(samples, 'picture') }
    return {
      figures: { faces: faces.length, ...figures },
      rows: (['strokes', 'picture'] as const).flatMap((way) => [
        { label: `${way}: the drawing, %`, value: `${show(figures[way].drawn)} (worst ${show(figures[way].worst)})`, references: [] },
        { label: `${way}: the face, %`, value: show(figures[way].seen), references: [] },
      ]),
      remarks: [],
      sheet,
    }
  },
}

async function movedAndPlaced(subject: Subject, face: AnnotatedFace, samples: Sample[]): Promise<SheetRow> {
  const own = await subject.ownFace(face)
  if (!own) return []
  const row = [own.generated]
  const inPlace = contourLines(face.landmark68)
  for (const { by } of PLACES) {
    const moved = inPlace.map((points) => applyToFlat(by, points, 3))
    for (const way of ['strokes', 'picture'] as const) {
      const placement = WAYS[way](moved)
      const { generated } = await subject.draw({
        name: face.name,
        lines: moved.map((points) => applyToFlat(placement, points, 3)),
        tolerance: EXACT,
      })
      row.push(generated)
      const seen = await subject.detect(generated)
      const whole = compose(placement, by)
      const after = face.landmark68.map(([x, y]) => {
        const [u, v] = applyTo(whole, [x * SKETCH_SIZE_PX, y * SKETCH_SIZE_PX])
        return [u / SKETCH_SIZE_PX, v / SKETCH_SIZE_PX] as const
      })
      samples.push({
        way,
        drawn: meanShift(face.landmark68, after, face.landmark68),
        seen: own.detected && seen ? meanShift(own.detected.landmark68, seen.landmark68, face.landmark68) : null,
      })
    }
  }
  return row
}

function figureOf(samples: readonly Sample[], way: Way) {
  const own = samples.filter((sample) => sample.way === way)
  const drawn = own.map((sample) => sample.drawn)
  return {
    samples: own.length,
    drawn: mean(drawn),
    worst: Math.max(...drawn),
    seen: meanOrNull(own.flatMap(({ seen }) => (seen === null ? [] : [seen]))),
    facesLost: own.filter(({ seen }) => seen === null).length,
  }
}
