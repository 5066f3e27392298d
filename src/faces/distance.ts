/**
 * The distance map: how far each place of a sketch is from the nearest trusted line; the generator's third input channel.
 * `[size · size]` in [-1, 1] (line −1, paper +1) → `[size · size]`: −1 on a line, +1 from `REACH` on.
 *
 * A faint line counts as if it were farther away: the value at p is the minimum over q of |p − q|² + R² (1 − ink(q))², its root clipped at R (a generalised
 * distance transform, Felzenszwalb and Huttenlocher 2012), so that it fades with the tolerance as the trusted lines do. Computed at half size. Twin:
 * `pipeline/distance.py`, held to it by `tests/golden/distance.json`.
 */

/** R as a fraction of the picture's side: 24 pixels at 256. */
const REACH = 24 / 256

/** @param sizePx even */
export function distanceMap(trusted: Float32Array, sizePx: number): Float32Array {
  const half = sizePx / 2
  const reach = REACH * half
  const cost = new Float32Array(half * half)
  for (let row = 0, at = 0; row < half; row++) {
    for (let column = 0; column < half; column++, at++) cost[at] = ((reach * (1 + darkest(trusted, sizePx, row, column))) / 2) ** 2
  }
  const rowsDone = lowerEnvelope(cost, half, half, 1, Math.floor(reach))
  const squared = lowerEnvelope(rowsDone, half, 1, half, Math.floor(reach))
  const map = new Float32Array(sizePx * sizePx)
  for (let row = 0, at = 0; row < sizePx; row++) {
    for (let column = 0; column < sizePx; column++, at++) {
      const value = squared[(row >> 1) * half + (column >> 1)] as number
      map[at] = (2 * Math.sqrt(Math.min(value, reach * reach))) / reach - 1
    }
  }
  return map
}

/** Of the 2×2 pixels that one cell of the half-sized map stands for. */
function darkest(picture: Float32Array, sizePx: number, row: number, column: number): number {
  const at = 2 * row * sizePx + 2 * column
  return Math.min(picture[at] as number, picture[at + 1] as number, picture[at + sizePx] as number, picture[at + sizePx + 1] as number)
}

/** The minimum over shifts d of the cost d places on, plus d²: along the axis whose neighbours lie `step` apart, on every line, `lineStep` apart. */
function lowerEnvelope(cost: Float32Array, count: number, lineStep: number, step: number, reach: number): Float32Array {
  const out = cost.slice()
  for (let line = 0; line < count; line++) {
    for (let i = 0; i < count; i++) {
      const at = line * lineStep + i * step
      const own = cost[at] as number
      // What lies on a line is nearest to itself; what is far from all of them changes nobody.
      for (let d = 1; d <= reach; d++) {
        const reached = own + d * d
        if (i >= d && reached < (out[at - d * step] as number)) out[at - d * step] = reached
        if (i + d < count && reached < (out[at + d * step] as number)) out[at + d * step] = reached
      }
    }
  }
  return out
}
