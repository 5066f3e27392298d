/** Lines that a pencil left in pieces → whole lines: ends that are close and look at each other are joined. */

import type { TracedLine } from './lines'

/** How far apart two ends may be, as a share of the picture's longer side, and how far off each other's course they may point. */
const MOST_GAP = 0.014
const LEAST_COSINE = 0.75
/** Points from an end over which its course is measured. */
const COURSE_PX = 12

interface End {
  readonly line: number
  readonly atStart: boolean
  readonly x: number
  readonly y: number
  /** Pointing out of the line. */
  readonly dx: number
  readonly dy: number
}

export function joinGaps(lines: readonly TracedLine[], sidePx: number): TracedLine[] {
  const gap = Math.max(4, MOST_GAP * sidePx)
  const pairs = pairsOf(lines, gap)
  const partner = new Map<string, End>()
  const key = ({ line, atStart }: Pick<End, 'line' | 'atStart'>): string => `${line}${atStart ? 's' : 'e'}`
  for (const { a, b } of pairs) {
    if (partner.has(key(a)) || partner.has(key(b))) continue
    partner.set(key(a), b)
    partner.set(key(b), a)
  }
  const used = new Set<number>()
  const joined: TracedLine[] = []
  const walk = (first: number, fromStart: boolean): void => {
    const points: number[] = []
    const widths: number[] = []
    let line: number | undefined = first
    let forward = fromStart
    while (line !== undefined && !used.has(line)) {
      used.add(line)
      const piece: TracedLine | undefined = lines[line]
      points.push(...(forward ? (piece?.points ?? []) : reversed(piece?.points ?? [])))
      widths.push(piece?.widthPx ?? 1)
      const next: End | undefined = partner.get(key({ line, atStart: !forward }))
      line = next?.line
      forward = next?.atStart ?? true
    }
    widths.sort((a, b) => a - b)
    joined.push({ points, widthPx: widths[widths.length >> 1] ?? 1 })
  }
  // Chains from their open ends first, then what goes round.
  for (let i = 0; i < lines.length; i++) {
    if (used.has(i)) continue
    if (!partner.has(key({ line: i, atStart: true }))) walk(i, true)
    else if (!partner.has(key({ line: i, atStart: false }))) walk(i, false)
  }
  for (let i = 0; i < lines.length; i++) if (!used.has(i)) walk(i, true)
  return joined
}

function reversed(points: readonly number[]): number[] {
  const out: number[] = []
  for (let i = points.length - 2; i >= 0; i -= 2) out.push(points[i] ?? 0, points[i + 1] ?? 0)
  return out
}

/** Pairs of ends that fit, the closest first. Ends are looked up in squares as large as the gap. */
function pairsOf(lines: readonly TracedLine[], gap: number): { a: End; b: End }[] {
  const cells = new Map<string, End[]>()
  const ends = lines.flatMap((line, i) => endsOf(line, i))
  for (const end of ends) {
    const cell = `${Math.floor(end.x / gap)},${Math.floor(end.y / gap)}`
    const known = cells.get(cell)
    if (known) known.push(end)
    else cells.set(cell, [end])
  }
  const pairs: { a: End; b: End; distance: number }[] = []
  for (const a of ends) {
    const [column, row] = [Math.floor(a.x / gap), Math.floor(a.y / gap)]
    for (let c = column - 1; c <= column + 1; c++) {
      for (let r = row - 1; r <= row + 1; r++) {
        for (const b of (cells.get(`${c},${r}`) ?? []).slice(0, 24)) {
          if (b.line < a.line || (b.line === a.line && (b.atStart || !a.atStart))) continue
          const distance = Math.hypot(b.x - a.x, b.y - a.y)
          if (distance <= gap && fits(a, b, distance, gap)) pairs.push({ a, b, distance })
        }
      }
    }
  }
  return pairs.sort((one, other) => one.distance - other.distance)
}

/** Both look along the gap; ends that all but touch need only look away from each other. */
function fits(a: End, b: End, distance: number, gap: number): boolean {
  const facing = -(a.dx * b.dx + a.dy * b.dy)
  if (facing < LEAST_COSINE) return false
  if (distance < 0.35 * gap) return true
  const [x, y] = [(b.x - a.x) / distance, (b.y - a.y) / distance]
  return a.dx * x + a.dy * y > LEAST_COSINE && -(b.dx * x + b.dy * y) > LEAST_COSINE
}

function endsOf({ points }: TracedLine, line: number): End[] {
  const isClosed = points[0] === points.at(-2) && points[1] === points.at(-1)
  if (points.length < 4 || isClosed) return []
  return [true, false].map((atStart) => {
    const at = (i: number): [number, number] =>
      atStart
        ? [points[2 * i] ?? 0, points[2 * i + 1] ?? 0]
        : [points[points.length - 2 - 2 * i] ?? 0, points[points.length - 1 - 2 * i] ?? 0]
    const [x, y] = at(0)
    let [bx, by] = at(1)
    for (let i = 1; i < points.length / 2 && Math.hypot(bx - x, by - y) < COURSE_PX; i++) [bx, by] = at(i)
    const length = Math.hypot(x - bx, y - by) || 1
    return { line, atStart, x, y, dx: (x - bx) / length, dy: (y - by) / length }
  })
}
