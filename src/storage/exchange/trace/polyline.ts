/** Pixel chains → smooth polylines with few points: a running mean against the staircase, then Ramer–Douglas–Peucker (1972, 1973). */

/** Flat x, y. */
export type Polyline = number[]

/** Runs of this many points to either side are averaged. */
const SMOOTHING_REACH = 3

/** Ends stay where they are; a closed line (its last point being its first) has none. */
export function smooth(line: readonly number[]): Polyline {
  const count = line.length / 2
  const isClosed = count > 3 && line[0] === line.at(-2) && line[1] === line.at(-1)
  const period = count - 1
  const at = (i: number, axis: number): number => line[2 * (isClosed ? ((i % period) + period) % period : i) + axis] ?? 0
  const smoothed: Polyline = []
  for (let i = 0; i < count; i++) {
    const reach = isClosed ? SMOOTHING_REACH : Math.min(SMOOTHING_REACH, i, count - 1 - i)
    let [x, y] = [0, 0]
    for (let k = i - reach; k <= i + reach; k++) {
      x += at(k, 0)
      y += at(k, 1)
    }
    smoothed.push(x / (2 * reach + 1), y / (2 * reach + 1))
  }
  return smoothed
}

/** Leaves out points that lie within the tolerance of the line without them. */
export function simplify(line: readonly number[], tolerance: number): Polyline {
  const count = line.length / 2
  const kept = new Uint8Array(count)
  kept[0] = 1
  kept[count - 1] = 1
  const spans: [number, number][] = [[0, count - 1]]
  for (let span = spans.pop(); span; span = spans.pop()) {
    const [from, to] = span
    let farthest = -1
    let greatest = tolerance
    for (let i = from + 1; i < to; i++) {
      const distance = distanceToSegment(line, i, from, to)
      if (distance <= greatest) continue
      greatest = distance
      farthest = i
    }
    if (farthest < 0) continue
    kept[farthest] = 1
    spans.push([from, farthest], [farthest, to])
  }
  return line.filter((_, i) => kept[i >> 1])
}

function distanceToSegment(line: readonly number[], point: number, from: number, to: number): number {
  const [px, py] = [line[2 * point] ?? 0, line[2 * point + 1] ?? 0]
  const [ax, ay] = [line[2 * from] ?? 0, line[2 * from + 1] ?? 0]
  const [dx, dy] = [(line[2 * to] ?? 0) - ax, (line[2 * to + 1] ?? 0) - ay]
  const lengthSquared = dx * dx + dy * dy
  const t = lengthSquared > 0 ? Math.min(1, Math.max(0, ((px - ax) * dx + (py - ay) * dy) / lengthSquared)) : 0
  return Math.hypot(px - ax - t * dx, py - ay - t * dy)
}
