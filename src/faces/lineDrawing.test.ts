import { describe, expect, it } from 'vitest'
import type { RgbaImage } from '../shared/image'
import { lineDrawing } from './lineDrawing'

const SIZE = 128
const painted = (shade: (x: number, y: number) => number): RgbaImage => {
  const data = new Uint8ClampedArray(4 * SIZE ** 2).fill(255)
  for (let i = 0; i < SIZE ** 2; i++) data.fill(shade(i % SIZE, Math.floor(i / SIZE)), 4 * i, 4 * i + 3)
  return { width: SIZE, height: SIZE, data }
}
const at = ({ data }: RgbaImage, x: number, y: number): number => data[4 * (y * SIZE + x)] ?? Number.NaN

describe('a drawing made of a photo', () => {
  it('has dark lines where the photo has edges, and paper where it is light and even', () => {
    // A light square on a grey wall, the same in the dark.
    for (const [wall, square] of [
      [150, 220],
      [30, 62],
    ] as const) {
      const drawing = lineDrawing(
        painted((x, y) => (Math.max(Math.abs(x - 64), Math.abs(y - 64)) < 30 ? square : wall)),
        null,
      )
      expect(at(drawing, 64, 64)).toBeGreaterThan(240)
      const across = Array.from({ length: 12 }, (_, k) => at(drawing, 28 + k, 64))
      expect(Math.min(...across)).toBeLessThan(40)
      expect(drawing.data.every((value, i) => i % 4 !== 3 || value === 255)).toBe(true)
    }
  })

  it('fills what is dark, and leaves what is behind the person white', () => {
    const photo = painted((x) => (x < 64 ? 10 : 230))
    expect(at(lineDrawing(photo, null), 20, 64)).toBeLessThan(30)
    const regions = Uint8Array.from({ length: 32 ** 2 }, (_, i) => (i % 32 < 10 ? 0 : 5))
    const drawing = lineDrawing(photo, regions)
    expect([at(drawing, 20, 64), at(drawing, 39, 64)].map((value) => value > 240)).toEqual([true, true])
    expect(at(drawing, 50, 64)).toBeLessThan(30)
  })

  it('of an even picture is even', () => {
    expect(
      new Set(
        lineDrawing(
          painted(() => 90),
          null,
        ).data.filter((_, i) => i % 4 < 3),
      ).size,
    ).toBe(1)
  })
})
