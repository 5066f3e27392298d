/**
 * Outlines of hair and ears as lines, from a region mask: what the 68 landmarks do not draw. Twin of `outlines_of` in `pipeline/pack.py`, which makes the
 * training sketches, so that the models know such lines.
 */

import { SKETCH_SIZE_PX } from '../shared/units'
import { type Landmarks68, pointAt } from './landmarks'
import { REGION } from './masks/regionMask'

/** Masks are looked at in this size. */
const OUTLINE_PX = 256
/** Outlines nearer to the picture's edge than this are the frame, not hair. */
const FRAME_PX = 3
const BLUR_PASSES = 6
const SMOOTHING = 4
/** Fewest points of a closed line, of a piece of hair, of an ear. */
const LEAST = { closed: 21, run: 12, ear: 10 } as const
/** Every so many points are enough for a smoothed line. */
const STEP = 3

/** Flat x, y. */
type Line = readonly number[]
/** 1 inside. */
type Shape = Uint8Array

export interface RegionOutlines {
  /** Flat x, y in sketch pixels. */
  readonly hair: readonly Line[]
  readonly ears: readonly Line[]
}

/**
 * @param mask a region a pixel, `[size²]`; size a multiple of 256, or a divisor of it
 * @param landmarks in 0–1
 */
export function regionOutlines(mask: Uint8Array, landmarks: Landmarks68): RegionOutlines {
  const scale = SKETCH_SIZE_PX / OUTLINE_PX
  const toSketch = (lines: readonly Line[]): Line[] =>
    lines.filter((line) => line.length >= 16).map((line) => everyThird(line).map((value) => Math.round(10 * value * scale) / 10))
  const shapeOf = (isIn: (region: number) => boolean): Shape => shape(mask, isIn)
  const hair = boundaries(shapeOf((region) => region === REGION.hair))
  const head = boundaries(shapeOf((region) => region !== REGION.unknown && region !== REGION.hair && region !== CLOTHES))
  return { hair: toSketch(hair), ears: toSketch(head.flatMap((line) => earPieces(line, landmarks))) }
}

/** In the data's masks; `regionMask` does not look for them. */
const CLOTHES = 7

/** The mask at `OUTLINE_PX` by nearest place. */
function shape(mask: Uint8Array, isIn: (region: number) => boolean): Shape {
  const sizePx = Math.round(Math.sqrt(mask.length))
  return Uint8Array.from({ length: OUTLINE_PX * OUTLINE_PX }, (_, i) => {
    const x = Math.floor((((i % OUTLINE_PX) + 0.5) * sizePx) / OUTLINE_PX)
    const y = Math.floor(((Math.floor(i / OUTLINE_PX) + 0.5) * sizePx) / OUTLINE_PX)
    return isIn(mask[y * sizePx + x] ?? 0) ? 1 : 0
  })
}

/** Where the head is seen beside the face, between brows and the nose's base. */
function earPieces(line: Line, landmarks: Landmarks68): Line[] {
  const at = (index: number, axis: 0 | 1): number => pointAt(landmarks, index)[axis] * OUTLINE_PX
  const left = Math.min(at(0, 0), at(1, 0), at(2, 0)) - 1
  const right = Math.max(at(14, 0), at(15, 0), at(16, 0)) + 1
  const top = Math.min(...Array.from({ length: 12 }, (_, i) => at(36 + i, 1))) - 12
  const bottom = at(33, 1) + 14
  return runs(line, (x, y) => (x < left || x > right) && y > top && y < bottom, LEAST.ear)
}

/** Boundary lines, smoothed enough to lose strands and stair-steps; the frame's own edge is dropped. */
function boundaries(region: Shape): Line[] {
  const half = OUTLINE_PX / 2
  const isInside = (x: number, y: number): boolean => x > FRAME_PX && x < OUTLINE_PX - FRAME_PX && y > FRAME_PX && y < OUTLINE_PX - FRAME_PX
  return levelLines(blurred(halved(region)), half + 2)
    .map((line) => line.map((value) => 2 * (value - 0.5)))
    .flatMap((line) => {
      const first = firstOutside(line, isInside)
      if (first < 0) return line.length / 2 >= LEAST.closed ? [line] : []
      // It starts outside, so that no run is cut in two.
      const turned = isClosed(line) ? [...line.slice(2 * first, -2), ...line.slice(0, 2 * first)] : line
      return runs(turned, isInside, LEAST.run)
    })
    .map(smooth)
}

function firstOutside(line: Line, isInside: (x: number, y: number) => boolean): number {
  for (let i = 0; i < line.length / 2; i++) if (!isInside(line[2 * i] ?? 0, line[2 * i + 1] ?? 0)) return i
  return -1
}

const isClosed = (line: Line): boolean => line[0] === line.at(-2) && line[1] === line.at(-1)

/** Means of 2 × 2, with a border that repeats the edge: `[(half + 2)²]`. */
function halved(region: Shape): Float64Array {
  const half = OUTLINE_PX / 2
  const side = half + 2
  const clamp = (v: number): number => Math.min(half - 1, Math.max(0, v - 1))
  return Float64Array.from({ length: side * side }, (_, i) => {
    const at = 2 * clamp(Math.floor(i / side)) * OUTLINE_PX + 2 * clamp(i % side)
    return ((region[at] ?? 0) + (region[at + 1] ?? 0) + (region[at + OUTLINE_PX] ?? 0) + (region[at + OUTLINE_PX + 1] ?? 0)) / 4
  })
}

