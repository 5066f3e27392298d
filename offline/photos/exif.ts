/** How a camera held its picture: the orientation in a JPEG's EXIF block (Exif 2.32, tag 0x0112), and the upright picture. */

import type { RgbaImage } from '../../src/shared/image'

const APP1 = 0xe1
const START_OF_SCAN = 0xda
const ORIENTATION_TAG = 0x0112

/** Orientation 1–8 of a JPEG file; 1 (upright) when it does not say or cannot be read. */
export function jpegOrientation(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = 2; at + 4 <= bytes.length && bytes[at] === 0xff && bytes[at + 1] !== START_OF_SCAN; ) {
    const length = view.getUint16(at + 2)
    if (bytes[at + 1] === APP1) {
      const orientation = orientationInBlock(bytes.subarray(at + 4, Math.min(bytes.length, at + 2 + length)))
      if (orientation !== null) return orientation
    }
    at += 2 + length
  }
  return 1
}

/** The tag in an APP1 block's payload, `null` when it is not there (APP1 also carries XMP) or the block is broken. */
function orientationInBlock(block: Uint8Array): number | null {
  const startsAsExif = [0x45, 0x78, 0x69, 0x66, 0, 0].every((byte, i) => block[i] === byte)
  if (!startsAsExif) return null
  const tiff = new DataView(block.buffer, block.byteOffset + 6, block.byteLength - 6)
  try {
    const isLittleEndian = tiff.getUint16(0) === 0x4949
    const directory = tiff.getUint32(4, isLittleEndian)
    const count = tiff.getUint16(directory, isLittleEndian)
    for (let i = 0; i < count; i++) {
      const entry = directory + 2 + 12 * i
      if (tiff.getUint16(entry, isLittleEndian) !== ORIENTATION_TAG) continue
      const orientation = tiff.getUint16(entry + 8, isLittleEndian)
      return orientation >= 1 && orientation <= 8 ? orientation : null
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
  }
  return null
}

/** The picture as it was seen, from the picture as it is stored. */
export function upright(image: RgbaImage, orientation: number): RgbaImage {
  if (orientation === 1) return image
  const isTransposed = orientation >= 5
  const [width, height] = isTransposed ? [image.height, image.width] : [image.width, image.height]
  const source = new Uint32Array(image.data.buffer, image.data.byteOffset, image.width * image.height)
  const target = new Uint32Array(width * height)
  // In the upright picture, does the stored x (and y) run backwards?
  const isXReversed = [2, 3, 7, 8].includes(orientation)
  const isYReversed = [3, 4, 6, 7].includes(orientation)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [storedX, storedY] = isTransposed ? [y, x] : [x, y]
      const sx = isXReversed ? image.width - 1 - storedX : storedX
      const sy = isYReversed ? image.height - 1 - storedY : storedY
      target[y * width + x] = source[sy * image.width + sx] ?? 0
    }
  }
  return { width, height, data: new Uint8ClampedArray(target.buffer) }
}
