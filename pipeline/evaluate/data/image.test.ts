import jpeg from 'jpeg-js'
import { describe, expect, it } from 'vitest'
import { decodeImage, encodeJpeg, encodePng, greyToRgba, meanChange, type RgbaImage, readImage, resizeSquare } from './image'

/** Red grows with x, green with y. */
const ramp = (width: number, height: number): RgbaImage => {
  const data = new Uint8ClampedArray(width * height * 4)
  for (let i = 0; i < width * height; i++) data.set([4 * (i % width) + 2, 4 * Math.floor(i / width) + 2, 0, 255], 4 * i)
  return { width, height, data }
}
const pixel = (image: RgbaImage, x: number, y: number) => [...image.data.subarray((y * image.width + x) * 4, (y * image.width + x) * 4 + 4)]

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
    const [red = 0, green = 0] = pixel(back, 20, 10)
    expect(Math.abs(red - 82)).toBeLessThan(8)
    expect(Math.abs(green - 42)).toBeLessThan(8)
  })

  it('refuses what is no picture; reading a file names it', () => {
    expect(() => decodeImage(new TextEncoder().encode('GIF89a'))).toThrow('neither')
    expect(() => decodeImage(encodePng(ramp(8, 8)).subarray(0, 40))).toThrow()
    expect(() => readImage('/no/such/face.png')).toThrow('/no/such/face.png')
  })
})

describe('resizeSquare', () => {
  it('keeps places in 0–1: a ramp stays the same ramp', () => {
    const large = resizeSquare(ramp(32, 32), 64)
    // Pixel 20 of 64 has its centre at 10.25 of 32, that is at source index 9.75.
    expect(pixel(large, 20, 40)).toEqual([Math.round(4 * 9.75 + 2), Math.round(4 * 19.75 + 2), 0, 255])
    expect(pixel(large, 0, 0)).toEqual([2, 2, 0, 255])
  })

  it('makes a square of anything and leaves the right size alone', () => {
    const square = resizeSquare(ramp(8, 4), 16)
    expect([square.width, square.height, square.data.length]).toEqual([16, 16, 1024])
    const same = ramp(16, 16)
    expect(resizeSquare(same, 16)).toBe(same)
  })
})

describe('greyToRgba', () => {
  it('repeats grey in three channels, opaque', () => {
    expect([...greyToRgba([0, 100, 200, 255], 2).data]).toEqual([0, 0, 0, 255, 100, 100, 100, 255, 200, 200, 200, 255, 255, 255, 255, 255])
  })
})

describe('meanChange', () => {
  it('averages over colours and leaves opacity out', () => {
    const a = greyToRgba([10, 20, 30, 40], 2)
    const b = { ...a, data: a.data.map((value, i) => (i === 0 ? value + 6 : i === 3 ? 0 : value)) }
    expect(meanChange(a, b)).toBeCloseTo(6 / 12, 10)
    expect(() => meanChange(a, greyToRgba([0], 1))).toThrow('differ in size')
  })
})

describe('encodeJpeg', () => {
  it('keeps a picture, smaller at lower quality', () => {
    const fine = encodeJpeg(ramp(64, 64), 90)
    expect(encodeJpeg(ramp(64, 64), 20).length).toBeLessThan(fine.length)
    expect(meanChange(decodeImage(fine), ramp(64, 64))).toBeLessThan(4)
  })
})
