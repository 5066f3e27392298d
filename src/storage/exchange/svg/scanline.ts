/** Polygons → spans of pixels, row by row: a pixel belongs to a shape when its centre does (non-zero or even-odd rule). */

import type { Budget } from '../budget'
import type { FillRule } from './style'

/** Closed by themselves; flat x, y. */
export type Polygon = readonly number[]

interface Edge {
  /** Where the row that is being painted crosses it. */
  at: number
  readonly x: number
  readonly slope: number
  readonly top: number
  readonly bottom: number
  readonly direction: 1 | -1
}

/** @param onSpan pixels `from` to `to` (exclusive) of a row */
export function scanPolygons(
  polygons: readonly Polygon[],
  rule: FillRule,
  size: { readonly width: number; readonly height: number },
  budget: Budget,
  onSpan: (row: number, from: number, to: number) => void,
): void {
  const starting = bucketEdges(polygons, size.height)
  const active: Edge[] = []
  let waiting = starting.size
  for (let row = firstRow(starting, size.height); row < size.height && (waiting > 0 || active.length > 0); row++) {
    if (starting.has(row)) waiting--
    const y = row + 0.5
    moveDown(active, starting.get(row) ?? [], y)
    if (active.length === 0) continue
    budget.spend(20 * active.length)
    let winding = 0
    for (let i = 0; i + 1 < active.length; i++) {
      winding += rule === 'evenodd' ? 1 : (active[i]?.direction ?? 0)
      if (rule === 'evenodd' ? winding % 2 === 0 : winding === 0) continue
      const from = Math.max(0, Math.ceil((active[i]?.at ?? 0) - 0.5))
      const to = Math.min(size.width, Math.ceil((active[i + 1]?.at ?? 0) - 0.5))
      if (to <= from) continue
      budget.spend(to - from)
      onSpan(row, from, to)
    }
  }
}

/** The edges that a row crosses, from left to right; in place, since most of them are those of the row above in the same order. */
function moveDown(active: Edge[], starting: readonly Edge[], y: number): void {
  let kept = 0
  for (const edge of active) if (edge.bottom > y) active[kept++] = edge
  active.length = kept
  for (const edge of starting) if (edge.bottom > y) active.push(edge)
  for (const edge of active) edge.at = edge.x + edge.slope * (y - edge.top)
  active.sort((a, b) => a.at - b.at)
}

function firstRow(starting: ReadonlyMap<number, unknown>, height: number): number {
  let first = height
  for (const row of starting.keys()) first = Math.min(first, row)
  return first
}

/** Edges by the first row whose middle they cross. */
function bucketEdges(polygons: readonly Polygon[], height: number): Map<number, Edge[]> {
  const buckets = new Map<number, Edge[]>()
  for (const polygon of polygons) {
    for (let i = 0; i + 1 < polygon.length; i += 2) {
      const next = i + 3 < polygon.length ? i + 2 : 0
      const [ax, ay, bx, by] = [polygon[i] ?? 0, polygon[i + 1] ?? 0, polygon[next] ?? 0, polygon[next + 1] ?? 0]
      if (ay === by) continue
      const [x, top, bottom, direction] = ay < by ? [ax, ay, by, 1 as const] : [bx, by, ay, -1 as const]
      const row = Math.max(0, Math.ceil(top - 0.5))
      if (row >= height || row + 0.5 >= bottom) continue
      const edge: Edge = { at: x, x, top, bottom, direction, slope: (bx - ax) / (by - ay) }
      const bucket = buckets.get(row)
      if (bucket) bucket.push(edge)
      else buckets.set(row, [edge])
    }
  }
  return buckets
}
