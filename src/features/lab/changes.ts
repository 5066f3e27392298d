/** Maps of features as pictures, and what they come to as one number. */

import type { ChannelChange, LayerChange } from '../../workers/protocol'

/** The vermilion of Okabe and Ito. */
const COLOUR = [213, 94, 0] as const
/** From here on, in mean lengths, the colour is full; below it rises as the square root, so that small changes show. */
const FULL = 0.5

/** RGBA, clear where nothing has moved. */
export function changeImage(change: ArrayLike<number>): Uint8ClampedArray<ArrayBuffer> {
  const image = new Uint8ClampedArray(4 * change.length)
  for (let i = 0; i < change.length; i++) {
    image.set(COLOUR, 4 * i)
    const value = change[i] as number
    // The least change is still seen.
    image[4 * i + 3] = value > 0 ? Math.max(10, 255 * Math.sqrt(Math.min(1, value / FULL))) : 0
  }
  return image
}

/** How far a norm's measures move: the change of each channel's mean and deviation in deviations before, averaged; `null` where there is no norm. */
export function normShift({ norm }: LayerChange): number | null {
  if (!norm) return null
  const { before, after } = norm
  let sum = 0
  let count = 0
  for (const [i, deviation] of before.deviation.entries()) {
    // A channel that is the same everywhere has nothing to be measured by.
    if (deviation === 0) continue
    const mean = Math.abs((after.mean[i] ?? 0) - (before.mean[i] ?? 0))
    sum += (mean + Math.abs((after.deviation[i] ?? 0) - deviation)) / (2 * deviation)
    count++
  }
  return count > 0 ? sum / count : 0
}

/** RGBA in greys, as ink on paper: nothing is white, the strongest value of either drawing black. */
export function activityImage(values: ArrayLike<number>, most: number): Uint8ClampedArray<ArrayBuffer> {
  const image = new Uint8ClampedArray(4 * values.length)
  for (let i = 0; i < values.length; i++) {
    const grey = most > 0 ? 255 * (1 - (values[i] as number) / most) : 255
    image.fill(grey, 4 * i, 4 * i + 3)
    image[4 * i + 3] = 255
  }
  return image
}

export const strongestValue = ({ before, after }: Pick<ChannelChange, 'before' | 'after'>): number =>
  Math.max(largest(before), largest(after))

/** Each place's change in shares of the strongest value, to be drawn by `changeImage`. */
export function channelMoves(channel: Pick<ChannelChange, 'before' | 'after'>): Float32Array<ArrayBuffer> {
  const most = strongestValue(channel) || 1
  return Float32Array.from(channel.after, (value, i) => Math.abs(value - (channel.before[i] as number)) / most)
}

function largest(values: ArrayLike<number>): number {
  let most = 0
  for (let i = 0; i < values.length; i++) most = Math.max(most, values[i] as number)
  return most
}
