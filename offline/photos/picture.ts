/** Photo files → upright, opaque pixels. */

import { readFileSync } from 'node:fs'
import jpeg from 'jpeg-js'
import type { RgbaImage } from '../../src/shared/image'
import { decodeImage } from '../node/imageFiles'
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
