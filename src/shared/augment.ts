/**
 * What makes a few pictures stand for many: each time that a pair is shown to a training it is drawn anew. Settings and random numbers → one draw; a draw and a
 * picture → the picture as the training sees it. The panel's preview and the trainer call the same two functions.
 *
 * Mirror, zoom and the piece that is cut out are the same for both pictures of a pair. A sketch alone is moved and turned (as in the thesis: ±25 px of 512, ±7°, the
 * photo untouched); a photo that goes in alone gets another light and other colours.
 */

export interface Augmentation {
  /** Every other one is mirrored. */
  readonly mirror: boolean
  /** Of sketches, in pixels of 512, each way. */
  readonly shiftPx: number
  /** Of sketches, each way. */
  readonly turnDegrees: number
  /** Largest share of the side that is cut away, 0–0.5; the rest is enlarged. */
  readonly crop: number
  /** Of photos: how far red, green and blue may change in relation to each other, 0–0.5. */
  readonly colour: number
  /** Of photos: how far the exposure may change, 0–0.5. */
  readonly light: number
}

export const NO_AUGMENTATION: Augmentation = { mirror: false, shiftPx: 0, turnDegrees: 0, crop: 0, colour: 0, light: 0 }
/** `shiftPx` and `turnDegrees` are the thesis's. */
export const STANDARD_AUGMENTATION: Augmentation = { mirror: true, shiftPx: 25, turnDegrees: 7, crop: 0.15, colour: 0.1, light: 0.15 }

/** The size that `shiftPx` is a measure of. */
const REFERENCE_PX = 512
const PAPER = 255

/** What a picture is: a sketch moves, the light of a photo changes, a picture that is to be made stays as it is. */
export type AugmentedKind = 'sketch' | 'photo' | 'picture'

/** One picture, `sizePx² · channels` bytes row by row. */
export interface PlainPicture {
  readonly sizePx: number
  readonly channels: 1 | 3
  readonly data: Uint8ClampedArray
}

/** What is done to a pair; lengths are shares of the picture's side. */
export interface AugmentationDraw {
  readonly mirrored: boolean
  /** Side of the part that is kept, and its left and upper edge. */
  readonly side: number
  readonly left: number
  readonly top: number
  /** Of the sketch. */
  readonly shift: readonly [x: number, y: number]
  readonly turnRadians: number
  /** Of the photo: what red, green and blue are multiplied with. */
  readonly gains: readonly [red: number, green: number, blue: number]
  /** Where the piece lies within what is kept, 0–1 each way; 0.5 is its middle. */
  readonly piece: readonly [x: number, y: number]
}

/** @param random uniform in 0–1; always asked equally often, so that a change of one setting leaves the other draws as they were */
export function drawAugmentation(settings: Augmentation, random: () => number): AugmentationDraw {
  const either = (most: number) => most * (2 * random() - 1)
  const mirrored = random() < 0.5 && settings.mirror
  const cut = settings.crop * random()
  const [left, top] = [cut * random(), cut * random()]
  const shift = [either(settings.shiftPx / REFERENCE_PX), either(settings.shiftPx / REFERENCE_PX)] as const
  const turnRadians = (either(settings.turnDegrees) * Math.PI) / 180
  const light = Math.exp(either(settings.light))
  const gain = () => light * Math.exp(either(settings.colour))
  return { mirrored, side: 1 - cut, left, top, shift, turnRadians, gains: [gain(), gain(), gain()], piece: [random(), random()] }
}

/** Where a pixel of the result lies in the picture: `x' = x · scale · cos …`, in pixels of both. */
interface Sampling {
  readonly originX: number
  readonly originY: number
  /** A step to the right, and one down, in the picture. */
  readonly right: readonly [number, number]
  readonly down: readonly [number, number]
}

/**
 * The picture as the draw makes it.
 * @param sizePx the size that the whole of it is given (what is kept of it, that is)
 * @param piecePx the square of that which is cut out, at most `sizePx`
 */
