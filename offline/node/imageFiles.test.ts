import jpeg from 'jpeg-js'
import { describe, expect, it } from 'vitest'
import { meanChange, type RgbaImage } from '../../src/shared/image'
import { decodeImage, encodeJpeg, encodePng, readImage } from './imageFiles'

/** Red grows with x, green with y. */
const ramp = (width: number, height: number): RgbaImage => {
  const data = new Uint8ClampedArray(width * height * 4)
  for (let i = 0; i < width * height; i++) data.set([4 * (i % width) + 2, 4 * Math.floor(i / width) + 2, 0, 255], 4 * i)
  return { width, height, data }
}

describe('decodeImage', () => {
  it('reads a PNG back as it was', () => {
    const picture = ramp(5, 3)
    const back = decodeImage(encodePng(picture))
    expect([back.width, back.height]).toEqual([5, 3])
    expect([...back.data]).toEqual([...picture.data])
  })

  it('reads a JPEG nearly as it was', () => {
    const back = decodeImage(jpeg.encode({ ...ramp(32, 32), data: Buffer.from(ramp(32, 32).data) }, 95).data)
    expect([back.width, back.height]).toEqual([32, 32])
    const [red = 0, green = 0] = back.data.subarray((10 * 32 + 20) * 4)
    expect(Math.abs(red - 82)).toBeLessThan(8)
    expect(Math.abs(green - 42)).toBeLessThan(8)
  })

  it('refuses what is no picture; reading a file names it', () => {
    expect(() => decodeImage(new TextEncoder().encode('GIF89a'))).toThrow('neither')
    expect(() => decodeImage(encodePng(ramp(8, 8)).subarray(0, 40))).toThrow()
    expect(() => readImage('/no/such/face.png')).toThrow('/no/such/face.png')
  })
})

describe('encodeJpeg', () => {
  it('keeps a picture, smaller at lower quality', () => {
    const fine = encodeJpeg(ramp(64, 64), 90)
    expect(encodeJpeg(ramp(64, 64), 20).length).toBeLessThan(fine.length)
    expect(meanChange(decodeImage(fine), ramp(64, 64))).toBeLessThan(4)
  })
})
