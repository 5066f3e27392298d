import { describe, expect, it } from 'vitest'
import { resize } from './picture'
import type { RgbaImage } from './types'

const plain = (width: number, height: number, value: number): RgbaImage => ({
  width,
  height,
  data: new Uint8ClampedArray(4 * width * height).fill(value),
})

const pixelAt = ({ width, data }: RgbaImage, x: number, y: number) => [...data.subarray(4 * (y * width + x), 4 * (y * width + x) + 4)]

describe('resize', () => {
  it('averages when it shrinks and keeps a flat colour when it grows', () => {
    const chequered = plain(8, 8, 255)
    for (let i = 0; i < 64; i++) if ((i + (i >> 3)) % 2 === 0) chequered.data.fill(0, 4 * i, 4 * i + 3)
    expect(
      pixelAt(resize(chequered, 2, 2), 0, 0)
        .slice(0, 3)
        .every((value) => value > 110 && value < 145),
    ).toBe(true)
    expect([...new Set(resize(plain(3, 5, 77), 30, 20).data)]).toEqual([77])
  })

  it('keeps things where they are', () => {
    const dot = plain(9, 9, 0)
    dot.data.fill(255, 4 * (4 * 9 + 4), 4 * (4 * 9 + 4) + 4)
    const grown = resize(dot, 27, 27)
    expect(pixelAt(grown, 13, 13)).toEqual([255, 255, 255, 255])
    expect(pixelAt(grown, 12, 13)).toEqual(pixelAt(grown, 14, 13))
    expect(pixelAt(grown, 13, 12)).toEqual(pixelAt(grown, 13, 14))
  })
})
