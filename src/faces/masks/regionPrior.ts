/**
 * Where skin and hair lie in aligned portraits: the share of training faces that have each at a place. Learnt from the masks of
 * annotated faces (`npm run photos -- --learn-regions DATA`), stored as bytes in `regionPrior.json`.
 */

import stored from './regionPrior.json'

/** One byte a pixel, the classes of the data. */
export interface RegionMask {
  width: number
  height: number
  region: Uint8Array
}

/**
 * The masses of a portrait that colour and place can tell apart; background is all that is neither skin nor hair, clothes too. Their order is the order
 * of every posterior.
 */
export const MASSES = ['background', 'skin', 'hair'] as const
export type Mass = (typeof MASSES)[number]
export const PRIOR_GRID = 32
/** No place rules a mass out altogether. */
const FLOOR = 0.05

/** Mass of each region class of the data's masks (0–8). */
const MASS_OF_REGION = [0, 1, 1, 1, 1, 1, 2, 0, 1]
export const massOfRegion = (region: number): number => MASS_OF_REGION[region] ?? 0

export type RegionPrior = Record<Mass, Float64Array>

/** The stored prior, `PRIOR_GRID²` shares a mass. */
export function storedPrior(): RegionPrior {
  const decode = (shares: string) => Float64Array.from(atob(shares), (character) => character.charCodeAt(0) / 255)
  const [skin, hair] = [decode(stored.skin), decode(stored.hair)]
  return { skin, hair, background: skin.map((share, i) => 1 - share - (hair[i] ?? 0)) }
}

/** Shares over square masks and their mirror images, as stored. */
export function learnPrior(masks: readonly RegionMask[]): typeof stored {
  const counts = MASSES.map(() => new Float64Array(PRIOR_GRID * PRIOR_GRID))
  for (const { region, width: sizePx } of masks) {
    for (let i = 0; i < region.length; i++) {
      const x = Math.floor(((i % sizePx) * PRIOR_GRID) / sizePx)
      const y = Math.floor((Math.floor(i / sizePx) * PRIOR_GRID) / sizePx)
      const share = counts[massOfRegion(region[i] ?? 0)]
      for (const column of [x, PRIOR_GRID - 1 - x])
        if (share) share[y * PRIOR_GRID + column] = (share[y * PRIOR_GRID + column] ?? 0) + 1 / region.length
    }
  }
  const perCell = (masks.length * 2) / (PRIOR_GRID * PRIOR_GRID)
  const encode = (k: number) =>
    btoa(Array.from(counts[k] ?? [], (count) => String.fromCharCode(Math.round((255 * count) / perCell))).join(''))
  return { skin: encode(1), hair: encode(2) }
}

/** Log prior of each mass at every pixel, bilinear between the grid's cells: `[MASSES.length][sizePx²]`. */
export function logPrior(prior: RegionPrior, sizePx: number): Float64Array[] {
  const scale = PRIOR_GRID / sizePx
  return MASSES.map((mass) =>
    Float64Array.from({ length: sizePx * sizePx }, (_, i) => {
      const share = bilinear(prior[mass], PRIOR_GRID, ((i % sizePx) + 0.5) * scale - 0.5, (Math.floor(i / sizePx) + 0.5) * scale - 0.5)
      return Math.log(FLOOR + (1 - MASSES.length * FLOOR) * share)
    }),
  )
}

/** A square grid `[size²]` at a place between its cells' centres, edges repeated. */
export function bilinear(grid: ArrayLike<number>, size: number, x: number, y: number): number {
  const clamp = (v: number) => Math.min(size - 1, Math.max(0, v))
  const at = (column: number, row: number) => grid[clamp(row) * size + clamp(column)] ?? 0
  const [x0, y0] = [Math.floor(x), Math.floor(y)]
  const [fx, fy] = [x - x0, y - y0]
  return (at(x0, y0) * (1 - fx) + at(x0 + 1, y0) * fx) * (1 - fy) + (at(x0, y0 + 1) * (1 - fx) + at(x0 + 1, y0 + 1) * fx) * fy
}
