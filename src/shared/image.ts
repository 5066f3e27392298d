/** Pictures as plain pixels, wherever they come from: scaling, comparing, framing. */

/** RGBA, row-major, 0–255. */
export interface RgbaImage {
  width: number
  height: number
  data: Uint8Array | Uint8ClampedArray
}

/** Mean absolute difference of two pictures of one size over red, green and blue, in 1/255. */
export function meanChange(a: RgbaImage, b: RgbaImage): number {
  if (a.data.length !== b.data.length) throw new RangeError('The pictures differ in size.')
  let sum = 0
  for (let i = 0; i < a.data.length; i++) if (i % 4 < 3) sum += Math.abs((a.data[i] as number) - (b.data[i] as number))
  return sum / ((a.data.length / 4) * 3)
}

/** Grey `[size · size]` → RGBA. */
export function greyToRgba(grey: ArrayLike<number>, sizePx: number): RgbaImage {
  const data = new Uint8ClampedArray(sizePx * sizePx * 4)
  for (let i = 0; i < sizePx * sizePx; i++) data.fill(grey[i] ?? 0, 4 * i, 4 * i + 3)
  for (let i = 3; i < data.length; i += 4) data[i] = 255
  return { width: sizePx, height: sizePx, data }
}

/** Scales to a square by bilinear interpolation between pixel centres, so that coordinates in 0–1 keep their place. */
export function resizeSquare(image: RgbaImage, sizePx: number): RgbaImage {
  if (image.width === sizePx && image.height === sizePx) return image
  const data = new Uint8ClampedArray(sizePx * sizePx * 4)
  const columns = interpolation(image.width, sizePx)
  const rows = interpolation(image.height, sizePx)
  const { data: source, width } = image
  rows.forEach((row, y) => {
    columns.forEach((column, x) => {
      for (let channel = 0; channel < 4; channel++) {
        const at = (sourceY: number, sourceX: number) => source[(sourceY * width + sourceX) * 4 + channel] ?? 0
        const above = at(row.from, column.from) * (1 - column.weight) + at(row.from, column.to) * column.weight
        const below = at(row.to, column.from) * (1 - column.weight) + at(row.to, column.to) * column.weight
        data[(y * sizePx + x) * 4 + channel] = above * (1 - row.weight) + below * row.weight
      }
    })
  })
  return { width: sizePx, height: sizePx, data }
}

/** For each target pixel, the two source pixels that it lies between and the weight of the second. */
function interpolation(sourceSize: number, targetSize: number): { from: number; to: number; weight: number }[] {
  return Array.from({ length: targetSize }, (_, i) => {
    const position = Math.min(sourceSize - 1, Math.max(0, ((i + 0.5) * sourceSize) / targetSize - 0.5))
    const from = Math.floor(position)
    return { from, to: Math.min(sourceSize - 1, from + 1), weight: position - from }
  })
}

/** Averages `factor × factor` pixels into one; what is left over at the right and below is dropped. */
export function shrink(image: RgbaImage, factor: number): RgbaImage {
  if (factor <= 1) return image
  const width = Math.floor(image.width / factor)
  const height = Math.floor(image.height / factor)
  const data = new Uint8ClampedArray(width * height * 4)
  const sums = new Float64Array(width * 4)
  for (let y = 0; y < height; y++) {
    sums.fill(0)
    for (let row = y * factor; row < (y + 1) * factor; row++) {
      let from = row * image.width * 4
      for (let x = 0; x < width * factor; x++) {
        const to = Math.floor(x / factor) * 4
        for (let channel = 0; channel < 4; channel++) sums[to + channel] = (sums[to + channel] ?? 0) + (image.data[from++] ?? 0)
      }
    }
    for (let i = 0; i < width * 4; i++) data[y * width * 4 + i] = (sums[i] ?? 0) / (factor * factor)
  }
  return { width, height, data }
}

/** The picture in the middle of a grey square that it fits into, its longer side `share` of the square's. */
export function onSquare(image: RgbaImage, share: number): { square: RgbaImage; left: number; top: number } {
  const size = Math.round(Math.max(image.width, image.height) / share)
  const left = Math.floor((size - image.width) / 2)
  const top = Math.floor((size - image.height) / 2)
  const data = new Uint8ClampedArray(size * size * 4).fill(128)
  for (let i = 3; i < data.length; i += 4) data[i] = 255
  for (let y = 0; y < image.height; y++) {
    data.set(image.data.subarray(y * image.width * 4, (y + 1) * image.width * 4), ((top + y) * size + left) * 4)
  }
  return { square: { width: size, height: size, data }, left, top }
}
