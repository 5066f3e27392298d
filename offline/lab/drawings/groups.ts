/** The eleven groups of the feature study: one base drawing each, first as it is and then edited in one part. The same every time. */

import type { Stroke } from '../../../src/editor/document'
import { type Drawing, type DrawingGroup, GROUP_IDS, GROUP_SIZES, type GroupId, type Line } from '../../../src/lab/drawingSet'
import { doodle } from './doodles'
import { addAttribute, addHair, type Edit, moveBrows, moveMouth, moveNose, scaleEyes, shapeEyes, shapeFace } from './edits'
import { person, seeded } from './person'

/** Groups 10 and 11 edit the persons of groups 9 and 8, whose eyes they thereby have. */
const PERSONS: Readonly<Record<GroupId, number>> = {
  hair: 1,
  attribute: 2,
  faceShape: 3,
  brows: 4,
  eyeShape: 5,
  eyeSize: 6,
  doodles: 7,
  mouth: 8,
  nose: 9,
  mouthOtherEyes: 9,
  noseOtherEyes: 8,
}

const EDITS: Readonly<Record<Exclude<GroupId, 'doodles'>, Edit>> = {
  hair: addHair,
  attribute: addAttribute,
  faceShape: shapeFace,
  brows: moveBrows,
  eyeShape: shapeEyes,
  eyeSize: scaleEyes,
  mouth: moveMouth,
  nose: moveNose,
  mouthOtherEyes: moveMouth,
  noseOtherEyes: moveNose,
}

export function drawGroups(): DrawingGroup[] {
  return GROUP_IDS.map((id, place) => ({
    id,
    drawings: Array.from({ length: GROUP_SIZES[id] }, (_, n) => drawn(id, 1000 * (place + 1) + n, n)),
  }))
}

function drawn(id: GroupId, seed: number, n: number): Drawing {
  const random = seeded(seed)
  if (id === 'doodles') return doodle(n, random).map(rounded)
  const base = person(PERSONS[id])
  if (n === 0) return linesOf(base)
  const { strokes, added = [] } = EDITS[id](base, random, n - 1)
  return [...linesOf(strokes), ...added.map(rounded)]
}

function linesOf(strokes: readonly Stroke[]): Line[] {
  return strokes.map(({ points }) => rounded(points.filter((_, i) => i % 3 < 2)))
}

/** To a tenth of a sketch pixel: finer than any model sees. */
function rounded(line: Line): Line {
  return line.map((value) => Math.round(10 * value) / 10)
}
