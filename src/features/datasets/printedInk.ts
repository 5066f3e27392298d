/** A picture as if printed in a few inks: its light through a scale from night blue over red to cream, with some of its own colours. A style that no shipped model knows. */

type Rgb = readonly [number, number, number]

/** From dark to light, at equal distances. */
const INKS: readonly Rgb[] = [
  [22, 24, 66],
  [122, 40, 104],
  [222, 84, 92],
  [248, 172, 116],
  [255, 244, 214],
]
/** Of the picture's own colours. */
const OWN_SHARE = 0.15

/** RGBA → RGBA of the same size, opaque. */
export function printedInk(pixels: ArrayLike<number>): Uint8ClampedArray<ArrayBuffer> {
  const result = new Uint8ClampedArray(pixels.length)
  for (let i = 0; i < pixels.length; i += 4) {
    const own: Rgb = [pixels[i] ?? 0, pixels[i + 1] ?? 0, pixels[i + 2] ?? 0]
    // Rec. 601.
    const light = (0.299 * own[0] + 0.587 * own[1] + 0.114 * own[2]) / 255
    const place = light * (INKS.length - 1)
    const from = Math.min(INKS.length - 2, Math.floor(place))
    for (let channel = 0; channel < 3; channel++) {
      const [dark, bright] = [INKS[from]?.[channel] ?? 0, INKS[from + 1]?.[channel] ?? 0]
      const ink = dark + (bright - dark) * (place - from)
      result[i + channel] = ink + OWN_SHARE * ((own[channel] ?? 0) - ink)
    }
    result[i + 3] = 255
  }
  return result
}
