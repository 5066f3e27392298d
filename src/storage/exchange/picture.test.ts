// biome-ignore lint/style/noRestrictedImports: an independent decoder, in tests alone
import { PNG } from 'pngjs'
import { describe, expect, it } from 'vitest'
import { documentOf, strokeOf } from '../testing'
import { readImageHeader } from './imageHeader'
import { encodePng, makeThumbnail, renderSketch, resize, sideBySide } from './picture'
import type { RgbaImage } from './types'

const sketch = { ...documentOf('1', []), strokes: [strokeOf('a', { points: [100, 256, 0.5, 400, 256, 0.5] })] }

const plain = (width: number, height: number, value: number): RgbaImage => ({
  width,
  height,
  pixels: new Uint8ClampedArray(4 * width * height).fill(value),
})

const pixelAt = ({ width, pixels }: RgbaImage, x: number, y: number) => [...pixels.subarray(4 * (y * width + x), 4 * (y * width + x) + 4)]

describe('renderSketch', () => {
  it('draws black on white, opaque', () => {
    const picture = renderSketch(sketch, 1024)
    expect(pixelAt(picture, 500, 512)).toEqual([0, 0, 0, 255])
    expect(pixelAt(picture, 500, 100)).toEqual([255, 255, 255, 255])
  })
})

describe('encodePng', () => {
  it('makes a file that another decoder reads back, pixel for pixel', async () => {
    const picture = renderSketch(sketch, 100)
    picture.pixels.set([1, 2, 3, 4], 400)
    const file = new Uint8Array(await (await encodePng(picture)).arrayBuffer())
    expect(readImageHeader(file, 'png')).toEqual({ kind: 'png', width: 100, height: 100 })
    const decoded = PNG.sync.read(Buffer.from(file))
    expect([...decoded.data]).toEqual([...picture.pixels])
    expect(file.length).toBeLessThan(2000)
  })
})

describe('resize', () => {
  it('averages when it shrinks and keeps a flat colour when it grows', () => {
    const chequered = plain(8, 8, 255)
    for (let i = 0; i < 64; i++) if ((i + (i >> 3)) % 2 === 0) chequered.pixels.fill(0, 4 * i, 4 * i + 3)
    expect(
      pixelAt(resize(chequered, 2, 2), 0, 0)
        .slice(0, 3)
        .every((value) => value > 110 && value < 145),
    ).toBe(true)
    expect([...new Set(resize(plain(3, 5, 77), 30, 20).pixels)]).toEqual([77])
  })

  it('keeps things where they are', () => {
    const dot = plain(9, 9, 0)
    dot.pixels.fill(255, 4 * (4 * 9 + 4), 4 * (4 * 9 + 4) + 4)
    const grown = resize(dot, 27, 27)
    expect(pixelAt(grown, 13, 13)).toEqual([255, 255, 255, 255])
    expect(pixelAt(grown, 12, 13)).toEqual(pixelAt(grown, 14, 13))
    expect(pixelAt(grown, 13, 12)).toEqual(pixelAt(grown, 13, 14))
  })
})

describe('sideBySide', () => {
  it('puts both at one height with white between', () => {
    const both = sideBySide(plain(100, 100, 10), plain(50, 50, 20), 8)
    expect([both.width, both.height]).toEqual([208, 100])
    expect(pixelAt(both, 50, 50)).toEqual([10, 10, 10, 10])
    expect(pixelAt(both, 104, 50)).toEqual([255, 255, 255, 255])
    expect(pixelAt(both, 150, 99)).toEqual([20, 20, 20, 20])
  })
})

describe('makeThumbnail', () => {
  it('fits a square and never enlarges', async () => {
    const size = async (picture: RgbaImage) => {
      const { bytes } = await makeThumbnail(picture, 64)
      const { width, height } = readImageHeader(bytes, 'png')
      return [width, height]
    }
    expect(await size(plain(256, 128, 9))).toEqual([64, 32])
    expect(await size(plain(20, 10, 9))).toEqual([20, 10])
  })
})