/** A small blur: wisps vanish, the mass stays. */
function blurred(field: Float64Array): Float64Array {
  const side = Math.round(Math.sqrt(field.length))
  const round = (v: number): number => (v + side) % side
  let now = field
  for (let pass = 0; pass < BLUR_PASSES; pass++) {
    const before = now
    now = Float64Array.from(before, (value, i) => {
      const [x, y] = [i % side, Math.floor(i / side)]
      const at = (dx: number, dy: number): number => before[round(y + dy) * side + round(x + dx)] ?? 0
      return (value + at(-1, 0) + at(1, 0) + at(0, -1) + at(0, 1)) / 5
    })
  }
  return now
}

/** Lines along which a field `[side²]` is one half (marching squares, Lorensen & Cline 1987 in two dimensions); closed ones repeat their first point. */
function levelLines(field: Float64Array, side: number): number[][] {
  const crossing = (a: number, b: number): number => (0.5 - (field[a] ?? 0)) / ((field[b] ?? 0) - (field[a] ?? 0))
  /** Where the line crosses an edge of the grid: to the right of a place (even keys), or below it (odd keys). */
  const placeOf = (edge: number): readonly [number, number] => {
    const at = edge >> 1
    const [x, y] = [at % side, Math.floor(at / side)]
    return edge % 2 === 0 ? [x + crossing(at, at + 1), y] : [x, y + crossing(at, at + side)]
  }
  const next = new Map<number, number[]>()
  const link = (a: number, b: number): void => {
    next.set(a, [...(next.get(a) ?? []), b])
    next.set(b, [...(next.get(b) ?? []), a])
  }
  for (let y = 0; y + 1 < side; y++) {
    for (let x = 0; x + 1 < side; x++) {
      const at = y * side + x
      const corners = [at, at + 1, at + side + 1, at + side].map((i) => (field[i] ?? 0) > 0.5)
      const edges = [2 * at, 2 * (at + 1) + 1, 2 * (at + side), 2 * at + 1]
      const crossed = edges.filter((_, k) => corners[k] !== corners[(k + 1) % 4])
      if (crossed.length === 2) link(crossed[0] as number, crossed[1] as number)
      // A saddle: its two high corners are taken for apart.
      if (crossed.length === 4) for (const k of corners[0] ? [3, 1] : [0, 2]) link(edges[k] as number, edges[(k + 1) % 4] as number)
    }
  }
  return chains(next).map((chain) => chain.flatMap(placeOf))
}

/** Chains of linked edges, the open ones first. */
function chains(next: Map<number, number[]>): number[][] {
  const isSeen = new Set<number>()
  const follow = (start: number): number[] => {
    const chain = [start]
    isSeen.add(start)
    for (let at: number | undefined = start; at !== undefined; ) {
      at = next.get(at)?.find((candidate) => !isSeen.has(candidate))
      if (at === undefined) break
      chain.push(at)
      isSeen.add(at)
    }
    return chain.length > 2 && next.get(chain.at(-1) as number)?.includes(start) ? [...chain, start] : chain
  }
  const ends = [...next.keys()].filter((edge) => next.get(edge)?.length === 1)
  return [...ends, ...next.keys()].flatMap((edge) => (isSeen.has(edge) ? [] : [follow(edge)]))
}

/** Maximal stretches that are kept, of at least so many points. */
function runs(line: Line, keep: (x: number, y: number) => boolean, least: number): number[][] {
  const found: number[][] = []
  let run: number[] = []
  for (let i = 0; i < line.length; i += 2) {
    const [x, y] = [line[i] ?? 0, line[i + 1] ?? 0]
    if (keep(x, y)) run.push(x, y)
    if (keep(x, y) && i + 2 < line.length) continue
    if (run.length >= 2 * least) found.push(run)
    run = []
  }
  return found
}

/** Gaussian smoothing along the line; beyond its ends it goes on mirrored about them, a closed one round itself. */
function smooth(line: Line): number[] {
  const count = line.length / 2
  const reach = Math.min(3 * SMOOTHING, count - 1)
  if (count < 3) return [...line]
  const weights = Array.from({ length: 2 * reach + 1 }, (_, i) => Math.exp(-0.5 * ((i - reach) / SMOOTHING) ** 2))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const closed = isClosed(line)
  const at = (i: number, axis: number): number => {
    const value = (k: number): number => line[2 * k + axis] ?? 0
    if (closed) return value((i + count - 1) % (count - 1))
    if (i < 0) return 2 * value(0) - value(-i)
    return i < count ? value(i) : 2 * value(count - 1) - value(2 * count - 2 - i)
  }
  return Array.from({ length: 2 * count }, (_, k) => {
    const [i, axis] = [k >> 1, k % 2]
    return weights.reduce((sum, weight, w) => sum + weight * at(i + w - reach, axis), 0) / total
  })
}

/** Every third point, and the last. */
function everyThird(line: Line): number[] {
  const count = line.length / 2
  return line.filter((_, k) => (k >> 1) % STEP === 0 || k >> 1 === count - 1)
}
