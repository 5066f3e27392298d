/** Pictures in Node: PNG and JPEG files ↔ RGBA pixels, and bilinear scaling. */

import { readFileSync } from 'node:fs'
import jpeg from 'jpeg-js'
import { PNG } from 'pngjs'

/** RGBA, row-major, 0–255. */
export interface RgbaImage {
  width: number
  height: number
  data: Uint8Array | Uint8ClampedArray
}

const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47]
const JPEG_SIGNATURE = [0xff, 0xd8]

/** Decodes a PNG or JPEG, told apart by their first bytes. @throws Error when it is neither or is broken */
export function decodeImage(bytes: Uint8Array): RgbaImage {
  const startsWith = (signature: readonly number[]) => signature.every((byte, i) => bytes[i] === byte)
  if (startsWith(PNG_SIGNATURE)) {
    const { width, height, data } = PNG.sync.read(Buffer.from(bytes))
    return { width, height, data }
  }
  if (startsWith(JPEG_SIGNATURE)) return jpeg.decode(bytes, { useTArray: true, formatAsRGBA: true })
  throw new Error('neither a PNG nor a JPEG picture')
}

/** Reads a picture; the error names the file. */
export function readImage(path: string): RgbaImage {
  try {
    return decodeImage(readFileSync(path))
  } catch (error) {
    throw new Error(`${path}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}

export function encodePng({ width, height, data }: RgbaImage): Buffer {
  const png = new PNG({ width, height })
  png.data = Buffer.from(data.buffer, data.byteOffset, data.byteLength)
  return PNG.sync.write(png)
}

/** @param quality 1–100 */
export function encodeJpeg({ width, height, data }: RgbaImage, quality: number): Buffer {
  return jpeg.encode({ width, height, data: Buffer.from(data.buffer, data.byteOffset, data.byteLength) }, quality).data
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
