import { describe, expect, it } from 'vitest'
import type { RgbaImage } from '../shared/image'
import { type AlignedSquare, alignedSquare, cropToSquare, reflected, sidePx, toPicture, toSquare, wholeIfAligned } from './alignment'
import type { Point } from './landmarks'
import { MEAN_LANDMARKS } from './meanFace'

/** The mean face somewhere in a picture: scaled, turned, shifted. */
const placed = (scale: number, turn: number, dx: number, dy: number) =>
  MEAN_LANDMARKS.map(
    ([x, y]) => [scale * (x * Math.cos(turn) - y * Math.sin(turn)) + dx, scale * (x * Math.sin(turn) + y * Math.cos(turn)) + dy] as const,
  )

/** Colours that say where a pixel is: red = x, green = y. */
const places = (width: number, height: number): RgbaImage => {
  const data = new Uint8ClampedArray(width * height * 4)
  for (let i = 0; i < width * height; i++) data.set([i % width, Math.floor(i / width), 50, 255], 4 * i)
  return { width, height, data }
}
const pixel = ({ width, data }: RgbaImage, x: number, y: number) => [...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 3)]

describe('alignedSquare', () => {
  it('is the recipe of FFHQ, worked out by hand', () => {
    // Eyes 100 apart at y = 200, mouth 90 below: half a side = max(2 · 100, 1.8 · 90) = 200, centre a tenth of the way to the mouth.
    const face: Point[] = Array.from({ length: 68 }, (_, i) => (i < 42 ? [250, 200] : [350, 200]))
    face[48] = [270, 290]
    face[54] = [330, 290]
    const { centre, halfX } = alignedSquare(face)
    expect(centre).toEqual([300, 209])
    expect(halfX[0]).toBeCloseTo(200, 10)
    expect(halfX[1]).toBeCloseTo(0, 10)
  })

  it('goes with the face: size, turn and place', () => {
    const straight = alignedSquare(placed(1, 0, 0, 0))
    const other = alignedSquare(placed(300, 0.4, 70, 20))
    expect(sidePx(other)).toBeCloseTo(300 * sidePx(straight), 6)
    expect(Math.atan2(other.halfX[1], other.halfX[0]) - Math.atan2(straight.halfX[1], straight.halfX[0])).toBeCloseTo(0.4, 10)
  })

  it('finds that the mean of aligned faces is nearly aligned', () => {
    const square = alignedSquare(MEAN_LANDMARKS.map(([x, y]) => [256 * x, 256 * y] as const))
    expect(wholeIfAligned(square, { width: 256, height: 256 })).toEqual({ centre: [128, 128], halfX: [128, 0] })
    expect(wholeIfAligned(square, { width: 256, height: 300 })).toBe(square)
    expect(wholeIfAligned({ ...square, centre: [150, 128] }, { width: 256, height: 256 }).centre).toEqual([150, 128])
  })
})

describe('toPicture and toSquare', () => {
  it('undo each other', () => {
    const square: AlignedSquare = { centre: [40, 60], halfX: [10, 4] }
    const [x, y] = toSquare(square, toPicture(square, [0.2, 0.9]))
    expect([x, y]).toEqual([expect.closeTo(0.2, 12), expect.closeTo(0.9, 12)])
    expect(toPicture({ centre: [40, 60], halfX: [10, 0] }, [0, 1])).toEqual([30, 70])
  })
})

describe('cropToSquare', () => {
  it('copies pixels where square and grid agree, and averages when it scales down', () => {
    const crop = cropToSquare(places(100, 80), { centre: [50, 40], halfX: [16, 0] }, 32)
    expect(pixel(crop, 0, 0)).toEqual([34, 24, 50])
    expect(pixel(crop, 31, 10)).toEqual([65, 34, 50])
    const half = cropToSquare(places(100, 80), { centre: [50, 40], halfX: [32, 0] }, 16)
    expect(Math.abs((pixel(half, 0, 0)[0] ?? 0) - 19.5)).toBeLessThanOrEqual(1)
    expect(Math.abs((pixel(half, 15, 15)[1] ?? 0) - 69.5)).toBeLessThanOrEqual(1)
  })

  it('turns the face upright', () => {
    // A quarter turn: the square's x axis points down in the picture.
    const crop = cropToSquare(places(100, 100), { centre: [50, 50], halfX: [0, 16] }, 32)
    expect(pixel(crop, 31, 0)).toEqual([65, 65, 50])
    expect(pixel(crop, 0, 0)).toEqual([65, 34, 50])
  })

  it('goes on beyond the picture without black, softly, and leaves the middle alone', () => {
    const photo = places(64, 64)
    const crop = cropToSquare(photo, { centre: [32, 12], halfX: [20, 0] }, 40)
    expect(pixel(crop, 20, 35)).toEqual([32, 27, 50])
    // Above the edge the reflected rows 0–7 come again, blurred towards the median.
    for (const y of [0, 3, 7]) expect(pixel(crop, 20, y)[2]).toBe(50)
    expect(pixel(crop, 20, 7)[1]).toBeLessThan(10)
    expect(pixel(crop, 20, 0)[1]).toBeGreaterThan(2)
  })

  it('reflects about the outermost pixels', () => {
    expect([-3, -1, 0, 4, 5, 6, 8, 9].map((i) => reflected(i, 5))).toEqual([3, 1, 0, 4, 3, 2, 0, 1])
    expect(reflected(7, 1)).toBe(0)
  })
})
