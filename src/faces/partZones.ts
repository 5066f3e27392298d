/**
 * Which part of the face a place belongs to: the nearest area of a part in units of that part's reach, where the drawing has it or else where
 * the mean face has it; round them jaw, ears and hair.
 */

import { convexHull, distanceToPolygon, nearestOnPolyline } from '../shared/polyline'
import { SKETCH_SIZE_PX } from '../shared/units'
import { type DrawnFace, type Placement, unplaced } from './drawnFace'
import { MEAN_LANDMARKS, meanFaceContours } from './meanFace'
import type { MeanFacePart, Part } from './parts'

export type CompactPart = Exclude<MeanFacePart, 'jaw'>
/** How far outside its area a stroke still belongs to a part, in sketch pixels. */
const REACH_PX: Readonly<Record<CompactPart, number>> = { leftBrow: 18, rightBrow: 18, leftEye: 15, rightEye: 15, nose: 14, mouth: 18 }
export const COMPACT_PARTS = Object.keys(REACH_PX) as CompactPart[]
/** No eye, brow, nose or mouth is larger: such ink says nothing about where the part is. */
export const LARGEST_DRAWN_PART_PX = 170

const JAW_REACH_PX = { inside: 22, outside: 30 }
/** Ink this far outside the jaw line, beside the landmarks 0–2 and 14–16, is an ear. */
const EAR_PX = { from: 6, to: 80 }
/** Above the jaw line the head narrows by this before the hair begins. */
const TEMPLE_PX = 20

interface Area {
  readonly part: CompactPart
  readonly hull: readonly number[]
  readonly reachPx: number
  /** In the drawing's own coordinates, not the mean face's. */
  readonly isDrawn: boolean
}

let areas: readonly Area[] | null = null
let faceOutline: readonly number[] | null = null

function meanAreas(): readonly Area[] {
  areas ??= COMPACT_PARTS.map((part) => {
    const ink = meanFaceContours().filter((contour) => contour.part === part)
    const hull = convexHull(
      ink.flatMap((contour) => contour.points),
      2,
    )
    return { part, hull, reachPx: REACH_PX[part], isDrawn: false }
  })
  return areas
}

/** The mean jaw line, open at the top. */
function meanJaw(): readonly number[] {
  return meanFaceContours().find((contour) => contour.part === 'jaw')?.points ?? []
}

/** The face below the jaw line's upper ends. */
function meanOutline(): readonly number[] {
  faceOutline ??= convexHull(meanJaw(), 2)
  return faceOutline
}

const landmarkY = (index: number): number => (MEAN_LANDMARKS[index]?.[1] ?? 0) * SKETCH_SIZE_PX

/** Tells the part of any place of a drawing. `mayBeEar`: the stroke is no larger than an ear. */
export function zonesOf(face: DrawnFace, placement: Placement): (x: number, y: number, mayBeEar: boolean) => Part {
  const all = meanAreas().map((area): Area => {
    const ink = face.inks.get(area.part)
    return ink?.hasLine && isOfPartSize(ink.bounds) ? { ...area, hull: ink.hull, isDrawn: true } : area
  })
  return (x, y, mayBeEar) => {
    const mean = unplaced(placement, x, y)
    let nearest: { part: Part; share: number } | null = null
    for (const { part, hull, reachPx, isDrawn } of all) {
      const share = (isDrawn ? distanceToPolygon(hull, x, y) : distanceToPolygon(hull, mean.x, mean.y)) / reachPx
      if (share <= 1 && (!nearest || share < nearest.share)) nearest = { part, share }
    }
    return nearest?.part ?? outerPartAt(mean.x, mean.y, mayBeEar)
  }
}

export function isOfPartSize({ left, top, right, bottom }: { left: number; top: number; right: number; bottom: number }): boolean {
  return Math.max(right - left, bottom - top) <= LARGEST_DRAWN_PART_PX
}

/** Jaw, hair, ears or other, for a place off eyes, brows, nose and mouth. */
function outerPartAt(x: number, y: number, mayBeEar: boolean): Part {
  const jaw = nearestOnPolyline(meanJaw(), 2, x, y)
  const jawTop = landmarkY(0)
  const besideFace = Math.abs(x - SKETCH_SIZE_PX / 2) > Math.abs(jaw.x - SKETCH_SIZE_PX / 2)
  const atTemple = Math.abs(x - SKETCH_SIZE_PX / 2) > Math.abs(jaw.x - SKETCH_SIZE_PX / 2) - TEMPLE_PX
  const outside = y < jawTop ? atTemple : distanceToPolygon(meanOutline(), x, y) > 0
  const besideEars = y > jawTop - 40 && y < landmarkY(3) - 10 && besideFace
  if (mayBeEar && outside && besideEars && jaw.distance > EAR_PX.from && jaw.distance <= EAR_PX.to) return 'ears'
  if (y > jawTop - JAW_REACH_PX.outside && jaw.distance <= (outside ? JAW_REACH_PX.outside : JAW_REACH_PX.inside)) return 'jaw'
  if (y < landmarkY(19) - REACH_PX.leftBrow) return 'hair'
  if (y < jawTop) return outside ? 'hair' : 'other'
  return outside && besideFace && y < landmarkY(8) ? 'hair' : 'other'
}
