/** Squared and ruled paper: many straight lines across the whole page, evenly apart. They are taken out of the picture; ink on them is darker and stays. */

import type { Plane } from './planes'

/** Turns that are tried, in degrees either way, and their step. */
const MOST_TURN = 7
const TURN_STEP = 0.25
/** A rule is seen along at least this share of its way over the page. */
const LEAST_COVER = 0.42
const FEWEST_LINES = 5
/** How far the distances between rules may differ, as a share. */
const UNEVENNESS = 0.18

interface Direction {
  readonly turn: number
  readonly isVertical: boolean
}

/** @returns how many rules were taken out */
export function removeRules(plane: Plane, weak: number): number {
  const pixels = weakPixels(plane, weak)
  let removed = 0
  for (const isVertical of [false, true]) {
    const turn = bestTurn(pixels, plane, isVertical)
    const rules = rulesAlong(pixels, plane, { turn, isVertical })
    for (const rule of rules) erase(plane, rule, { turn, isVertical })
    removed += rules.length
  }
  return removed
}

function weakPixels({ width, values }: Plane, weak: number): Float32Array {
  const places: number[] = []
  for (let i = 0; i < values.length; i++) if ((values[i] ?? 0) > weak) places.push(i % width, Math.floor(i / width))
  return Float32Array.from(places)
}

/** Where a pixel lies across the rules. */
const acrossOf = (x: number, y: number, cos: number, sin: number, isVertical: boolean): number =>
  isVertical ? x * cos + y * sin : y * cos - x * sin

function profile(pixels: Float32Array, { width, height }: Plane, { turn, isVertical }: Direction): { bins: Float32Array; offset: number } {
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)]
  const offset = Math.ceil(Math.max(width, height) * Math.abs(sin)) + 2
  const bins = new Float32Array((isVertical ? width : height) + 2 * offset + 2)
  for (let i = 0; i < pixels.length; i += 2) {
    const bin = Math.round(acrossOf(pixels[i] ?? 0, pixels[i + 1] ?? 0, cos, sin, isVertical)) + offset
    bins[bin] = (bins[bin] ?? 0) + 1
  }
  return { bins, offset }
}

function bestTurn(pixels: Float32Array, plane: Plane, isVertical: boolean): number {
  let [best, most] = [0, 0]
  for (let degrees = -MOST_TURN; degrees <= MOST_TURN; degrees += TURN_STEP) {
    const turn = (degrees * Math.PI) / 180
    let score = 0
    for (const count of profile(pixels, plane, { turn, isVertical }).bins) score += count * count
    if (score <= most) continue
    most = score
    best = turn
  }
  return best
}

/** Middles of the rules, across; none when they are few or uneven. */
function rulesAlong(pixels: Float32Array, plane: Plane, direction: Direction): number[] {
  const { bins, offset } = profile(pixels, plane, direction)
  const length = direction.isVertical ? plane.height : plane.width
  const found: number[] = []
  for (let i = 1; i + 1 < bins.length; i++) {
    const here = bins[i] ?? 0
    // A rule as thin as a pixel may fall on two bins.
    const cover = Math.max(here, Math.min(length, here + Math.max(bins[i - 1] ?? 0, bins[i + 1] ?? 0) * 0.5))
    if (cover < LEAST_COVER * length || here < (bins[i - 1] ?? 0) || here < (bins[i + 1] ?? 0)) continue
    const last = found.at(-1)
    if (last !== undefined && i - offset - last < 4) continue
    found.push(i - offset)
  }
  return areEven(found) ? found : []
}

/** Most neighbouring rules are equally far apart; where ink hides one, twice as far. */
function areEven(rules: readonly number[]): boolean {
  if (rules.length < FEWEST_LINES) return false
  const gaps = rules.slice(1).map((rule, i) => rule - (rules[i] ?? 0))
  const middle = gaps.toSorted((a, b) => a - b)[gaps.length >> 1] ?? 1
  const even = gaps.filter((gap) => {
    const steps = Math.max(1, Math.round(gap / middle))
    return Math.abs(gap / steps - middle) <= UNEVENNESS * middle
  })
  return even.length >= 0.7 * gaps.length
}

/** What a rule is as strong as along most of its way is taken away from all of it. */
function erase({ width, height, values }: Plane, rule: number, { turn, isVertical }: Direction): void {
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)]
  const length = isVertical ? height : width
  const column = (along: number, off: number): number => {
    const across = Math.round((rule + off + (isVertical ? -along * sin : along * sin)) / cos)
    if (across < 0 || across >= (isVertical ? width : height)) return -1
    return isVertical ? along * width + across : across * width + along
  }
  for (let off = -3; off <= 3; off++) {
    const strengths: number[] = []
    for (let along = 0; along < length; along++) {
      const i = column(along, off)
      if (i >= 0) strengths.push(values[i] ?? 0)
    }
    strengths.sort((a, b) => a - b)
    const typical = strengths[Math.floor(0.6 * strengths.length)] ?? 0
    for (let along = 0; along < length; along++) {
      const i = column(along, off)
      if (i < 0) continue
      const here = values[i] ?? 0
      // Ink is well above the rule; the rule itself goes, its own unevenness included.
      values[i] = here > 1.9 * typical + 0.02 ? here : Math.max(0, here - 1.6 * typical - 0.02)
    }
  }
}
