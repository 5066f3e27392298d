/** The point eraser's geometry: what is left of a line when discs are punched out of it. */

import { boundsOf } from '../shared/polyline'
import { POINT_STRIDE } from './document'
import { boundsMeet } from './strokeGeometry'

/** Crumbs shorter than this are not kept. */
const CRUMB_PX = 0.75

/**
 * Cuts everything within `radiusPx` of (x, y) out of a line.
 * @param points flat x, y, pressure
 * @returns the pieces in order (none when all is gone), or `null` when the disc does not touch the line
 */
export function cutByDisc(points: readonly number[], x: number, y: number, radiusPx: number): number[][] | null {
  if (!boundsMeet(boundsOf(points, POINT_STRIDE), { left: x, right: x, top: y, bottom: y }, radiusPx)) return null
  const inside = (i: number): boolean => Math.hypot((points[i] ?? 0) - x, (points[i + 1] ?? 0) - y) <= radiusPx
  if (points.length < 2 * POINT_STRIDE) return inside(0) ? [] : null
  const pieces: number[][] = []
  let piece: number[] = []
  let touched = false
  const endPiece = (): void => {
    if (isMoreThanCrumb(piece)) pieces.push(piece)
    piece = []
  }
  if (!inside(0)) piece.push(...points.slice(0, POINT_STRIDE))
  for (let i = 0; i + 2 * POINT_STRIDE <= points.length; i += POINT_STRIDE) {
    const crossing = insideStretch(points, i, x, y, radiusPx)
    if (crossing) {
      touched = true
      const [enter, leave] = crossing
      if (enter > 0) piece.push(...between(points, i, enter))
      endPiece()
      if (leave < 1) piece.push(...between(points, i, leave), ...points.slice(i + POINT_STRIDE, i + 2 * POINT_STRIDE))
    } else piece.push(...points.slice(piece.length > 0 ? i + POINT_STRIDE : i, i + 2 * POINT_STRIDE))
  }
  endPiece()
  return touched ? pieces : null
}

/** The stretch of the segment at `i`, in 0–1, that lies inside the disc. */
function insideStretch(points: readonly number[], i: number, x: number, y: number, radiusPx: number): [number, number] | null {
  const ax = (points[i] ?? 0) - x
  const ay = (points[i + 1] ?? 0) - y
  const dx = (points[i + POINT_STRIDE] ?? 0) - x - ax
  const dy = (points[i + POINT_STRIDE + 1] ?? 0) - y - ay
  const a = dx * dx + dy * dy
  const c = ax * ax + ay * ay - radiusPx * radiusPx
  if (a === 0) return c <= 0 ? [0, 1] : null
  const b = ax * dx + ay * dy
  const discriminant = b * b - a * c
  if (discriminant <= 0) return null
  const root = Math.sqrt(discriminant)
  const enter = Math.max(0, (-b - root) / a)
  const leave = Math.min(1, (-b + root) / a)
  return enter < leave ? [enter, leave] : null
}

function between(points: readonly number[], i: number, t: number): number[] {
  return Array.from({ length: POINT_STRIDE }, (_, channel) => {
    const from = points[i + channel] ?? 0
    return from + t * ((points[i + POINT_STRIDE + channel] ?? 0) - from)
  })
}

function isMoreThanCrumb(piece: readonly number[]): boolean {
  if (piece.length < 2 * POINT_STRIDE) return false
  const { left, top, right, bottom } = boundsOf(piece, POINT_STRIDE)
  return Math.hypot(right - left, bottom - top) >= CRUMB_PX
}
