/**
 * How much darker than its paper every place of a picture is, as lines are: uneven light is divided out, then what is broad (shade, smudges, the shadow of a
 * hand) is taken away by a top-hat (Serra 1982), so that lines remain whatever they lie on. Coloured pencil counts by the channel that it darkens most.
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
  const [r, g, b] = channels
  const isLightOnDark = inside === null && otsu(lumaOf(channels).values).darkShare > 0.5
  if (isLightOnDark) for (const { values } of channels) for (let i = 0; i < values.length; i++) values[i] = 255 - (values[i] ?? 0)
  const darkness = darknessOf([r, g, b], inside)
  const reach = Math.max(4, Math.round((WIDEST_LINE * Math.max(image.width, image.height)) / 2))
  const broad = extreme(extreme(darkness, reach, 1), reach, -1)
  const out = planeOf(image.width, image.height)
  let [dark, page] = [0, 0]
  for (let i = 0; i < out.values.length; i++) {
    const here = darkness.values[i] ?? 0
    if (!inside || inside[i]) {
      page++
      if (here > SOLID) dark++
    }
    const line = here - (broad.values[i] ?? 0)
    out.values[i] = inside && !inside[i] ? 0 : here > SOLID ? Math.max(line, here - 0.25) : line
  }
  return { ...out, ...noiseOf(out.values, inside), darkShare: dark / Math.max(1, page) }
}

/** 0 paper, 1 black, by the most darkened channel. */
function darknessOf(channels: readonly [Plane, Plane, Plane], inside: Uint8Array | null): Plane {
  const { width, height } = channels[0]
  const out = planeOf(width, height)
  for (const channel of channels) {
    const filled = inside ? withPaper(channel, inside) : channel
    const paper = paperOf(filled)
    const soft = blur(filled)
    for (let i = 0; i < out.values.length; i++) {
      const darkness = 1 - (soft.values[i] ?? 0) / (paper.values[i] ?? 1)
      if (darkness > (out.values[i] ?? 0)) out.values[i] = darkness
    }
  }
  return out
}

/** The table in the colour of the paper, so that it tells the measures nothing. */
function withPaper({ width, height, values }: Plane, inside: Uint8Array): Plane {
  const sheet = values.filter((_, i) => inside[i])
  sheet.sort()
  const paper = sheet[Math.floor(0.7 * sheet.length)] ?? 255
  return { width, height, values: values.map((value, i) => (inside[i] ? value : paper)) }
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
