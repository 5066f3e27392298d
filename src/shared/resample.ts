/**
 * A picture enlarged by Lanczos' windowed sinc of three lobes: RGBA rows → RGBA rows. It keeps edges as crisp as they were and invents nothing: what the picture does not
 * hold, the larger one does not hold either. In slices, so that the page stays free while a large one is made.
 */

/** A square's rows of RGBA, opaque. */
export type SquarePixels = Uint8ClampedArray<ArrayBuffer>

const LOBES = 3
const CHANNELS = 3
/** Values between two breaths: some ten milliseconds. */
const SLICE_VALUES = 300_000

/** @param breathe awaited between slices; a promise of the next task keeps a page alive */
export async function enlarged(
  pixels: SquarePixels,
  fromPx: number,
  toPx: number,
  breathe: () => Promise<void> = nextTask,
): Promise<SquarePixels> {
  if (fromPx === toPx) return pixels
  const taps = tapsOf(fromPx, toPx)
  const wide = new Float32Array(fromPx * toPx * CHANNELS)
  await inSlices(fromPx, toPx, breathe, (row) => {
    for (let x = 0; x < toPx; x++) addTaps(taps[x] as Taps, (i) => 4 * (row * fromPx + i), pixels, wide, CHANNELS * (row * toPx + x))
  })
  const out = new Uint8ClampedArray(4 * toPx * toPx).fill(255)
  await inSlices(toPx, toPx, breathe, (row) => {
    const { from, weights } = taps[row] as Taps
    for (let x = 0; x < toPx; x++) {
      for (let channel = 0; channel < CHANNELS; channel++) {
        let sum = 0
        for (let k = 0; k < weights.length; k++)
          sum += (weights[k] as number) * (wide[CHANNELS * ((from + k) * toPx + x) + channel] as number)
        // A clamped array rounds.
        out[4 * (row * toPx + x) + channel] = sum
      }
    }
  })
  return out
}

interface Taps {
  /** The first pixel that counts. */
  readonly from: number
  /** They sum to 1. */
  readonly weights: readonly number[]
}

function addTaps({ from, weights }: Taps, at: (i: number) => number, source: SquarePixels, to: Float32Array, toAt: number): void {
  for (let k = 0; k < weights.length; k++) {
    const [weight, sourceAt] = [weights[k] as number, at(from + k)]
    for (let channel = 0; channel < CHANNELS; channel++)
      to[toAt + channel] = (to[toAt + channel] as number) + weight * (source[sourceAt + channel] as number)
  }
}

/** For every new pixel, the old ones within three lobes of its middle; beyond the edge the picture has none, and the others count for more. */
function tapsOf(fromPx: number, toPx: number): Taps[] {
  // Made smaller, the kernel grows with the pixels.
  const scale = Math.max(1, fromPx / toPx)
  return Array.from({ length: toPx }, (_, i) => {
    const middle = ((i + 0.5) * fromPx) / toPx - 0.5
    const from = Math.max(0, Math.ceil(middle - LOBES * scale))
    const to = Math.min(fromPx - 1, Math.floor(middle + LOBES * scale))
    const weights = Array.from({ length: to - from + 1 }, (__, k) => kernel((from + k - middle) / scale))
    const sum = weights.reduce((total, weight) => total + weight, 0)
    return { from, weights: weights.map((weight) => weight / sum) }
  })
}

const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x))
const kernel = (x: number): number => (Math.abs(x) < LOBES ? sinc(x) * sinc(x / LOBES) : 0)

async function inSlices(rows: number, rowValues: number, breathe: () => Promise<void>, work: (row: number) => void): Promise<void> {
  const perSlice = Math.max(1, Math.floor(SLICE_VALUES / rowValues / (2 * LOBES)))
  for (let row = 0; row < rows; row++) {
    if (row > 0 && row % perSlice === 0) await breathe()
    work(row)
  }
}

const nextTask = (): Promise<void> => new Promise((done) => setTimeout(done, 0))
