/**
 * Marks beside the drawing (notes, a signature, a doodle at the rim) → told from the face: lines that hang together loosely make groups, the largest group is
 * the face, and small groups that lie wholly outside of it are left out.
 */

import { type Bounds, boundsOf, polylineLength } from '../../../shared/polyline'
import type { TracedLine } from './lines'

/** Lines nearer than this share of the picture's longer side hang together. */
const LOOSE = 0.075
/** A note close to the face: rows of little marks, nearer together than this. */
const TIGHT = 0.028
/** Letters are at most this large, and a note has at least so many of them. */
const LARGEST_LETTER = 0.06
const FEWEST_LETTERS = 4
/** A group with more ink than this share of the face's is no note. */
const MOST_INK = 0.3
/** A face is at least this large, or nothing is left out. */
const LEAST_FACE = 0.22

interface Group {
  readonly lines: readonly number[]
  readonly bounds: Bounds
  readonly inkPx: number
}

/** @returns which lines belong to the drawing */
export function facesLines(lines: readonly TracedLine[], sidePx: number): { readonly kept: TracedLine[]; readonly left: number } {
  const bounds = lines.map(({ points }) => boundsOf(points, 2))
  const lengths = lines.map(({ points, widthPx }) => polylineLength(points, 2) + widthPx)
  const groups = groupsOf(lines, bounds, lengths, LOOSE * sidePx)
  const face = groups[0]
  if (!face || Math.max(face.bounds.right - face.bounds.left, face.bounds.bottom - face.bounds.top) < LEAST_FACE * sidePx)
    return { kept: [...lines], left: 0 }
  const out = new Set<number>()
  for (const group of groups.slice(1)) {
    if (group.inkPx >= MOST_INK * face.inkPx || overlaps(group.bounds, face.bounds)) continue
    // Above the face, what is drawn large may be hair.
    const isBeside = group.bounds.left > face.bounds.right || group.bounds.right < face.bounds.left || group.bounds.top > face.bounds.bottom
    if (isBeside || group.lines.every((line) => isLetter(bounds[line], sidePx))) for (const line of group.lines) out.add(line)
  }
  for (const line of notesBeside(lines, bounds, lengths, sidePx)) out.add(line)
  return { kept: lines.filter((_, i) => !out.has(i)), left: out.size }
}

/** Rows of letters outside of everything that is drawn large. */
function notesBeside(lines: readonly TracedLine[], bounds: readonly Bounds[], lengths: readonly number[], sidePx: number): number[] {
  const isSmall = bounds.map((box) => isLetter(box, sidePx))
  const large = bounds.filter((_, i) => !isSmall[i])
  if (large.length === 0) return []
  const drawing = large.reduce(union)
  if (Math.max(drawing.right - drawing.left, drawing.bottom - drawing.top) < LEAST_FACE * sidePx) return []
  const small = lines.map((_, i) => i).filter((i) => isSmall[i])
  const groups = groupsOf(
    small.map((i) => lines[i] ?? { points: [], widthPx: 0 }),
    small.map((i) => bounds[i] ?? drawing),
    small.map((i) => lengths[i] ?? 0),
    TIGHT * sidePx,
  )
  return groups
    .filter((group) => group.lines.length >= FEWEST_LETTERS && !overlaps(group.bounds, drawing))
    .flatMap((group) => group.lines.map((i) => small[i] ?? -1))
}

const isLetter = (box: Bounds | undefined, sidePx: number): boolean =>
  box !== undefined && Math.max(box.right - box.left, box.bottom - box.top) < LARGEST_LETTER * sidePx

const overlaps = (a: Bounds, b: Bounds): boolean => a.left <= b.right && a.right >= b.left && a.top <= b.bottom && a.bottom >= b.top

const union = (a: Bounds, b: Bounds): Bounds => ({
  left: Math.min(a.left, b.left),
  top: Math.min(a.top, b.top),
  right: Math.max(a.right, b.right),
  bottom: Math.max(a.bottom, b.bottom),
})

/** Groups of lines with gaps up to `reach`, the one with the largest box first. Places are compared on a raster of cells as large as the gap. */
function groupsOf(lines: readonly TracedLine[], bounds: readonly Bounds[], lengths: readonly number[], reach: number): Group[] {
  const parent = lines.map((_, i) => i)
  const root = (i: number): number => {
    let at = i
    while (parent[at] !== at) {
      parent[at] = parent[parent[at] ?? at] ?? at
      at = parent[at] ?? at
    }
    return at
  }
  const owner = new Map<number, number>()
  for (const [i, { points }] of lines.entries()) {
    for (const [x, y] of placesAlong(points, reach)) {
      const [column, row] = [Math.floor(x / reach), Math.floor(y / reach)]
      for (let c = column - 1; c <= column + 1; c++) {
        for (let r = row - 1; r <= row + 1; r++) {
          const other = owner.get(c * 65_536 + r)
          if (other !== undefined) parent[root(other)] = root(i)
        }
      }
      owner.set(column * 65_536 + row, i)
    }
  }
  const members = new Map<number, number[]>()
  for (let i = 0; i < lines.length; i++) members.set(root(i), [...(members.get(root(i)) ?? []), i])
  const groups = [...members.values()].map((group) => ({
    lines: group,
    bounds: group.map((i) => bounds[i] ?? { left: 0, top: 0, right: 0, bottom: 0 }).reduce(union),
    inkPx: group.reduce((sum, i) => sum + (lengths[i] ?? 0), 0),
  }))
  const area = ({ bounds: { left, top, right, bottom } }: Group): number => (right - left + 1) * (bottom - top + 1)
  return groups.sort((a, b) => area(b) - area(a))
}

/** Places at most half a gap apart. */
function placesAlong(points: readonly number[], reach: number): [number, number][] {
  const places: [number, number][] = []
  for (let i = 0; i + 1 < points.length; i += 2) {
    const [ax, ay] = [points[i] ?? 0, points[i + 1] ?? 0]
    const [bx, by] = [points[i + 2] ?? ax, points[i + 3] ?? ay]
    const steps = Math.max(1, Math.ceil(Math.hypot(bx - ax, by - ay) / (reach / 2)))
    for (let n = 0; n < steps; n++) places.push([ax + ((bx - ax) * n) / steps, ay + ((by - ay) * n) / steps])
  }
  return places
}
