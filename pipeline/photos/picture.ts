/** Photo files → upright, opaque pixels; averaging down. */

import { readFileSync } from 'node:fs'
import jpeg from 'jpeg-js'
import { decodeImage, type RgbaImage } from '../evaluate/data/image'
import { jpegOrientation, upright } from './exif'

/** Larger pictures are refused rather than filling the memory. */
const MAX_MEGAPIXELS = 100
const MAX_DECODER_MB = 2048

/** Reads a JPEG or PNG photo as it was seen. @throws Error that says why it cannot be read */
export function readPhoto(bytes: Uint8Array): RgbaImage {
  const isJpeg = bytes[0] === 0xff && bytes[1] === 0xd8
  if (!isJpeg) return readPng(bytes)
  // Half a photo is no photo: the decoder must not fill in what is missing.
  const options = {
    useTArray: true,
    tolerantDecoding: false,
    maxResolutionInMP: MAX_MEGAPIXELS,
    maxMemoryUsageInMB: MAX_DECODER_MB,
  } as const
  return upright(jpeg.decode(bytes, options), jpegOrientation(bytes))
}

function readPng(bytes: Uint8Array): RgbaImage {
  // Width and height stand at a fixed place, so that a picture too large is refused before it is unpacked.
  const header = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length > 24 && header.getUint32(16) * header.getUint32(20) > MAX_MEGAPIXELS * 1e6) {
    throw new Error(`larger than ${MAX_MEGAPIXELS} megapixels`)
  }
  return opaque(decodeImage(bytes))
}

export const readPhotoFile = (file: string): RgbaImage => readPhoto(readFileSync(file))

/** Lays a picture with transparent places on white. */
function opaque(image: RgbaImage): RgbaImage {
  const { data } = image
  for (let i = 0; i < data.length; i += 4) {
    const alpha = data[i + 3] ?? 255
    if (alpha === 255) continue
    for (let channel = 0; channel < 3; channel++) data[i + channel] = 255 + (((data[i + channel] ?? 0) - 255) * alpha) / 255
    data[i + 3] = 255
  }
  return image
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
