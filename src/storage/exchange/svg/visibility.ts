/** Which stretches of a line can be seen on the painted page, by looking along it before and after everything else is painted. */

import { type Canvas, contrast, type Rgb } from './canvas'

/** Colours that differ by less, of 255, look the same. */
const LEAST_CONTRAST = 16
/** A gap as short as this (in canvas pixels, beside the line's own width) is a crossing, not an end. */
const BRIDGED_PX = 4
/** Shorter stretches, in canvas pixels, are no lines. */
const SHORTEST_PX = 4

/** Places along a polyline, about a canvas pixel apart. */
export interface Samples {
  /** Flat x, y. */
  readonly places: Float64Array
  /** Which segment each place lies on. */
  readonly segments: Int32Array
}

/** What was found at each place of a line when it was painted. */
export interface Painted {
  readonly before: Uint32Array
  readonly after: Uint32Array
  readonly isPainted: Uint8Array
}

/** Only near the canvas: what lies farther out costs nothing. */
export function sampleLine(line: readonly number[], size: number, onSample: () => void): Samples {
  const places: number[] = []
  const segments: number[] = []
  for (let i = 0; i === 0 || i + 3 < line.length; i += 2) {
    const [ax, ay] = [line[i] ?? 0, line[i + 1] ?? 0]
    const [bx, by] = [line[i + 2] ?? ax, line[i + 3] ?? ay]
    const span = clipSegment(ax, ay, bx, by, size)
    const length = Math.hypot(bx - ax, by - ay)
    const steps = Math.max(1, Math.ceil(length * (span[1] - span[0])))
    for (let n = 0; n <= steps; n++) {
      const t = span[0] + ((span[1] - span[0]) * n) / steps
      places.push(ax + t * (bx - ax), ay + t * (by - ay))
      segments.push(i / 2)
      onSample()
    }
  }
  return { places: Float64Array.from(places), segments: Int32Array.from(segments) }
}

/** The share of a segment within two pixels of the canvas (Liang and Barsky 1984); one place where there is none. */
function clipSegment(ax: number, ay: number, bx: number, by: number, size: number): [number, number] {
  let [from, to] = [0, 1]
  const sides = [
    [ax - bx, ax + 2],
    [bx - ax, size + 2 - ax],
    [ay - by, ay + 2],
    [by - ay, size + 2 - ay],
  ] as const
  for (const [step, room] of sides) {
    if (step === 0) {
      if (room < 0) return [0, 0]
      continue
    }
    const t = room / step
    if (step < 0) from = Math.max(from, t)
    else to = Math.min(to, t)
  }
  return from < to ? [from, to] : [0, 0]
}

export function look(canvas: Canvas, { places }: Samples): Uint32Array {
  const colours = new Uint32Array(places.length / 2)
  for (let i = 0; i < colours.length; i++) {
    const index = canvas.indexAt(places[2 * i] ?? 0, places[2 * i + 1] ?? 0)
    colours[i] = index < 0 ? 0 : (canvas.colours[index] ?? 0)
  }
  return colours
}

export function ownedBy(canvas: Canvas, { places }: Samples, owner: number): Uint8Array {
  const owned = new Uint8Array(places.length / 2)
  for (let i = 0; i < owned.length; i++) {
    const index = canvas.indexAt(places[2 * i] ?? 0, places[2 * i + 1] ?? 0)
    owned[i] = index >= 0 && canvas.owners[index] === owner ? 1 : 0
  }
  return owned
}

/** Places where a painted line still shows its colour, and where that differs from what lies below or beside. */
export function lineVisible(canvas: Canvas, samples: Samples, painted: Painted, radius: number): Uint8Array {
  const now = look(canvas, samples)
  const visible = new Uint8Array(now.length)
  for (let i = 0; i < now.length; i++) {
    if (!painted.isPainted[i]) continue
    const colour = painted.after[i] ?? 0
    if (contrast(now[i] ?? 0, colour) >= LEAST_CONTRAST) continue
    const differs =
      contrast(painted.before[i] ?? 0, colour) >= LEAST_CONTRAST ||
      sidesOf(canvas, samples, i, radius + 1.5).some((side) => side.colour !== null && contrast(side.colour, colour) >= LEAST_CONTRAST)
    visible[i] = differs ? 1 : 0
  }
  return visible
}

interface Side {
  readonly index: number
  /** `null` outside of the canvas. */
  readonly colour: Rgb | null
}

/** What lies to the left and right of a place on a line. */
export function sidesOf(canvas: Canvas, { places }: Samples, i: number, distance: number): [Side, Side] {
  const last = places.length / 2 - 1
  const [from, to] = [Math.max(0, i - 2), Math.min(last, i + 2)]
  const dx = (places[2 * to] ?? 0) - (places[2 * from] ?? 0)
  const dy = (places[2 * to + 1] ?? 0) - (places[2 * from + 1] ?? 0)
  const length = Math.hypot(dx, dy) || 1
  const side = (sign: number): Side => {
    const x = (places[2 * i] ?? 0) - (sign * dy * distance) / length
    const y = (places[2 * i + 1] ?? 0) + (sign * dx * distance) / length
    const index = canvas.indexAt(x, y)
    return { index, colour: index < 0 ? null : (canvas.colours[index] ?? 0) }
  }
  return [side(1), side(-1)]
}

/** Stretches that can be seen, as first and last place; short gaps are bridged. */
export function runsOf(visible: Uint8Array, width: number): [number, number][] {
  const runs: [number, number][] = []
  const bridge = BRIDGED_PX + 1.5 * width
  for (let i = 0; i < visible.length; i++) {
    if (!visible[i]) continue
    let end = i
    while (end + 1 < visible.length && visible[end + 1]) end++
    const before = runs.at(-1)
    if (before && i - before[1] <= bridge) before[1] = end
    else runs.push([i, end])
    i = end
  }
  return runs
}

/** The stretch of a polyline between two of its samples; the polyline itself when it is all of it. */
export function cutLine(
  line: readonly number[],
  { places, segments }: Samples,
  [from, to]: readonly [number, number],
  slack: number,
): number[] | null {
  const last = segments.length - 1
  const [start, end] = [from <= slack ? 0 : from, to >= last - slack ? last : to]
  if (start === 0 && end === last) return [...line]
  if (end - start < SHORTEST_PX) return null
  const cut = [places[2 * start] ?? 0, places[2 * start + 1] ?? 0]
  for (let corner = (segments[start] ?? 0) + 1; corner <= (segments[end] ?? 0); corner++)
    cut.push(line[2 * corner] ?? 0, line[2 * corner + 1] ?? 0)
  cut.push(places[2 * end] ?? 0, places[2 * end + 1] ?? 0)
  return cut
}
