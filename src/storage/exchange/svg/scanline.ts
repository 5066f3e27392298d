/** Polygons → spans of pixels, row by row: a pixel belongs to a shape when its centre does (non-zero or even-odd rule). */

import type { Budget } from '../budget'
import type { FillRule } from './style'

/** Closed by themselves; flat x, y. */
export type Polygon = readonly number[]

interface Edge {
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
  let active: Edge[] = []
  let waiting = starting.size
  for (let row = firstRow(starting, size.height); row < size.height && (waiting > 0 || active.length > 0); row++) {
    if (starting.has(row)) waiting--
    const y = row + 0.5
    active = active.filter((edge) => edge.bottom > y)
    for (const edge of starting.get(row) ?? []) if (edge.bottom > y) active.push(edge)
    if (active.length === 0) continue
    budget.spend(20 * active.length)
    const crossings = active
      .map((edge) => ({ x: edge.x + edge.slope * (y - edge.top), direction: edge.direction }))
      .sort((a, b) => a.x - b.x)
    let winding = 0
    for (let i = 0; i + 1 < crossings.length; i++) {
      winding += rule === 'evenodd' ? 1 : (crossings[i]?.direction ?? 0)
      if (rule === 'evenodd' ? winding % 2 === 0 : winding === 0) continue
      const from = Math.max(0, Math.ceil((crossings[i]?.x ?? 0) - 0.5))
      const to = Math.min(size.width, Math.ceil((crossings[i + 1]?.x ?? 0) - 0.5))
      if (to <= from) continue
      budget.spend(to - from)
      onSpan(row, from, to)
    }
  }
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
      const edge = { x, top, bottom, direction, slope: (bx - ax) / (by - ay) }
      const bucket = buckets.get(row)
      if (bucket) bucket.push(edge)
      else buckets.set(row, [edge])
    }
  }
  return buckets
}
