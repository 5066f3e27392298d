import { PNG } from 'pngjs'
import { describe, expect, it } from 'vitest'
import { StudioError } from '../shared/errors'
import { readSketch, writeFace } from './sketchPng'

type Pixel = readonly [number, number, number, number]
const PAPER: Pixel = [255, 255, 255, 255]
const INK: Pixel = [0, 0, 0, 255]

function png(width: number, height: number, pixel: (x: number, y: number) => Pixel): Uint8Array {
  const picture = new PNG({ width, height })
  for (let i = 0; i < width * height; i++) picture.data.set(pixel(i % width, Math.floor(i / width)), 4 * i)
  return PNG.sync.write(picture)
}

const line = (x: number, y: number) => y === 20 && x >= 8 && x < 56

describe('readSketch', () => {
  it('takes a clean drawing of the right size as it is', () => {
    const sketch = readSketch(
      png(64, 64, (x, y) => (line(x, y) ? INK : PAPER)),
      64,
    )
    expect(sketch.length).toBe(64 * 64)
    for (let i = 0; i < sketch.length; i++) expect(sketch[i]).toBe(line(i % 64, Math.floor(i / 64)) ? 0 : 255)
  })

  it.each<[string, Pixel, Pixel]>([
    ['light lines on dark paper', [255, 255, 255, 255], [0, 0, 0, 255]],
    ['a pencil on yellowish paper', [120, 115, 110, 255], [240, 235, 215, 255]],
    ['ink on nothing', INK, [0, 0, 0, 0]],
    ['white ink on dark, half transparent', [255, 255, 255, 255], [10, 10, 10, 250]],
  ])('takes %s for lines on paper', (_, ink, paper) => {
    const sketch = readSketch(
      png(64, 64, (x, y) => (line(x, y) ? ink : paper)),
      64,
    )
    expect(sketch[20 * 64 + 30]).toBe(0)
    expect(sketch[40 * 64 + 30]).toBe(255)
  })

  it('keeps a thin line of a large picture, and its place', () => {
    const sketch = readSketch(
      png(512, 512, (x, y) => (y === 160 && x >= 64 && x < 448 ? INK : PAPER)),
      64,
    )
    expect(sketch[20 * 64 + 32]).toBeLessThan(30)
    expect(sketch[19 * 64 + 32]).toBe(255)
    expect(sketch[21 * 64 + 32]).toBe(255)
    expect(sketch[20 * 64 + 4]).toBe(255)
  })

  it('enlarges a small picture', () => {
    const sketch = readSketch(
      png(16, 16, (x, y) => (y === 4 && x > 1 && x < 14 ? INK : PAPER)),
      64,
    )
    for (const y of [16, 17, 18, 19]) expect(sketch[y * 64 + 32]).toBe(0)
    expect(sketch[15 * 64 + 32]).toBe(255)
    expect(sketch[20 * 64 + 32]).toBe(255)
  })

  it('centres what is not square, on paper', () => {
    const sketch = readSketch(
      png(64, 32, (x, y) => (x > 5 && x < 58 && y === 0 ? INK : PAPER)),
      64,
    )
    expect(sketch[16 * 64 + 32]).toBe(0)
    expect(sketch[15 * 64 + 32]).toBe(255)
    expect(sketch[2 * 64 + 32]).toBe(255)
  })

  const noise = (x: number, y: number): Pixel => {
    const value = (x * 7919 + y * 104729 + x * y * 31) % 256
    return [value, value, value, 255]
  }
  const header = (width: number) => {
    const file = png(8, 8, () => PAPER)
    new DataView(file.buffer, file.byteOffset).setUint32(16, width)
    return file
  }
  it.each<[string, string, Uint8Array]>([
    ['a blank page', 'no lines', png(64, 64, () => PAPER)],
    ['a nearly blank page', 'no lines', png(64, 64, (x) => (x === 3 ? [250, 250, 250, 255] : PAPER))],
    ['a picture that is no drawing', 'line drawing', png(64, 64, noise)],
    ['text', 'not a PNG', new TextEncoder().encode('hello, this is surely not a picture at all')],
    ['nothing', 'not a PNG', new Uint8Array(0)],
    ['a signature alone', 'cut short', png(8, 8, () => PAPER).slice(0, 12)],
    ['half a file', 'damaged', png(64, 64, noise).slice(0, 900)],
    ['a picture that claims to be gigantic', 'at most', header(2 ** 30)],
  ])('refuses %s', (_, reason, file) => {
    expect(() => readSketch(file, 64)).toThrow(StudioError)
    expect(() => readSketch(file, 64)).toThrow(reason)
  })
})

describe('writeFace', () => {
  it('writes the pixels without an alpha channel', () => {
    const pixels = new Uint8ClampedArray([255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 9, 8, 7, 255])
    const file = writeFace(pixels, 2)
    expect(file[25]).toBe(2)
    expect([...PNG.sync.read(Buffer.from(file)).data]).toEqual([...pixels])
  })
})
