/**
 * A change of the whole face as an edit of the page: every stroke goes where the landmarks of the drawing go (`faces/wholeFace`, `faces/faceFlow`).
 *
 * Strokes that meet still meet, as one map moves them all; hair, ears and beard follow the face beside them. Lines of the mean face that stand in would stay where they
 * are, as they always lie in the mean place: those that move become strokes, since what a person has moved is theirs. A part that was left out stays out.
 */

import { drawnLandmarks } from '../faces/drawnLandmarks'
import { type FaceFlow, faceFlow } from '../faces/faceFlow'
import { type Landmarks68, pointAt } from '../faces/landmarks'
import type { Contour } from '../faces/meanFace'
import { CONTOUR_LINES } from '../faces/parts'
import { applyTo, inverse, type Similarity } from '../faces/similarity'
import { standIns } from '../faces/standIns'
import { changedLandmarks, isUnchanged, type WholeFaceAmounts } from '../faces/wholeFace'
import { SKETCH_SIZE_PX } from '../shared/units'
import { POINT_STRIDE, type SketchDocument, type Stroke } from './document'
import { LINE_WIDTH_PX } from './lineStrokes'
import { placedStrokes } from './placedPage'
import { simplifyStroke } from './strokeShape'

/** A line is looked at this often on its way, so that a long straight one bends with what lies beside it. */
const SPACING_PX = 8
/** A line that moves by less than this at every point stays as it is. */
const LEAST_MOVE_PX = 0.1
/** And one of the mean face whose landmarks move by less goes on standing in. */
const LEAST_STAND_IN_MOVE_PX = 0.3
const NEUTRAL_PRESSURE = 0.5

/** The page that whole-face changes start from, and what is known of it: it stays the same while sliders move. */
export interface WholeFacePage {
  readonly strokes: readonly Stroke[]
  readonly placement: Similarity
  readonly landmarks: Landmarks68
  /** In the mean face's place. */
  readonly standIns: readonly Contour[]
  /** Ids of the strokes that they become, in their order: the same one for every amount. */
  readonly standInIds: readonly string[]
}

export interface WholeFaceOptions {
  /** Drawing → mean face, as the face is made. */
  readonly placement: Similarity
  /** Whether the mean face stands in for what is not drawn. */
  readonly standIns: boolean
  readonly newId: () => string
}

export function wholeFacePage(document: SketchDocument, { placement, standIns: standsIn, newId }: WholeFaceOptions): WholeFacePage {
  const placed = placedStrokes(document.strokes, placement)
  const contours = standsIn ? standIns(placed, document.leftOut) : []
  return {
    strokes: document.strokes,
    placement,
    landmarks: drawnLandmarks(placed),
    standIns: contours,
    standInIds: contours.map(() => newId()),
  }
}

/** The strokes after a change; those of the page themselves, none else, when nothing changes. */
export function changedStrokes(page: WholeFacePage, amounts: WholeFaceAmounts): readonly Stroke[] {
  if (isUnchanged(amounts)) return page.strokes
  const landmarks = changedLandmarks(page.landmarks, amounts)
  const flow = faceFlow(page.landmarks, landmarks)
  const back = inverse(page.placement)
  const onPage: FaceFlow = (x, y) => applyTo(back, flow(...applyTo(page.placement, [x, y])))
  const drawn = page.strokes.map((stroke) => {
    const { points, farthestPx } = movedPoints(stroke.points, onPage)
    return farthestPx < LEAST_MOVE_PX ? stroke : { ...stroke, points: simplifyStroke(points) }
  })
  const stood = page.standIns.flatMap((contour, i) => {
    if (!movesLandmarks(contour, page.landmarks, landmarks)) return []
    const { points } = movedPoints(pointsOnPage(contour, back), onPage)
    return [strokeOf(contour, simplifyStroke(points), page.standInIds[i] ?? '')]
  })
  return [...drawn, ...stood]
}

function movesLandmarks({ id }: Contour, from: Landmarks68, to: Landmarks68): boolean {
  // Pieces of a long line are told by a number.
  const indices = CONTOUR_LINES.find((line) => id === line.id || id.startsWith(`${line.id}-`))?.indices ?? []
  return indices.some((index) => {
    const [[x, y], [u, v]] = [pointAt(from, index), pointAt(to, index)]
    return Math.hypot(u - x, v - y) * SKETCH_SIZE_PX >= LEAST_STAND_IN_MOVE_PX
  })
}

function pointsOnPage({ points }: Contour, back: Similarity): number[] {
  return Array.from({ length: points.length / 2 }, (_, i) => [
    ...applyTo(back, [points[2 * i] ?? 0, points[2 * i + 1] ?? 0]),
    NEUTRAL_PRESSURE,
  ]).flat()
}

function strokeOf({ part }: Contour, points: readonly number[], id: string): Stroke {
  return { id, part, partIsChosen: true, widthPx: LINE_WIDTH_PX, usesPressure: false, points }
}

/** The points of a stroke, and more of them between, each moved; and how far the one that moved most. */
function movedPoints(points: readonly number[], flow: FaceFlow): { points: number[]; farthestPx: number } {
  const out: number[] = []
  let farthestPx = 0
  const add = (x: number, y: number, pressure: number): void => {
    const [u, v] = flow(x, y)
    farthestPx = Math.max(farthestPx, Math.hypot(u - x, v - y))
    out.push(u, v, pressure)
  }
  for (let i = 0; i + 2 < points.length; i += POINT_STRIDE) {
    const [x = 0, y = 0, pressure = NEUTRAL_PRESSURE] = points.slice(i, i + POINT_STRIDE)
    if (i > 0) {
      const [fromX = 0, fromY = 0, fromPressure = NEUTRAL_PRESSURE] = points.slice(i - POINT_STRIDE, i)
      const pieces = Math.ceil(Math.hypot(x - fromX, y - fromY) / SPACING_PX)
      for (let k = 1; k < pieces; k++) {
        const t = k / pieces
        add(fromX + t * (x - fromX), fromY + t * (y - fromY), fromPressure + t * (pressure - fromPressure))
      }
    }
    add(x, y, pressure)
  }
  return { points: out, farthestPx }
}
