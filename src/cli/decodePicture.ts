/** A picture file → pixels, whatever its kind: PNG by our own decoder, JPEG by `jpeg-js`, turned as the camera was held. */

import jpeg from 'jpeg-js'
import { StudioError } from '../shared/errors'
import { imageKindOf, readImageHeader } from '../storage/exchange/imageHeader'
import { KEEP_SIDE_PX, turned } from '../storage/exchange/trace/prepare'
import type { RgbaImage } from '../storage/exchange/types'
import { decodePng } from './decodePng'
import { Shrinker } from './shrinker'

/** A phone's picture, and what decoding it may take. */
const MOST_JPEG_MEGAPIXELS = 50
const JPEG_MEMORY_MB = 1024
/** A large JPEG has at least one byte for so many pixels; one with fewer is cut off, or a trap. */
const MOST_PIXELS_A_BYTE = 250
const LARGE_PIXELS = 4_000_000

/** @throws StudioError `bad-image` or `file-too-large` */
export function decodePicture(file: Uint8Array): RgbaImage {
  const kind = imageKindOf(file)
  if (!kind) throw new StudioError('bad-image', 'not a PNG or JPEG file')
  if (kind === 'png') {
    if (file.length < 33) throw new StudioError('bad-image', 'a PNG file that was cut short')
    return decodePng(file, KEEP_SIDE_PX)
  }
  return decodeJpeg(file)
}

function decodeJpeg(file: Uint8Array): RgbaImage {
  const { width, height } = readImageHeader(file, 'jpeg')
  if (width * height > MOST_JPEG_MEGAPIXELS * 1e6)
    throw new StudioError('file-too-large', `${width}×${height} pixels; make it smaller first`)
  if (width * height > LARGE_PIXELS && file.length * MOST_PIXELS_A_BYTE < width * height)
    throw new StudioError('bad-image', 'a damaged JPEG file (it has too few bytes for its size)')
  let picture: { width: number; height: number; data: Uint8Array }
  try {
    picture = jpeg.decode(file, {
      useTArray: true,
      formatAsRGBA: false,
      maxResolutionInMP: MOST_JPEG_MEGAPIXELS,
      maxMemoryUsageInMB: JPEG_MEMORY_MB,
    })
  } catch (cause) {
    throw new StudioError('bad-image', `a damaged JPEG file (${cause instanceof Error ? cause.message : cause})`, { cause })
  }
  const shrinker = new Shrinker(picture.width, picture.height, KEEP_SIDE_PX)
  for (let y = 0; y < picture.height; y++) {
    for (let x = 0; x < picture.width; x++) {
      const at = 3 * (y * picture.width + x)
      shrinker.add(x, y, picture.data[at] ?? 255, picture.data[at + 1] ?? 255, picture.data[at + 2] ?? 255, 255)
    }
  }
  return turned(shrinker.image(), QUARTER_TURNS[orientationOf(file)] ?? 0)
}

/** Clockwise, by the Exif orientation; the mirrored ones (2, 4, 5, 7) no camera writes. */
const QUARTER_TURNS: Readonly<Record<number, number>> = { 3: 2, 6: 1, 8: 3 }

/** Tag 0x0112 of the first directory (Exif 2.3, section 4.6); 1 when there is none. */
export function orientationOf(file: Uint8Array): number {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  for (let position = 2; position + 18 < file.length && file[position] === 0xff; position += 2 + view.getUint16(position + 2)) {
    if (file[position + 1] !== 0xe1) {
      if (file[position + 1] === 0xda) return 1
      continue
    }
    const start = position + 10
    if (String.fromCharCode(...file.subarray(position + 4, position + 8)) !== 'Exif' || start + 8 > file.length) continue
    const isLittle = file[start] === 0x49
    const directory = start + view.getUint32(start + 4, isLittle)
    if (directory + 2 > file.length) return 1
    const count = view.getUint16(directory, isLittle)
    for (let i = 0; i < count && directory + 14 + 12 * i <= file.length; i++) {
      const entry = directory + 2 + 12 * i
      if (view.getUint16(entry, isLittle) === 0x0112) return view.getUint16(entry + 8, isLittle)
    }
  }
  return 1
}
