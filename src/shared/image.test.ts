import { describe, expect, it } from 'vitest'
import { greyToRgba, meanChange, onSquare, type RgbaImage, resizeSquare, shrink } from './image'

/** Red grows with x, green with y. */
const ramp = (width: number, height: number): RgbaImage => {
  const data = new Uint8ClampedArray(width * height * 4)
  for (let i = 0; i < width * height; i++) data.set([4 * (i % width) + 2, 4 * Math.floor(i / width) + 2, 0, 255], 4 * i)
  return { width, height, data }
}
const pixel = (image: RgbaImage, x: number, y: number) => [...image.data.subarray((y * image.width + x) * 4, (y * image.width + x) * 4 + 4)]

const filled = (width: number, height: number, colour: readonly number[]): RgbaImage => ({
  width,
  height,
  data: Uint8Array.from({ length: width * height * 4 }, (_, i) => colour[i % 4] ?? 0),
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

describe('shrink and onSquare', () => {
  it('averages blocks', () => {
    const image: RgbaImage = {
      width: 4,
      height: 2,
      data: Uint8Array.from([0, 100, 40, 60, 20, 80, 40, 60].flatMap((red) => [red, 0, 0, 255])),
    }
    const small = shrink(image, 2)
    expect([small.width, small.height, ...small.data]).toEqual([2, 1, 50, 0, 0, 255, 50, 0, 0, 255])
    expect(shrink(image, 1)).toBe(image)
  })

  it('puts a picture in the middle of a square', () => {
    const { square, left, top } = onSquare(filled(4, 2, [9, 9, 9, 255]), 0.5)
    expect([square.width, square.height, left, top]).toEqual([8, 8, 2, 3])
    expect(square.data[(3 * 8 + 2) * 4]).toBe(9)
    expect(square.data[(3 * 8 + 1) * 4]).toBe(128)
  })
})
