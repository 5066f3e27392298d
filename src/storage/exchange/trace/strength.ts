/**
 * How much darker than its paper every place of a picture is, as lines are: a closing (Serra 1982) gives the paper as it is right there, with every edge of a
 * shadow, so that lines remain whatever they lie on. Coloured pencil counts by the channel that it darkens most.
 */

import type { RgbaImage } from '../types'
import { blur, channelsOf, extreme, lumaOf, otsu, type Plane, paperOf, planeOf } from './planes'

/** Lines are at most this wide, as a share of the longer side. */
const WIDEST_LINE = 0.03
/** Darker than this against the paper far around, it is ink however broad: filled pupils and brows. */
const SOLID = 0.62

export interface Strength extends Plane {
  /** What darkness the paper itself shows, and how much that varies. */
  readonly floor: number
  readonly noise: number
  /** Share of the page that is as dark as ink, in lines or not. */
  readonly darkShare: number
}

/** @param inside 1 where the page is; elsewhere there is no line */
export function strengthOf(image: RgbaImage, inside: Uint8Array | null): Strength {
  const channels = channelsOf(image)
  const reach = Math.max(4, Math.round((WIDEST_LINE * Math.max(image.width, image.height)) / 2))
  if (inside === null && isLightOnDark(blur(lumaOf(channels)), reach))
    for (const { values } of channels) for (let i = 0; i < values.length; i++) values[i] = 255 - (values[i] ?? 0)
  const soft = blur(lightnessOf(channels, inside))
  const closed = extreme(extreme(soft, reach, -1), reach, 1)
  const paper = paperOf(soft)
  const out = planeOf(image.width, image.height)
  let [dark, page] = [0, 0]
  for (let i = 0; i < out.values.length; i++) {
    if (inside && !inside[i]) continue
    const here = soft.values[i] ?? 0
    const line = 1 - here / Math.max(1, closed.values[i] ?? 1)
    const broad = 1 - here / (paper.values[i] ?? 1)
    page++
    if (broad > SOLID) dark++
    out.values[i] = broad > SOLID ? Math.max(line, broad - 0.25) : line
  }
  return { ...out, ...noiseOf(out.values, inside), darkShare: dark / Math.max(1, page) }
}

/** Which kind of line stands out more: what a closing fills, or what an opening takes away. */
function isLightOnDark(luma: Plane, reach: number): boolean {
  // Lines are the lesser part of a drawing, so a page that is mostly light has dark ones.
  if (otsu(luma.values).darkShare <= 0.5) return false
  const closed = extreme(extreme(luma, reach, -1), reach, 1)
  const open = extreme(extreme(luma, reach, 1), reach, -1)
  let [dark, light] = [0, 0]
  for (let i = 0; i < luma.values.length; i++) {
    const here = luma.values[i] ?? 0
    dark += Math.max(0, (closed.values[i] ?? 0) - here - LEAST_DIFFERENCE)
    light += Math.max(0, here - (open.values[i] ?? 0) - LEAST_DIFFERENCE)
  }
  return light > CLEARLY_LIGHT * dark
}

/** Light lines must show this much more than dark ones: gaps between dark lines are light as well. */
const CLEARLY_LIGHT = 1.6
/** Differences up to this, of 255, are grain. */
const LEAST_DIFFERENCE = 24

/** 0 black, 200 paper, by the most darkened channel; the table in the colour of the paper, so that it tells the measures nothing. */
function lightnessOf(channels: readonly [Plane, Plane, Plane], inside: Uint8Array | null): Plane {
  const { width, height } = channels[0]
  const out = planeOf(width, height)
  out.values.fill(Number.POSITIVE_INFINITY)
  for (const { values } of channels) {
    const paper = Math.max(1, paperLevel(values, inside))
    for (let i = 0; i < out.values.length; i++) {
      const here = inside && !inside[i] ? PAPER : Math.min(255, (PAPER * (values[i] ?? 0)) / paper)
      if (here < (out.values[i] ?? 0)) out.values[i] = here
    }
  }
  return out
}

const PAPER = 200

/** Seven tenths of the page are no lighter. */
function paperLevel(values: Float32Array, inside: Uint8Array | null): number {
  const counts = new Uint32Array(256)
  let total = 0
  for (let i = 0; i < values.length; i++) {
    if (inside && !inside[i]) continue
    const value = Math.min(255, Math.max(0, Math.round(values[i] ?? 0)))
    counts[value] = (counts[value] ?? 0) + 1
    total++
  }
  let below = 0
  for (let value = 0; value < 256; value++) {
    below += counts[value] ?? 0
    if (below >= 0.7 * total) return value
  }
  return 255
}

/** Paper is the greater part of a drawing: the middle value, and how far half of the values below and around it spread. */
function noiseOf(values: Float32Array, inside: Uint8Array | null): { floor: number; noise: number } {
  const bins = new Uint32Array(2001)
  let total = 0
  for (let i = 0; i < values.length; i++) {
    if (inside && !inside[i]) continue
    const bin = Math.min(2000, Math.max(0, Math.round(2000 * (values[i] ?? 0))))
    bins[bin] = (bins[bin] ?? 0) + 1
    total++
  }
  const quantile = (share: number): number => {
    let below = 0
    for (let bin = 0; bin < bins.length; bin++) {
      below += bins[bin] ?? 0
      if (below >= share * total) return bin / 2000
    }
    return 1
  }
  const floor = quantile(0.5)
  // Below the middle lies paper alone, whatever is drawn.
  return { floor, noise: Math.max(0.004, (floor - quantile(0.16)) * 1.1) }
}
