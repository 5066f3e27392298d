/** Filled, thickened polygons on a pixel grid. */

import type { Point } from '../landmarks'

/** Marks pixels whose centre lies inside the polygon or nearer than `reachPx` to its line. Open polygons have a line but no inside. */
export function markPolygon(
  onto: Uint8Array,
  sizePx: number,
  value: number,
  points: readonly Point[],
  { reachPx = 0, isOpen = false }: { reachPx?: number; isOpen?: boolean } = {},
): void {
  const edges = points
    .slice(isOpen ? 1 : 0)
    .map((point, i) => [points[isOpen ? i : (i + points.length - 1) % points.length] ?? point, point] as const)
  const clamp = (v: number) => Math.min(sizePx - 1, Math.max(0, v))
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)]
  for (let y = clamp(Math.floor(Math.min(...ys) - reachPx)); y <= clamp(Math.ceil(Math.max(...ys) + reachPx)); y++) {
    for (let x = clamp(Math.floor(Math.min(...xs) - reachPx)); x <= clamp(Math.ceil(Math.max(...xs) + reachPx)); x++) {
      const centre: Point = [x + 0.5, y + 0.5]
      const isInside = !isOpen && crossings(edges, centre) % 2 === 1
      if (isInside || edges.some(([a, b]) => distanceToSegment(centre, a, b) <= reachPx)) onto[y * sizePx + x] = value
    }
  }
}

/** How many edges a ray to the right crosses. */
function crossings(edges: readonly (readonly [Point, Point])[], [x, y]: Point): number {
  return edges.filter(([[ax, ay], [bx, by]]) => ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)).length
}

function distanceToSegment([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const [dx, dy] = [bx - ax, by - ay]
  const squared = dx * dx + dy * dy
  const t = squared === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / squared))
  return Math.hypot(x - ax - t * dx, y - ay - t * dy)
}
