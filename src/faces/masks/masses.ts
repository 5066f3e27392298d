/**
 * Background, skin and hair of an aligned portrait from colour and place: expectation maximisation with one colour histogram a mass, a prior by
 * place and smoothness that stops at edges (mean-field on a contrast-sensitive Potts model, as in Krähenbühl & Koltun 2011 but with near neighbours only).
 */

import type { RgbaImage } from '../../shared/image'
import { logPrior, MASSES, type RegionPrior } from './regionPrior'

/** Bins a colour axis. */
const BINS = 32
const ROUNDS = 8
/** How much colour counts beside place: above 1, because people differ more in where their hair lies than in that it has one colour. */
const COLOUR_WEIGHT = 2
const SMOOTH_PASSES = 8
const SMOOTHNESS = 2

/** Posterior share of each mass at every pixel. `certainSkin` marks pixels known to be skin. */
export function findMasses(photo: RgbaImage, certainSkin: Uint8Array, prior: RegionPrior): Float64Array[] {
  const place = logPrior(prior, photo.width)
  const bins = colourBins(photo)
  const links = neighbourWeights(photo)
  let posterior: Float64Array[] = place.map((share) => share.map(Math.exp))
  for (let round = 0; round < ROUNDS; round++) {
    hold(posterior, certainSkin)
    const colour = posterior.map((share) => logColourModel(bins, share))
    const evidence = place.map((share, mass) => share.map((log, i) => log + COLOUR_WEIGHT * (colour[mass]?.[bins[i] ?? 0] ?? 0)))
    posterior = smoothed(evidence, links, photo.width)
  }
  hold(posterior, certainSkin)
  return posterior
}

function hold(posterior: Float64Array[], certainSkin: Uint8Array): void {
  posterior.forEach((share, mass) => {
    for (let i = 0; i < share.length; i++) if (certainSkin[i]) share[i] = MASSES[mass] === 'skin' ? 1 : 0
  })
}

/** Histogram bin of every pixel: brightness and two colour differences, so that shading moves along one axis only. */
function colourBins({ data, width, height }: RgbaImage): Uint16Array {
  const bin = (value: number) => Math.min(BINS - 1, Math.max(0, Math.floor(value * BINS)))
  return Uint16Array.from({ length: width * height }, (_, i) => {
    const [r, g, b] = [(data[4 * i] ?? 0) / 255, (data[4 * i + 1] ?? 0) / 255, (data[4 * i + 2] ?? 0) / 255]
    const luma = 0.299 * r + 0.587 * g + 0.114 * b
    return (bin(luma) * BINS + bin(0.5 + 1.2 * (r - luma))) * BINS + bin(0.5 + 1.2 * (b - luma))
  })
}

/** Log density of a mass over the bins, from the pixels that belong to it, smoothed to neighbouring bins. */
function logColourModel(bins: Uint16Array, share: Float64Array): Float64Array {
  let histogram = new Float64Array(BINS ** 3)
  let total = 0
  for (let i = 0; i < bins.length; i++) {
    const weight = share[i] ?? 0
    histogram[bins[i] ?? 0] = (histogram[bins[i] ?? 0] ?? 0) + weight
    total += weight
  }
  for (const step of [1, BINS, BINS * BINS]) histogram = blurredAlong(histogram, step)
  const floor = 1e-3 / BINS ** 3
  return histogram.map((count) => Math.log(count / (total + 1) + floor))
}

function blurredAlong(histogram: Float64Array, step: number): Float64Array<ArrayBuffer> {
  return Float64Array.from(histogram, (count, i) => {
    const position = Math.floor(i / step) % BINS
    const before = position > 0 ? (histogram[i - step] ?? 0) : count
    const after = position < BINS - 1 ? (histogram[i + step] ?? 0) : count
    return (before + 2 * count + after) / 4
  })
}

interface Link {
  /** Offset of the neighbour in the pixel list. */
  offset: number
  /** Weight of the link from each pixel to that neighbour; 0 beyond the picture. */
  weight: Float64Array
}

/** Links to the eight neighbours, weak across edges of the picture (Boykov & Jolly 2001). */
function neighbourWeights({ data, width, height }: RgbaImage): Link[] {
  const difference = (i: number, j: number) => {
    let sum = 0
    for (let c = 0; c < 3; c++) sum += ((data[4 * i + c] ?? 0) - (data[4 * j + c] ?? 0)) ** 2
    return sum
  }
  let total = 0
  for (let i = 1; i < width * height; i++) total += difference(i, i - 1)
  const beta = 1 / (2 * Math.max(1, total / (width * height)))
  const offsets = [-1, 0, 1].flatMap((dy) => [-1, 0, 1].map((dx) => ({ dx, dy }))).filter(({ dx, dy }) => dx !== 0 || dy !== 0)
  return offsets.map(({ dx, dy }) => {
    const offset = dy * width + dx
    const weight = Float64Array.from({ length: width * height }, (_, i) => {
      const [x, y] = [(i % width) + dx, Math.floor(i / width) + dy]
      if (x < 0 || y < 0 || x >= width || y >= height) return 0
      return (0.1 + 0.9 * Math.exp(-beta * difference(i, i + offset))) / Math.hypot(dx, dy)
    })
    return { offset, weight }
  })
}

/** Mean-field posterior of the evidence with smoothness. */
function smoothed(evidence: readonly Float64Array[], links: readonly Link[], width: number): Float64Array[] {
  const count = evidence[0]?.length ?? width * width
  let posterior = normalised(evidence)
  for (let pass = 0; pass < SMOOTH_PASSES; pass++) {
    const field = evidence.map((log, mass) => {
      const share = posterior[mass] ?? log
      const sum = Float64Array.from(log)
      for (const { offset, weight } of links) {
        for (let i = 0; i < count; i++) sum[i] = (sum[i] ?? 0) + SMOOTHNESS * (weight[i] ?? 0) * (share[i + offset] ?? 0)
      }
      return sum
    })
    posterior = normalised(field)
  }
  return posterior
}

/** Softmax over the masses. */
function normalised(logs: readonly Float64Array[]): Float64Array[] {
  const out = logs.map((log) => new Float64Array(log.length))
  for (let i = 0; i < (logs[0]?.length ?? 0); i++) {
    const highest = Math.max(...logs.map((log) => log[i] ?? 0))
    let total = 0
    logs.forEach((log, mass) => {
      const value = Math.exp((log[i] ?? 0) - highest)
      const share = out[mass]
      if (share) share[i] = value
      total += value
    })
    for (const share of out) share[i] = (share[i] ?? 0) / total
  }
  return out
}
