import { describe, expect, it } from 'vitest'
import { enlarged, type SquarePixels } from './resample'

/** A square whose red, green and blue are what `at` says of a place in 0–1. */
function square(sizePx: number, at: (x: number, y: number) => readonly [number, number, number]): SquarePixels {
  const pixels = new Uint8ClampedArray(4 * sizePx * sizePx).fill(255)
  for (let i = 0; i < sizePx * sizePx; i++) pixels.set(at(((i % sizePx) + 0.5) / sizePx, (Math.floor(i / sizePx) + 0.5) / sizePx), 4 * i)
  return pixels
}

const difference = (a: SquarePixels, b: SquarePixels): number =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] ?? 0))), 0)

/** As a browser's own smoothing does it. */
function bilinear(pixels: SquarePixels, fromPx: number, toPx: number): SquarePixels {
  return square(toPx, (x, y) => {
    const [left, top] = [x * fromPx - 0.5, y * fromPx - 0.5]
    const pixel = (px: number, py: number, channel: number): number =>
      pixels[4 * (Math.min(fromPx - 1, Math.max(0, py)) * fromPx + Math.min(fromPx - 1, Math.max(0, px))) + channel] ?? 0
    const [x0, y0] = [Math.floor(left), Math.floor(top)]
    const value = (channel: number): number => {
      const row = (py: number): number => pixel(x0, py, channel) * (1 - (left - x0)) + pixel(x0 + 1, py, channel) * (left - x0)
      return row(y0) * (1 - (top - y0)) + row(y0 + 1) * (top - y0)
    }
    return [value(0), value(1), value(2)]
  })
}

describe('enlarged', () => {
  it('leaves a picture of the right size as it is', async () => {
    const pixels = square(8, (x) => [255 * x, 0, 9])
    expect(await enlarged(pixels, 8, 8)).toBe(pixels)
  })

  it('keeps plain colour to the very edge, and is opaque', async () => {
    const large = await enlarged(
      square(8, () => [10, 120, 250]),
      8,
      32,
    )
    expect(
      difference(
        large,
        square(32, () => [10, 120, 250]),
      ),
    ).toBe(0)
  })

  it('brings back what a fine wave was, nearer than the browser’s own smoothing', async () => {
    // Six pixels a wave: twice as coarse as the finest that can be told.
    const wave = (x: number, y: number): [number, number, number] => {
      const value = 128 + 100 * Math.sin((2 * Math.PI * 48 * x) / 6) * Math.cos((2 * Math.PI * 48 * y) / 6)
      return [value, 255 - value, value]
    }
    const [small, truth] = [square(48, wave), square(192, wave)]
    const inner = (pixels: SquarePixels): number => {
      let sum = 0
      for (let y = 24; y < 168; y++)
        for (let x = 24; x < 168; x++) sum += Math.abs((pixels[4 * (y * 192 + x)] ?? 0) - (truth[4 * (y * 192 + x)] ?? 0))
      return sum / 144 ** 2
    }
    const ours = inner(await enlarged(small, 48, 192))
    expect(ours).toBeLessThan(3)
    expect(ours).toBeLessThan(inner(bilinear(small, 48, 192)) / 2.5)
  })

  it('breathes while a large one is made', async () => {
    let breaths = 0
    await enlarged(
      square(64, () => [1, 2, 3]),
      64,
      512,
      async () => {
        breaths++
      },
    )
    expect(breaths).toBeGreaterThan(3)
  })
})
