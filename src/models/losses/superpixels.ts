/**
 * Superpixels (SLIC: Achanta et al. 2012) and a picture in their colours (Wang and Yu 2020, section 3.1.2). The same as `pipeline/superpixels.py`.
 *
 * Plain numbers and not on a gradient's path: the structure loss compares a picture with its own superpixels, which stand still. A pixel chooses among the nine
 * centres round its first cell, so that a pass is nine comparisons; stray pixels are left where they are, which the colours do not mind.
 */

const ITERATIONS = 5
/** Weight of the distance in the picture, in units of colour a cell. */
const COMPACTNESS = 10
const WHITE = [0.95047, 1, 1.08883] as const
const TO_XYZ = [
  [0.412453, 0.35758, 0.180423],
  [0.212671, 0.71516, 0.072169],
  [0.019334, 0.119193, 0.950227],
] as const
/** Spread of a superpixel's colours (0–255) below which its mean and above which its median is taken. */
const [CALM, WILD] = [20, 40]
/** L, a, b, row, column. */
const FEATURES = 5

/** `[H · W · 3]` in [-1, 1], row by row. */
export interface Pixels {
  readonly values: ArrayLike<number>
  readonly height: number
  readonly width: number
}

/** sRGB in 0–1 → CIELAB under D65. */
export function lab(rgb: readonly [number, number, number]): [number, number, number] {
  const linear = rgb.map((c) => (c > 0.04045 ? ((c + 0.055) / 1.055) ** 2.4 : c / 12.92))
  const [x, y, z] = TO_XYZ.map((row, i) => {
    const t = row.reduce((sum, weight, k) => sum + weight * (linear[k] as number), 0) / (WHITE[i] as number)
    return t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116
  }) as [number, number, number]
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}

interface Grid {
  readonly down: number
  readonly across: number
}

function gridOf({ height, width }: Pixels, segments: number): Grid {
  const across = Math.max(1, Math.round(Math.sqrt((segments * width) / height)))
  return { across, down: Math.max(1, Math.round(segments / across)) }
}

/** `[H · W · 5]` */
function featuresOf({ values, height, width }: Pixels, { down, across }: Grid): Float64Array {
  const unit = COMPACTNESS / Math.sqrt((height * width) / (down * across))
  const features = new Float64Array(FEATURES * height * width)
  for (let i = 0; i < height * width; i++) {
    const [r, g, b] = [0, 1, 2].map((c) => ((values[3 * i + c] as number) + 1) / 2) as [number, number, number]
    features.set([...lab([r, g, b]), Math.floor(i / width) * unit, (i % width) * unit], FEATURES * i)
  }
  return features
}

/** The means of each superpixel's pixels; an empty one stays where it was. */
function moveCentres(centres: Float64Array, features: Float64Array, labels: Int32Array): void {
  const sums = new Float64Array(centres.length)
  const counts = new Int32Array(centres.length / FEATURES)
  labels.forEach((label, i) => {
    counts[label] = (counts[label] as number) + 1
    for (let f = 0; f < FEATURES; f++)
      sums[FEATURES * label + f] = (sums[FEATURES * label + f] as number) + (features[FEATURES * i + f] as number)
  })
  sums.forEach((sum, k) => {
    const count = counts[Math.floor(k / FEATURES)] as number
    if (count > 0) centres[k] = sum / count
  })
}

function distance(features: Float64Array, i: number, centres: Float64Array, k: number): number {
  let sum = 0
  for (let f = 0; f < FEATURES; f++) sum += ((features[FEATURES * i + f] as number) - (centres[FEATURES * k + f] as number)) ** 2
  return sum
}

/** The number of each pixel's superpixel, `[H · W]`, of about `segments` in a square grid. */
export function superpixels(picture: Pixels, segments = 200): Int32Array {
  const { height, width } = picture
  const grid = gridOf(picture, segments)
  const features = featuresOf(picture, grid)
  const cell = (i: number): [row: number, column: number] => [
    Math.floor((Math.floor(i / width) * grid.down) / height),
    Math.floor(((i % width) * grid.across) / width),
  ]
  const labels = Int32Array.from({ length: height * width }, (_, i) => cell(i)[0] * grid.across + cell(i)[1])
  const centres = new Float64Array(FEATURES * grid.down * grid.across)
  moveCentres(centres, features, labels)
  const clip = (value: number, count: number) => Math.min(Math.max(value, 0), count - 1)
  for (let pass = 0; pass < ITERATIONS; pass++) {
    for (let i = 0; i < labels.length; i++) {
      const [row, column] = cell(i)
      let best = Number.POSITIVE_INFINITY
      for (let k = 0; k < 9; k++) {
        const candidate = clip(row + Math.floor(k / 3) - 1, grid.down) * grid.across + clip(column + (k % 3) - 1, grid.across)
        const far = distance(features, i, centres, candidate)
        if (far < best) [best, labels[i]] = [far, candidate]
      }
    }
    moveCentres(centres, features, labels)
  }
  return labels
}

function median(sorted: Float64Array): number {
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? (sorted[middle] as number) : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2
}

/** One colour for the pixels of a superpixel: the mean of a calm one, the median of a wild one, half of each between. */
function colourOf(values: ArrayLike<number>, pixels: readonly number[]): number[] {
  const channels = [0, 1, 2].map((c) => Float64Array.from(pixels, (i) => values[3 * i + c] as number))
  const means = channels.map((channel) => channel.reduce((sum, value) => sum + value, 0) / channel.length)
  const all = channels.flatMap((channel) => [...channel])
  const mean = means.reduce((sum, value) => sum + value, 0) / 3
  const spread = Math.sqrt(all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / all.length) * 127.5
  const wild = spread < CALM ? 0 : spread > WILD ? 1 : 0.5
  return channels.map((channel, c) => (1 - wild) * (means[c] as number) + wild * median(channel.sort()))
}

/**
 * The picture with every superpixel in one colour, `[H · W · 3]` in [-1, 1].
 * @param power darkens the middle tones, which gives the contrast of cartoons; 1: none
 */
export function coloured({ values }: Pixels, labels: Int32Array, power = 1.2): Float32Array {
  const groups = new Map<number, number[]>()
  labels.forEach((label, i) => {
    const group = groups.get(label)
    if (group) group.push(i)
    else groups.set(label, [i])
  })
  const light = new Float64Array(3 * labels.length)
  for (const pixels of groups.values()) {
    const colour = colourOf(values, pixels).map((value) => Math.min(Math.max((value + 1) / 2, 0), 1) ** power)
    for (const i of pixels) light.set(colour, 3 * i)
  }
  const lightest = Math.max(
    light.reduce((most, value) => Math.max(most, value), 0),
    1e-6,
  )
  return Float32Array.from(light, (value) => (2 * value) / lightest - 1)
}
