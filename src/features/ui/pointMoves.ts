/** Points under a pointer or a key. All of them flat x, y in 0–1 of the aligned face. */

/** How far beyond the picture a point may be put: faces that are cut off go on there. */
const BEYOND = 0.25

/** The index of the nearest point within reach; `null` when none is that near. */
export function nearestPoint(points: readonly number[], x: number, y: number, reach: number): number | null {
  let best: { index: number; distance: number } | null = null
  for (let i = 0; i < points.length / 2; i++) {
    const distance = Math.hypot((points[2 * i] ?? 0) - x, (points[2 * i + 1] ?? 0) - y)
    if (distance <= (best?.distance ?? reach)) best = { index: i, distance }
  }
  return best?.index ?? null
}

/** The points with one of them elsewhere, kept near the picture. */
export function movedPoint(points: readonly number[], index: number, x: number, y: number): number[] {
  const clamp = (value: number): number => Math.round(1e5 * Math.min(1 + BEYOND, Math.max(-BEYOND, value))) / 1e5
  return points.map((value, i) => (i === 2 * index ? clamp(x) : i === 2 * index + 1 ? clamp(y) : value))
}
