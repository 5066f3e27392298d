/** Colours of the heat map: no change is clear, small changes are violet, large ones yellow (after matplotlib's "inferno"). */

const STOPS: readonly (readonly [number, number, number])[] = [
  [40, 11, 84],
  [101, 21, 110],
  [159, 42, 99],
  [212, 72, 66],
  [245, 125, 21],
  [250, 193, 39],
  [252, 255, 164],
]
/** Below this the map stays clear. */
const LEAST = 3
/** Opacity rises quickly and then slowly, so that small changes show without hard edges. */
const OPACITY = { most: 235, power: 0.45 }

const TABLE = makeTable()

/** RGBA for every value 0–255. */
function makeTable(): Uint8ClampedArray {
  const table = new Uint8ClampedArray(256 * 4)
  for (let value = LEAST; value < 256; value++) {
    const place = (value / 255) * (STOPS.length - 1)
    const index = Math.min(STOPS.length - 2, Math.floor(place))
    const from = STOPS[index] ?? [0, 0, 0]
    const to = STOPS[index + 1] ?? from
    const t = place - index
    for (let channel = 0; channel < 3; channel++) {
      table[value * 4 + channel] = (from[channel] ?? 0) * (1 - t) + (to[channel] ?? 0) * t
    }
    table[value * 4 + 3] = OPACITY.most * (value / 255) ** OPACITY.power
  }
  return table
}

/** A map `[size · size]`, 0–255, as RGBA. */
export function heatImage(values: ArrayLike<number>): Uint8ClampedArray<ArrayBuffer> {
  const image = new Uint8ClampedArray(values.length * 4)
  for (let i = 0; i < values.length; i++) image.set(TABLE.subarray((values[i] ?? 0) * 4, (values[i] ?? 0) * 4 + 4), i * 4)
  return image
}
