import { describe, expect, it } from 'vitest'
import type { RgbaImage } from '../../src/shared/image'
import { jpegOrientation, upright } from './exif'

/** The start of a JPEG with an EXIF block of one entry. */
function jpegWith(orientation: number, isLittleEndian: boolean, tag = 0x0112): Uint8Array {
  const tiff = new DataView(new ArrayBuffer(26))
  tiff.setUint16(0, isLittleEndian ? 0x4949 : 0x4d4d)
  tiff.setUint16(2, 42, isLittleEndian)
  tiff.setUint32(4, 8, isLittleEndian)
  tiff.setUint16(8, 1, isLittleEndian)
  tiff.setUint16(10, tag, isLittleEndian)
  tiff.setUint16(12, 3, isLittleEndian)
  tiff.setUint32(14, 1, isLittleEndian)
  tiff.setUint16(18, orientation, isLittleEndian)
  const xmp = [0xff, 0xe1, 0, 6, 1, 2, 3, 4]
  const exif = [0xff, 0xe1, 0, 34, 0x45, 0x78, 0x69, 0x66, 0, 0, ...new Uint8Array(tiff.buffer)]
  return Uint8Array.from([0xff, 0xd8, ...xmp, ...exif, 0xff, 0xda, 0, 2])
}

describe('jpegOrientation', () => {
  it('reads both byte orders, behind other blocks', () => {
    expect(jpegOrientation(jpegWith(6, true))).toBe(6)
    expect(jpegOrientation(jpegWith(3, false))).toBe(3)
  })

  it('takes a picture for upright that does not say, says nonsense or is cut off', () => {
    expect(jpegOrientation(jpegWith(6, true, 0x0110))).toBe(1)
    expect(jpegOrientation(jpegWith(77, true))).toBe(1)
    expect(jpegOrientation(Uint8Array.from([0xff, 0xd8, 0xff, 0xda]))).toBe(1)
    const whole = jpegWith(6, true)
    for (let length = 2; length < whole.length - 12; length++) expect(jpegOrientation(whole.subarray(0, length))).toBeOneOf([1, 6])
  })
})

describe('upright', () => {
  /** 3 × 2 pixels, red numbered 1–6. */
  const stored: RgbaImage = { width: 3, height: 2, data: Uint8Array.from([1, 2, 3, 4, 5, 6].flatMap((red) => [red, 0, 0, 255])) }
  const rows = ({ width, height, data }: RgbaImage) =>
    Array.from({ length: height }, (_, y) => Array.from({ length: width }, (_, x) => data[(y * width + x) * 4]))

  it.each([
    [
      1,
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
    ],
    [
      2,
      [
        [3, 2, 1],
        [6, 5, 4],
      ],
    ],
    [
      3,
      [
        [6, 5, 4],
        [3, 2, 1],
      ],
    ],
    [
      4,
      [
        [4, 5, 6],
        [1, 2, 3],
      ],
    ],
    [
      5,
      [
        [1, 4],
        [2, 5],
        [3, 6],
      ],
    ],
    [
      6,
      [
        [4, 1],
        [5, 2],
        [6, 3],
      ],
    ],
    [
      7,
      [
        [6, 3],
        [5, 2],
        [4, 1],
      ],
    ],
    [
      8,
      [
        [3, 6],
        [2, 5],
        [1, 4],
      ],
    ],
  ])('turns orientation %i', (orientation, expected) => {
    expect(rows(upright(stored, orientation))).toEqual(expected)
  })
})
