/** Pictures in Node: PNG and JPEG files ↔ RGBA pixels. */

import { readFileSync } from 'node:fs'
import jpeg from 'jpeg-js'
import { PNG } from 'pngjs'
import type { RgbaImage } from '../../src/shared/image'

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