export function augmented(
  picture: PlainPicture,
  kind: AugmentedKind,
  draw: AugmentationDraw,
  sizePx: number,
  piecePx = sizePx,
): Uint8ClampedArray {
  const { channels } = picture
  const sampling = samplingOf(picture.sizePx, kind, draw, sizePx, piecePx)
  const gains = kind === 'photo' ? draw.gains : null
  const outside = kind === 'sketch' ? PAPER : null
  const result = new Uint8ClampedArray(piecePx * piecePx * channels)
  const { originX, originY, right, down } = sampling
  for (let row = 0; row < piecePx; row++) {
    for (let column = 0; column < piecePx; column++) {
      const x = originX + column * right[0] + row * down[0]
      const y = originY + column * right[1] + row * down[1]
      const at = (row * piecePx + column) * channels
      for (let channel = 0; channel < channels; channel++)
        result[at + channel] = sampled(picture, x, y, channel, outside) * (gains?.[channel] ?? 1)
    }
  }
  return result
}

function samplingOf(fromPx: number, kind: AugmentedKind, draw: AugmentationDraw, sizePx: number, piecePx: number): Sampling {
  // Whole pixels, so that nothing is blurred that is neither moved nor enlarged.
  const [pieceX, pieceY] = draw.piece.map((share) => Math.round(share * (sizePx - piecePx))) as [number, number]
  const scale = (draw.side * fromPx) / sizePx
  const flip = draw.mirrored ? -1 : 1
  // Pixel centres of the result, as places in the picture.
  const startX = (draw.mirrored ? draw.left + draw.side : draw.left) * fromPx + flip * scale * (pieceX + 0.5)
  const startY = draw.top * fromPx + scale * (pieceY + 0.5)
  const moves = kind === 'sketch'
  const [cos, sin] = moves ? [Math.cos(draw.turnRadians), Math.sin(draw.turnRadians)] : [1, 0]
  const [shiftX, shiftY] = moves ? [draw.shift[0] * fromPx, draw.shift[1] * fromPx] : [0, 0]
  const middle = fromPx / 2
  const [dx, dy] = [startX - middle - shiftX, startY - middle - shiftY]
  return {
    originX: middle + cos * dx + sin * dy - 0.5,
    originY: middle - sin * dx + cos * dy - 0.5,
    right: [flip * scale * cos, -flip * scale * sin],
    down: [scale * sin, scale * cos],
  }
}

/** Points in 0–1 of a photo, flat x, y, as the draw moves them. Which of a face's is which is not changed by a mirror. */
export function augmentedPoints(points: readonly number[], { mirrored, side, left, top }: AugmentationDraw): number[] {
  return points.map((value, i) => {
    if (i % 2 === 1) return (value - top) / side
    const x = (value - left) / side
    return mirrored ? 1 - x : x
  })
}

/** Classes `[fromPx · fromPx]` of a photo's pixels as the draw makes them, whole: those of the nearest pixels. */
export function augmentedClasses(classes: Uint8Array, fromPx: number, draw: AugmentationDraw, sizePx: number): Uint8Array {
  const { originX, originY, right, down } = samplingOf(fromPx, 'picture', draw, sizePx, sizePx)
  const within = (place: number) => Math.min(fromPx - 1, Math.max(0, Math.round(place)))
  return Uint8Array.from({ length: sizePx * sizePx }, (_, i) => {
    const [row, column] = [Math.floor(i / sizePx), i % sizePx]
    const [x, y] = [originX + column * right[0] + row * down[0], originY + column * right[1] + row * down[1]]
    return classes[within(y) * fromPx + within(x)] as number
  })
}

/** Between the four pixels round a place; beyond the edge `outside`, or the edge itself. */
function sampled({ sizePx, channels, data }: PlainPicture, x: number, y: number, channel: number, outside: number | null): number {
  const [left, top] = [Math.floor(x), Math.floor(y)]
  const [alongX, alongY] = [x - left, y - top]
  const at = (column: number, row: number): number => {
    if (outside !== null && (column < 0 || row < 0 || column >= sizePx || row >= sizePx)) return outside
    const [c, r] = [Math.min(sizePx - 1, Math.max(0, column)), Math.min(sizePx - 1, Math.max(0, row))]
    return data[(r * sizePx + c) * channels + channel] as number
  }
  if (alongX === 0 && alongY === 0) return at(left, top)
  const above = at(left, top) * (1 - alongX) + at(left + 1, top) * alongX
  const below = at(left, top + 1) * (1 - alongX) + at(left + 1, top + 1) * alongX
  return above * (1 - alongY) + below * alongY
}
