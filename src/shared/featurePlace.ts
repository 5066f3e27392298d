/**
 * Where a place of the page lies in the feature maps of a generator's encoder, and how much of the page a feature there sees. The encoder is pix2pixHD's: a 7×7
 * convolution, then 3×3 with stride 2, so a feature of layer i sees 7, 9, 13, 21, 37 pixels (thesis, chapter 3).
 */

/** x, y in 0–1 of the page. */
export type PagePoint = readonly [x: number, y: number]

/** The corner of the eye at which the thesis looks: (170, 250) at 512. */
export const EYE_CORNER: PagePoint = [170 / 512, 250 / 512]

/** L0 … L4. */
export const ENCODER_LAYERS = 5

/** Side of the square of input pixels that a feature of this layer sees. */
export function receptiveFieldPx(layer: number): number {
  return layer === 0 ? 7 : 5 + 2 ** (layer + 1)
}

/**
 * Column and row of the place in a map of `mapPx`²: the pixel that it is in, halved once a layer, halves rounded up, as the thesis does: (170, 250), (85, 125), (43, 63),
 * (22, 32), (11, 16) at 512.
 */
export function cellOf([x, y]: PagePoint, sizePx: number, mapPx: number): readonly [column: number, row: number] {
  const along = (share: number): number => {
    let place = Math.min(sizePx - 1, Math.max(0, Math.floor(share * sizePx)))
    for (let px = sizePx; px > mapPx; px /= 2) place = Math.floor((place + 1) / 2)
    return Math.min(mapPx - 1, place)
  }
  return [along(x), along(y)]
}

export interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** What a feature at this place sees of the page, in 0–1; may reach beyond it. */
export function receptiveField(point: PagePoint, sizePx: number, layer: number): Box {
  const stride = 2 ** layer
  const [column, row] = cellOf(point, sizePx, sizePx / stride)
  const reach = (receptiveFieldPx(layer) - 1) / 2
  const [x, y] = [column * stride, row * stride]
  return { left: (x - reach) / sizePx, top: (y - reach) / sizePx, right: (x + reach + 1) / sizePx, bottom: (y + reach + 1) / sizePx }
}
