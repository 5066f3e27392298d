/** Lines without parts → where the face lies among them, by the faces' own registration; a picture that lies on its side is turned upright first. */

import { rasterize } from '../../../editor/rasterizer'
import { registerPicture } from '../../../faces/registration'
import { placeOfDrawing } from '../../../faces/wholeDrawing'
import { SKETCH_SIZE_PX } from '../../../shared/units'
import { type Affine, compose, IDENTITY } from '../svg/affine'
import { type FitToFace, moved } from './fit'

const BITMAP_PX = 256
const INK_WIDTH_PX = 3
const PRESSURE = 0.5
/** Upright as it is, a drawing is not turned; and a turned one must surely be a face. */
const SURELY = 0.7
const CLEARLY_MORE = 0.2

/** Quarter turns about the middle of the page, clockwise. */
const TURNS: readonly Affine[] = [
  IDENTITY,
  [0, 1, -1, 0, SKETCH_SIZE_PX, 0],
  [-1, 0, 0, -1, SKETCH_SIZE_PX, SKETCH_SIZE_PX],
  [0, -1, 1, 0, 0, SKETCH_SIZE_PX],
]

export const fitToFace: FitToFace = (lines) => {
  const upright = register(lines, IDENTITY)
  if (upright.likeness >= SURELY) return upright
  const turned = TURNS.slice(1).map((turn) => register(lines, turn))
  const best = turned.reduce((one, other) => (other.likeness > one.likeness ? other : one), upright)
  return best.likeness >= Math.max(SURELY, upright.likeness + CLEARLY_MORE) ? best : upright
}

/** By how its lines lie to each other first, then by its ink. */
function register(lines: readonly (readonly number[])[], turn: Affine): { map: Affine; likeness: number } {
  const turned = lines.map((line) => moved(turn, line))
  const home = homeOf(turned)
  const ink = turned.map((line) => moved(home, line).flatMap((value, i) => (i % 2 === 1 ? [value, INK_WIDTH_PX] : [value])))
  const { placement, confidence } = registerPicture(rasterize(ink, BITMAP_PX), BITMAP_PX)
  const { a, b, dx, dy } = placement
  return { map: compose([a, b, -b, a, dx, dy], compose(home, turn)), likeness: confidence }
}

function homeOf(lines: readonly (readonly number[])[]): Affine {
  const { scale, dx, dy } = placeOfDrawing(lines.map((line) => line.flatMap((value, i) => (i % 2 === 1 ? [value, PRESSURE] : [value]))))
  const middle = SKETCH_SIZE_PX / 2
  return [1 / scale, 0, 0, 1 / scale, middle - (middle + dx) / scale, middle - (middle + dy) / scale]
}
