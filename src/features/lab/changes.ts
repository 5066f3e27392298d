/** Maps of change as pictures and as one number. */

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

/** Of all places, those where at least one bit is another. */
export function movedShare(change: ArrayLike<number>): number {
  let moved = 0
  for (let i = 0; i < change.length; i++) if ((change[i] as number) > 0) moved++
  return change.length > 0 ? moved / change.length : 0
}
